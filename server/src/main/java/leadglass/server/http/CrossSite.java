package leadglass.server.http;

import java.util.Optional;

/// Whether a request that changes something comes from a page of ours. A session cookie goes along
/// with whatever a browser sends here, so it alone doesn't say so.
final class CrossSite {
  private CrossSite() {}

  /// @param fetchSite Sec-Fetch-Site, which no page can set
  /// @param origin Origin
  /// @param authority ours, checked before
  /// @param carriesCookie whether the caller is known by a cookie: then proof is demanded. Without
  ///   one it is enough that nothing speaks against it
  static boolean permits(
      Optional<String> fetchSite,
      Optional<String> origin,
      String authority,
      boolean carriesCookie) {
    if (fetchSite.isPresent()) {
      return fetchSite.get().equals("same-origin");
    }
    if (origin.isPresent()) {
      return origin.get().equalsIgnoreCase("https://" + authority);
    }
    return !carriesCookie;
  }
}
