package leadglass.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The form of a request for a cosignature, and bodies that are none.
class WitnessRequestTest {
  private static final String HASH = Base64.getEncoder().encodeToString(new byte[32]);
  private static final String NOTE = "trail\n1\n" + HASH + "\n\n\u2014 trail AAAA\n";

  private static boolean isTaken(String body) {
    return WitnessRequest.parse(body.getBytes(UTF_8)).isPresent();
  }

  @Test
  void whatIsAskedIsReadAgainAsItWasWritten() {
    WitnessRequest asked = new WitnessRequest(17, List.of(new byte[32], new byte[32]), NOTE);
    assertThat(new String(asked.body(), UTF_8))
        .isEqualTo("old 17\n" + HASH + "\n" + HASH + "\n\n" + NOTE);
    WitnessRequest read = WitnessRequest.parse(asked.body()).orElseThrow();
    assertThat(read.old()).isEqualTo(17);
    assertThat(read.proof()).hasSize(2).containsOnly(new byte[32]);
    assertThat(read.note()).isEqualTo(NOTE);
  }

  @Test
  void aProofHasSixtyThreeLinesAtMost() {
    assertThat(isTaken("old 0\n" + (HASH + "\n").repeat(63) + "\n" + NOTE)).isTrue();
    assertThat(isTaken("old 0\n" + (HASH + "\n").repeat(64) + "\n" + NOTE)).isFalse();
    assertThat(isTaken("old 0\n" + (HASH + "\n").repeat(500) + "\n" + NOTE)).isFalse();
  }

  @Test
  void aLongerBodyIsNotLookedAt() {
    int left = WitnessRequest.BYTES_MAX - "old 0\n\n".length();
    assertThat(isTaken("old 0\n\n" + "x".repeat(left))).isTrue();
    assertThat(isTaken("old 0\n\n" + "x".repeat(left + 1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "old\n\nnote\n",
        "old \n\nnote\n",
        "old -1\n\nnote\n",
        "old +1\n\nnote\n",
        "old 01\n\nnote\n",
        "old 1 \n\nnote\n",
        "old 0x1\n\nnote\n",
        "old 9999999999999999999\n\nnote\n",
        "Old 1\n\nnote\n",
        "old 1\r\n\r\nnote\n",
        "old 1\nAAAA\n\nnote\n",
        "old 1\nnote\n",
        "old 1\n!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nnote\n",
        "old 1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n\nnote\n",
        "old 1\n\nno\u001b[2Jte\n",
        "old 1\n\nno\u0085te\n",
        "old 1\n\nno\u0000te\n",
      })
  void whatBreaksTheFormIsNoRequest(String body) {
    assertThat(isTaken(body)).isFalse();
  }

  @Test
  void bytesThatAreNoUtf8AreNoRequest() {
    byte[] body = "old 1\n\nnote \n".getBytes(UTF_8);
    body[11] = (byte) 0xff;
    assertThat(WitnessRequest.parse(body)).isEmpty();
  }
}
