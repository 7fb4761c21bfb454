package leadglass.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One `[oidc.NAME]` table: an identity provider people may sign in by (OpenID Connect).
///
/// @param name what it is called here: in addresses and in names of accounts
/// @param label on the button
/// @param issuer as its tokens name it; its metadata lies under it
/// @param clientId what we are called there
/// @param secretFile a file with the client secret; empty if the provider gave none
/// @param authorityFile PEM of whoever signs the provider's certificate; empty: whom Java trusts
/// @param hosts further hosts its addresses may have
/// @param scopes asked for, `openid` among them
/// @param groupsClaim claim of the ID token with the person's groups
/// @param mfaAmr values of `amr` that mean that a second factor was asked for
/// @param mfaAcr values of `acr` that mean so
/// @param roles words of roles, and which groups have each
/// @param dimseAudience audience of tokens that say who uses a device; empty: none do
public record OidcConfig(
    String name,
    String label,
    String issuer,
    String clientId,
    Optional<Path> secretFile,
    Optional<Path> authorityFile,
    List<String> hosts,
    List<String> scopes,
    String groupsClaim,
    List<String> mfaAmr,
    List<String> mfaAcr,
    Map<String, List<String>> roles,
    String dimseAudience) {
  static final List<String> SCOPES = List.of("openid", "profile");
  static final String GROUPS = "groups";
  static final List<String> AMR = List.of("mfa");
  private static final int COUNT_MAX = 8;

  public OidcConfig {
    roles = Map.copyOf(roles);
  }

  /// The hosts that may be asked: the issuer's, and those named beside it.
  public Set<String> askedHosts() {
    Set<String> all = new HashSet<>(hosts);
    all.add(URI.create(issuer).getHost());
    return all;
  }

  static List<String> problems(List<OidcConfig> all) {
    List<String> found = new ArrayList<>();
    if (all.size() > COUNT_MAX) {
      found.add("oidc: at most " + COUNT_MAX + " providers");
    }
    Set<String> issuers = new HashSet<>();
    for (OidcConfig each : all) {
      each.look(found);
      if (!issuers.add(each.issuer())) {
        found.add("oidc." + each.name() + ".issuer: another table has it already");
      }
    }
    return found;
  }

  private void look(List<String> found) {
    String at = "oidc." + name;
    if (!name.matches("[a-z][a-z0-9-]{0,19}")) {
      found.add(at + ": a name of 1 to 20 small letters, digits and dashes, such as hospital");
    }
    if (label.isBlank() || label.length() > 64) {
      found.add(at + ".label: 1 to 64 characters");
    }
    if (!isIssuer(issuer)) {
      found.add(at + ".issuer: https://HOST/PATH, exactly as the provider calls itself");
    }
    if (clientId.isBlank() || clientId.length() > 256) {
      found.add(at + ".client-id: what the provider calls this archive");
    }
    if (!scopes.contains("openid")) {
      found.add(at + ".scopes: openid has to be among them");
    }
    if (groupsClaim.isBlank()) {
      found.add(at + ".groups-claim: the claim of the ID token with a person's groups");
    }
    if (roles.values().stream().allMatch(List::isEmpty)) {
      found.add(at + ".roles: at least one role with its groups, or nobody gets in");
    }
    boolean forSignIn = !dimseAudience.isEmpty() && dimseAudience.equals(clientId);
    if (forSignIn || dimseAudience.length() > 256) {
      found.add(
          at
              + ".dimse-audience: what tokens for devices are made for at the provider, and not the"
              + " client-id, whose tokens are for signing in here");
    }
    for (String host : hosts) {
      if (!host.matches("[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:]{2,39}")) {
        found.add(at + ".hosts: host names, without scheme and port");
      }
    }
  }

  private static boolean isIssuer(String text) {
    try {
      URI uri = URI.create(text);
      return "https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
