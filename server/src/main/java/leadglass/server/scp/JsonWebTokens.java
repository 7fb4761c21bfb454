package leadglass.server.scp;

import java.io.IOException;
import leadglass.archive.ProviderSignIns;

/// Identity providers whose JSON Web Tokens say who uses a device (PS3.7 §D.3.3.7, type 5).
///
/// Safe for use by several threads.
@FunctionalInterface
public interface JsonWebTokens {

  /// Checks a token: signature, issuer, audience and times.
  ///
  /// @throws IOException if its provider can't be asked for its keys
  Told told(String token) throws IOException;

  /// Of an archive whose providers vouch for nobody here.
  static JsonWebTokens none() {
    return _ -> new Told.Unheard();
  }

  /// What came of it.
  sealed interface Told {
    /// @param endsMillis when the token ends, milliseconds since 1970-01-01T00:00Z
    record Proved(ProviderSignIns.Proved person, long endsMillis) implements Told {}

    record Wrong() implements Told {}

    /// No token is taken here, so that none proves anything.
    record Unheard() implements Told {}
  }
}
