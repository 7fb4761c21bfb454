package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import leadglass.app.config.OidcConfig;
import leadglass.app.oidc.SayingProvider;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Origin;
import leadglass.archive.ProviderSignIns;
import leadglass.archive.Role;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A reading station that shows a token of the site's identity provider for whoever sits there.
@SuppressWarnings("NullAway.Init")
class VouchedIdentityTest {
  private static final String FIND = "1.2.840.10008.5.1.4.1.2.2.1";
  private static final int JSON_WEB_TOKEN = 5;
  private static final int ACCEPTED = 0;
  private static final int USER_REJECTION = 1;

  @TempDir private Path folder;
  private SayingProvider provider;
  private RSAKey key;
  private OpenArchive open;

  @BeforeEach
  void open() throws Exception {
    provider = new SayingProvider(Files.createDirectory(folder.resolve("provider")));
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    provider.says(SayingProvider.KEYS, new JWKSet(key.toPublicJWK()).toString());
    OidcConfig config =
        new OidcConfig(
            "hospital",
            "Sign in at the hospital",
            provider.issuer(),
            "leadglass",
            Optional.empty(),
            Optional.of(provider.authority()),
            List.of(),
            List.of("openid"),
            "groups",
            List.of("mfa"),
            List.of(),
            Map.of("radiologist", List.of("Radiology"), "referrer", List.of("Outside")),
            "leadglass-dicom");
    open = new OpenArchive(Premises.in(folder.resolve("premises")), List.of(config));
    DeviceTerms terms =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            Optional.empty(),
            Set.of(DeviceVerb.FIND),
            Optional.empty(),
            Optional.empty());
    open.running.archive().devices().set(Premises.CONSOLE, Premises.CT1, terms);
    signedInBefore("1", Role.RADIOLOGIST);
    signedInBefore("2", Role.REFERRER);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
    provider.close();
  }

  private void signedInBefore(String subject, Role role) throws IOException {
    ProviderSignIns.Proved proved =
        new ProviderSignIns.Proved(
            "hospital", provider.issuer(), subject, "", Set.of(role), true, Optional.empty());
    ProviderSignIns providers = open.running.archive().providers();
    assertThat(providers.arrive(new Origin(Origin.Door.PAGE, "127.0.0.1"), proved))
        .isInstanceOf(ProviderSignIns.Arrival.In.class);
  }

  private String token(String subject, String audience, String group) throws JOSEException {
    Instant now = Instant.now();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
            new JWTClaimsSet.Builder()
                .issuer(provider.issuer())
                .audience(audience)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("groups", List.of(group))
                .build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private int query(String token) throws IOException {
    try (RawScu scu =
        open.association(Premises.CT1)
            .propose(FIND, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .userItems(UserIdentityTest.item(JSON_WEB_TOKEN, token, ""))
            .open()) {
      return Objects.requireNonNull(scu.answers().get(1)).result();
    }
  }

  @Test
  void aTokenOfTheProviderSaysWhoItIsAndNarrowsTheStation() throws Exception {
    assertThat(query(token("1", "leadglass-dicom", "Radiology"))).isEqualTo(ACCEPTED);
    assertThat(query(token("2", "leadglass-dicom", "Outside")))
        .as("who may not see every study can't here")
        .isEqualTo(USER_REJECTION);
  }

  @Test
  void aTokenForAnotherAudienceOrOfNobodyHereIsRefusedLikeAStranger() throws Exception {
    for (String wrong :
        new String[] {
          token("1", "leadglass", "Radiology"),
          token("3", "leadglass-dicom", "Radiology"),
          token("1", "leadglass-dicom", "Outside"),
          token("1", "leadglass-dicom", "Radiology") + "A",
          "eyJ.eyJ.",
          ""
        }) {
      assertThatThrownBy(() -> query(wrong))
          .isInstanceOfSatisfying(
              RawScu.NotAcceptedException.class,
              e -> assertThat(e.pdu.body()).containsExactly(0, 1, 1, 3));
    }
  }

  @Test
  void aProviderThatIsDownProvesNobody() throws Exception {
    String token = token("1", "leadglass-dicom", "Radiology");
    provider.close();
    assertThatThrownBy(() -> query(token)).isInstanceOf(RawScu.NotAcceptedException.class);
  }
}
