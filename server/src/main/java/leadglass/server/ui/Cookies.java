package leadglass.server.ui;

import leadglass.archive.ProviderSignIns;
import leadglass.server.http.Response;

/// Cookies of this archive: only for this host, only over HTTPS, out of the reach of scripts, and
/// but for one never sent along from another site.
final class Cookies {
  static final String SESSION = "__Host-leadglass";

  /// Says which browser a challenge for a passkey was given to.
  static final String BROWSER = "__Host-leadglass-browser";

  /// Followed by the id of an opened link: its session. The web server looks for it by that name.
  static final String SHARE = "__Host-leadglass-share-";

  /// Followed by the id of a link: the device that it is bound to.
  static final String DEVICE = "__Host-leadglass-device-";

  /// A patient's session. The web server looks for it by that name.
  static final String PATIENT = "__Host-leadglass-patient";

  /// Of a patient who gave the right code and makes a passkey.
  static final String PATIENT_INVITE = "__Host-leadglass-patient-invite";

  static final String INVITE = "__Host-leadglass-invite";

  static final String SET_UP = "__Host-leadglass-setup";

  /// Binds the way out to an identity provider to the way back.
  static final String LEAVING = "__Host-leadglass-leaving";

  /// Of somebody whom a provider proved and who owes a second factor.
  static final String HALF = "__Host-leadglass-half";

  /// Comes back from another site: only to an address that is opened, not with what a page of that
  /// site sends.
  private static final String LAX = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  private static final String BOUNDS = "; Path=/; Secure; HttpOnly; SameSite=Strict";

  private Cookies() {}

  /// @param value of characters a cookie may have, as the archive's secrets are
  static Response set(Response response, String name, String value) {
    return response.with("Set-Cookie", name + "=" + value + BOUNDS);
  }

  static Response clear(Response response, String name) {
    return response.with("Set-Cookie", name + "=" + BOUNDS + "; Max-Age=0");
  }

  static Response keep(Response response, String name, String value, java.time.Duration time) {
    return response.with(
        "Set-Cookie", name + "=" + value + BOUNDS + "; Max-Age=" + time.toSeconds());
  }

  /// For as long as somebody may be away.
  static Response lend(Response response, String name, String value) {
    long seconds = ProviderSignIns.BACK_WITHIN.toSeconds();
    return response.with("Set-Cookie", name + "=" + value + LAX + "; Max-Age=" + seconds);
  }

  static Response clearLent(Response response, String name) {
    return response.with("Set-Cookie", name + "=" + LAX + "; Max-Age=0");
  }

  static Response keep(Response response, String name, String value) {
    return response.with("Set-Cookie", name + "=" + value + BOUNDS + "; Max-Age=31536000");
  }
}
