package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
  private static final long NOW = 1_111_111_109_000L;

  /// RFC 6238, appendix B, the last six of eight digits.
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codesAreThoseOfTheStandard(long seconds, String code) {
    assertThat(Totp.code(SECRET, Totp.step(seconds * 1000))).isEqualTo(code);
  }

  @Test
  void aClockMayBeOneStepOff() {
    long step = Totp.step(NOW);
    for (long near = step - 1; near <= step + 1; near++) {
      assertThat(Totp.verify(SECRET, Totp.code(SECRET, near), NOW, 0)).hasValue(near);
    }
    assertThat(Totp.verify(SECRET, Totp.code(SECRET, step - 2), NOW, 0)).isEmpty();
    assertThat(Totp.verify(SECRET, Totp.code(SECRET, step + 2), NOW, 0)).isEmpty();
  }

  @Test
  void aCodeUpToTheLastOneUsedIsRefused() {
    long step = Totp.step(NOW);
    assertThat(Totp.verify(SECRET, Totp.code(SECRET, step), NOW, step)).isEmpty();
    assertThat(Totp.verify(SECRET, Totp.code(SECRET, step - 1), NOW, step)).isEmpty();
    assertThat(Totp.verify(SECRET, Totp.code(SECRET, step + 1), NOW, step)).hasValue(step + 1);
  }

  @Test
  void whatIsNoCodeIsRefused() {
    for (String code : new String[] {"", "1", "0818040", "０８１８０４", "08180a", "-81804"}) {
      assertThat(Totp.verify(SECRET, code, NOW, 0)).isEmpty();
    }
  }

  @Test
  void theUriIsWhatAuthenticatorsRead() {
    assertThat(Totp.uri("Dr. Ito & Söhne", "a@b", SECRET))
        .isEqualTo(
            "otpauth://totp/Dr.%20Ito%20%26%20S%C3%B6hne:a%40b"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Dr.%20Ito%20%26%20S%C3%B6hne"
                + "&algorithm=SHA1&digits=6&period=30");
  }
}
