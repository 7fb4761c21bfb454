package leadglass.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import leadglass.archive.Origin;

/// What every answer tells the browser about itself. A handler may say something else by naming the
/// header; the viewer does, for its own policy.
final class SecurityHeaders {
  private static final String DICOMWEB_POLICY = "sandbox; default-src 'none'";

  private SecurityHeaders() {}

  /// @param nonce of this answer; only a page is told
  static Map<String, String> of(Origin.Door door, String authority, String nonce, boolean html) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "private, no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put(
        "Content-Security-Policy",
        door == Origin.Door.DICOMWEB ? DICOMWEB_POLICY : html ? page(nonce) : asset());
    if (html) {
      headers.put("Cross-Origin-Opener-Policy", "same-origin");
      headers.put("X-Frame-Options", "DENY");
      headers.put("Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=()");
    }
    if (Hosts.mayBePinned(authority)) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return headers;
  }

  private static String page(String nonce) {
    return "default-src 'none'; script-src 'self' 'nonce-"
        + nonce
        + "'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self';"
        + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  }

  private static String asset() {
    return "default-src 'none'; frame-ancestors 'none'";
  }
}
