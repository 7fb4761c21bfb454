package leadglass.server.http;

/// Who can be somebody at an address at all. Whoever came by a link is somebody under `/s/` only,
/// and people and programs never there: a script that runs in one of the two finds no session of
/// the other.
public enum Audience {
  STAFF,
  SHARES,
  /// The viewer's own files, which are the same for everybody.
  BOTH;

  private static final String SHARED = "/s/";

  /// @param path of a request, decoded, or a route's pattern
  public static Audience of(String path) {
    if (path.startsWith(SHARED)) {
      return SHARES;
    }
    return path.startsWith("/viewer/") ? BOTH : STAFF;
  }
}
