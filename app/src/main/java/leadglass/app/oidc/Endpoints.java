package leadglass.app.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where a provider is asked, from its own metadata (OpenID Connect Discovery 1.0).
///
/// @param namesIssuer whether it announces `iss` in the address it sends back to (RFC 9207)
/// @param secretInForm whether it takes the client secret in the form alone
record Endpoints(
    URI authorization, URI token, URI keys, boolean namesIssuer, boolean secretInForm) {

  /// @param issuer that has to stand in it
  /// @param allowed whether an address may be used
  static Endpoints of(String json, String issuer, Predicate<URI> allowed) throws IOException {
    OIDCProviderMetadata metadata;
    try {
      metadata = OIDCProviderMetadata.parse(json);
    } catch (ParseException _) {
      throw new IOException("metadata that can't be read");
    }
    if (!metadata.getIssuer().getValue().equals(issuer)) {
      throw new IOException("metadata of another issuer");
    }
    List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    boolean form =
        methods != null
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    return new Endpoints(
        checked(metadata.getAuthorizationEndpointURI(), allowed),
        checked(metadata.getTokenEndpointURI(), allowed),
        checked(metadata.getJWKSetURI(), allowed),
        metadata.supportsAuthorizationResponseIssuerParam(),
        form);
  }

  private static URI checked(@Nullable URI uri, Predicate<URI> allowed) throws IOException {
    if (uri == null || !allowed.test(uri)) {
      throw new IOException("an address that the configuration does not name");
    }
    return uri;
  }
}
