package leadglass.survey.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import leadglass.survey.sign.Statement.Checked;
import org.junit.jupiter.api.Test;

class StatementTest {
  private static final byte[] FILE = "what a stranger can see".getBytes(UTF_8);
  private final SigningKey key = SigningKey.made(new SecureRandom());

  private static Statement statement() {
    return Statement.of(
        "card.html",
        FILE,
        Instant.parse("2026-03-01T10:00:00Z"),
        "leadglass 1",
        "ab",
        "a\nhotspot");
  }

  @Test
  void aSignatureHoldsForItsFileAndNamesTheKey() {
    Checked checked = Statement.check(FILE, statement().signed(key));
    assertThat(checked).isEqualTo(new Checked.Holds(statement(), key.fingerprint()));
    assertThat(statement().vantage()).isEqualTo("a hotspot");
  }

  @Test
  void afterAnyByteOfTheFileIsFlippedItDoesNot() {
    String signature = statement().signed(key);
    for (int i = 0; i < FILE.length; i++) {
      byte[] other = FILE.clone();
      other[i] ^= 1;
      assertThat(Statement.check(other, signature)).isInstanceOf(Checked.OtherFile.class);
    }
  }

  @Test
  void afterAnyCharacterOfTheSignatureIsChangedItDoesNot() {
    String signature = statement().signed(key);
    for (int i = 0; i < signature.length(); i++) {
      char other = signature.charAt(i) == 'x' ? 'y' : 'x';
      String changed = signature.substring(0, i) + other + signature.substring(i + 1);
      assertThat(Statement.check(FILE, changed))
          .as(changed)
          .isNotInstanceOf(Checked.Holds.class)
          .isNotInstanceOf(Checked.OtherFile.class);
    }
    assertThat(Statement.check(FILE, signature + "more\n")).isInstanceOf(Checked.NoSignature.class);
    assertThat(Statement.check(FILE, "")).isInstanceOf(Checked.NoSignature.class);
  }

  @Test
  void whoeverPutsAnotherKeyInHasAnotherFingerprint() {
    SigningKey thief = SigningKey.made(new SecureRandom());
    assertThat(Statement.check(FILE, statement().signed(thief)))
        .isInstanceOfSatisfying(
            Checked.Holds.class,
            holds -> assertThat(holds.fingerprint()).isNotEqualTo(key.fingerprint()));
  }

  @Test
  void aKeyComesBackFromItsFile() {
    SigningKey again = SigningKey.ofPem(key.pem());
    assertThat(again.fingerprint()).isEqualTo(key.fingerprint());
    assertThat(Statement.check(FILE, statement().signed(again)))
        .isEqualTo(new Checked.Holds(statement(), key.fingerprint()));
  }

  /// RFC 8410, §10.
  @Test
  void aKeyThatOthersMadeHasItsOwnPublicKey() {
    SigningKey standard =
        SigningKey.ofPem(
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """);
    assertThat(Base64.getEncoder().encodeToString(standard.verifying().getEncoded()))
        .isEqualTo("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
  }

  @Test
  void whatIsNoKeyIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.ofPem("no key"));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SigningKey.ofPem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
  }
}
