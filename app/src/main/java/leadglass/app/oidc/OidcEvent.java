package leadglass.app.oidc;

/// What happens at the door of an identity provider. Names of the configuration and words of ours
/// only.
public sealed interface OidcEvent {

  /// Somebody came back with what does not hold.
  record ProviderSignInRefused(String provider, Reason reason) implements OidcEvent {}

  /// A provider can't be asked, or what it says of itself does not hold.
  ///
  /// @param asked for what
  /// @param why class of the exception
  record ProviderFailed(String provider, Asked asked, String why) implements OidcEvent {}

  /// What a provider is asked for.
  enum Asked {
    METADATA,
    KEYS,
    TOKEN
  }

  /// Why somebody was refused.
  enum Reason {
    /// Parameters missing, too long, or there twice.
    ADDRESS,
    /// `iss` of the address is another provider's, or missing though announced (RFC 9207).
    ISSUER_OF_ADDRESS,
    /// The provider answered with an error.
    ERROR,
    /// The provider did not take the code.
    CODE,
    /// No ID token, or none that is signed by an algorithm we take.
    TOKEN,
    /// Signature, issuer, audience, times or nonce of the ID token.
    CLAIMS,
    /// Issued too long ago.
    AGE
  }
}
