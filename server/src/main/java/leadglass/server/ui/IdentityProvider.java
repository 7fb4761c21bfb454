package leadglass.server.ui;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import leadglass.archive.ProviderSignIns;

/// An identity provider people may come by (OpenID Connect), as the pages need it.
///
/// Safe for use by several threads.
public interface IdentityProvider {

  /// What it is called here, in addresses and in names of accounts: small letters, digits, dashes.
  String name();

  /// As its tokens name it.
  String issuer();

  /// On the button.
  String label();

  /// Where the browser goes.
  ///
  /// @param back where it has to come back to
  /// @param again whether the person shall be asked for their factors even if they were a moment
  ///   ago
  /// @throws IOException if the provider does not say where
  URI leave(ProviderSignIns.Question question, URI back, boolean again) throws IOException;

  /// What a browser brought back, checked; asks the provider for what it stands for.
  ///
  /// @param parameters of the address it came back to, in order
  /// @throws IOException if the provider can't be asked
  Told ask(ProviderSignIns.Question question, URI back, List<Map.Entry<String, String>> parameters)
      throws IOException;

  /// What came of asking.
  sealed interface Told {
    record Proved(ProviderSignIns.Proved person) implements Told {}

    /// The provider let nobody in: they went back, or may not.
    record Declined() implements Told {}

    /// What came is not what had to.
    record Wrong() implements Told {}
  }
}
