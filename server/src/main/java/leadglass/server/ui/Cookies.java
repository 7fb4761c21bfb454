package leadglass.server.ui;

import leadglass.server.http.Response;

/// Cookies of this archive: only for this host, only over HTTPS, out of the reach of scripts, and
/// never sent along from another site.
final class Cookies {
  static final String SESSION = "__Host-leadglass";

  /// Says which browser a challenge for a passkey was given to.
  static final String BROWSER = "__Host-leadglass-browser";

  static final String INVITE = "__Host-leadglass-invite";

  static final String SET_UP = "__Host-leadglass-setup";

  private static final String BOUNDS = "; Path=/; Secure; HttpOnly; SameSite=Strict";

  private Cookies() {}

  /// @param value of characters a cookie may have, as the archive's secrets are
  static Response set(Response response, String name, String value) {
    return response.with("Set-Cookie", name + "=" + value + BOUNDS);
  }

  static Response clear(Response response, String name) {
    return response.with("Set-Cookie", name + "=" + BOUNDS + "; Max-Age=0");
  }

  static Response keep(Response response, String name, String value) {
    return response.with("Set-Cookie", name + "=" + value + BOUNDS + "; Max-Age=31536000");
  }
}
