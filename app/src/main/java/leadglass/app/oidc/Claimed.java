package leadglass.app.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.id.Identifier;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import leadglass.app.config.OidcConfig;
import leadglass.archive.ProviderSignIns.Proved;
import leadglass.archive.Role;
import org.jspecify.annotations.Nullable;

/// What the claims of a checked token come to here.
final class Claimed {
  private static final int GROUPS_MAX = 2000;

  private Claimed() {}

  static Proved of(OidcConfig config, IDTokenClaimsSet claims) {
    return new Proved(
        config.name(),
        config.issuer(),
        claims.getSubject().getValue(),
        wish(claims),
        roles(config.roles(), groups(claims.getClaim(config.groupsClaim()))),
        isStrong(config, claims),
        Optional.ofNullable(claims.getAuthenticationTime())
            .map(at -> at.toInstant().toEpochMilli()));
  }

  /// What those of a token come to that was not asked for by us: it makes no account, and tells
  /// nothing of factors.
  static Proved of(OidcConfig config, JWTClaimsSet claims) {
    return new Proved(
        config.name(),
        config.issuer(),
        claims.getSubject(),
        "",
        roles(config.roles(), groups(claims.getClaim(config.groupsClaim()))),
        false,
        Optional.empty());
  }

  private static String wish(IDTokenClaimsSet claims) {
    return Stream.of("preferred_username", "name")
        .map(claims::getClaim)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElse("");
  }

  /// Some providers send one group as a text, several as a list.
  private static Set<String> groups(@Nullable Object claim) {
    Set<String> groups = new HashSet<>();
    if (claim instanceof String one) {
      groups.add(one);
    } else if (claim instanceof List<?> several && several.size() <= GROUPS_MAX) {
      for (Object each : several) {
        if (each instanceof String group) {
          groups.add(group);
        }
      }
    }
    return groups;
  }

  private static Set<Role> roles(Map<String, List<String>> mapping, Set<String> groups) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    mapping.forEach((word, having) -> {
      if (having.stream().anyMatch(groups::contains)) {
        Role.of(word).ifPresent(roles::add);
      }
    });
    return roles;
  }

  private static boolean isStrong(OidcConfig config, IDTokenClaimsSet claims) {
    boolean byMethod =
        claims.getAMR() != null
            && claims.getAMR().stream()
                .map(Identifier::getValue)
                .anyMatch(config.mfaAmr()::contains);
    boolean byClass =
        claims.getACR() != null && config.mfaAcr().contains(claims.getACR().getValue());
    return byMethod || byClass;
  }
}
