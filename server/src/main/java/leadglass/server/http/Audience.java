package leadglass.server.http;

/// Who can be somebody at an address at all. Whoever came by a link is somebody under `/s/` only, a
/// patient under `/my` only, and people and programs in neither: a script that runs in one of them
/// finds no session of another.
public enum Audience {
  STAFF,
  SHARES,
  PATIENTS,
  /// The viewer's own files, which are the same for everybody.
  ALL;

  private static final String SHARED = "/s/";
  private static final String OWN = "/my";

  /// @param path of a request, decoded, or a route's pattern
  public static Audience of(String path) {
    if (path.startsWith(SHARED)) {
      return SHARES;
    }
    if (path.equals(OWN) || path.startsWith(OWN + "/")) {
      return PATIENTS;
    }
    return path.startsWith("/viewer/") ? ALL : STAFF;
  }
}
