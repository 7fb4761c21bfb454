package leadglass.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

  /// Gives at most `step` bytes at a time, as networks do.
  private static InputStream dripping(String body, int step) {
    return new ByteArrayInputStream(body.getBytes(ISO_8859_1)) {
      @Override
      public int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(step, length));
      }
    };
  }

  private static List<String> parts(String body, int step) throws IOException {
    Multipart multipart = Multipart.of(dripping(body, step), "b");
    List<String> parts = new ArrayList<>();
    for (var part = multipart.next(); part.isPresent(); part = multipart.next()) {
      parts.add(new String(part.get().bytes().readAllBytes(), ISO_8859_1));
    }
    return parts;
  }

  private static final String TWO =
      "--b\r\nContent-Type: application/dicom\r\n\r\nfirst\r\n--\r\n--c\r\n"
          + "\r\n--b  \r\nX: y\r\n\r\nsecond\r\n--b--\r\nepilogue";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 64, 65536})
  void partsAreWholeHoweverTheyArrive(int step) throws IOException {
    assertThat(parts(TWO, step)).containsExactly("first\r\n--\r\n--c\r\n", "second");
    assertThat(parts("preamble\r\n" + TWO, step)).hasSize(2);
    assertThat(parts("\r\n" + TWO, step)).hasSize(2);
  }

  @Test
  void headersAreKnownByLowerCaseNames() throws IOException {
    Multipart multipart =
        Multipart.of(dripping("--b\r\nContent-TYPE:  a/b \r\nX:\r\n\r\n.\r\n--b--", 9), "b");
    assertThat(multipart.next().orElseThrow().headers())
        .isEqualTo(Map.of("content-type", "a/b", "x", ""));
  }

  @Test
  void whatIsLeftOfAPartIsSkipped() throws IOException {
    Multipart multipart = Multipart.of(dripping(TWO, 4), "b");
    assertThat(multipart.next().orElseThrow().bytes().read()).isEqualTo('f');
    assertThat(multipart.next().orElseThrow().bytes().readAllBytes())
        .asString()
        .isEqualTo("second");
    assertThat(multipart.next()).isEmpty();
    assertThat(multipart.next()).isEmpty();
  }

  @Test
  void randomBytesFullOfDelimiterBeginningsComeThrough() throws IOException {
    Random random = new Random(7);
    String alphabet = "\r\n-b.";
    for (int run = 0; run < 300; run++) {
      StringBuilder content = new StringBuilder();
      int length = random.nextInt(200);
      for (int i = 0; i < length; i++) {
        content.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String text = content.toString().replace("\r\n--b", "\r\n--.");
      String body = "--b\r\n\r\n" + text + "\r\n--b--";
      // What ends in the beginning of a delimiter is followed by one all the same.
      assertThat(parts(body, 1 + random.nextInt(9))).containsExactly(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | does not occur",
        "no such thing                 | does not occur",
        "--c;;;;--c--                  | does not occur",
        "--b                           | breaks off",
        "--b-                          | breaks off",
        "--b;                          | breaks off",
        "--b;A: b                      | breaks off",
        "--b;A: b;;                    | breaks off",
        "--b;A: b;;bytes               | breaks off",
        "--b;A: b;;bytes;              | breaks off",
        "--b;A: b;;bytes;--            | breaks off",
        "--b;A: b;;bytes;--b           | breaks off",
        "--b;A: b;;bytes;--bx;         | line break",
        "--bb;A: b;;bytes;--b--        | line break",
        "--b;no colon;;bytes;--b--     | is none",
        "--b;: nameless;;bytes;--b--   | is none",
      })
  void brokenBodiesSayWhatIsBroken(String body, String rule) {
    for (int step : new int[] {1, 100}) {
      assertThatThrownBy(() -> parts(body.replace(";", "\r\n"), step))
          .isInstanceOf(Multipart.MultipartException.class)
          .hasMessageContaining(rule);
    }
  }

  @Test
  void nothingIsHeldThatHasNoBounds() {
    for (String body :
        List.of(
            "x".repeat(Multipart.PREAMBLE_BYTES_MAX + 200_000) + "\r\n--b\r\n\r\n.\r\n--b--",
            "--b\r\nA: " + "x".repeat(Multipart.HEADER_BYTES_MAX) + "\r\n\r\n.\r\n--b--",
            "--b\r\n" + "A: b\r\n".repeat(2000) + "\r\n.\r\n--b--",
            "--b" + " ".repeat(20_000) + "\r\n\r\n.\r\n--b--",
            "--b\r\nA: b\n\r\n.\r\n--b--")) {
      assertThatThrownBy(() -> parts(body, 10_000))
          .isInstanceOf(Multipart.MultipartException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ends in space ", "a\"b", "a\r\nb", "ä", "<tag>"})
  void aBoundaryHasItsAlphabet(String boundary) {
    assertThatThrownBy(() -> Multipart.of(InputStream.nullInputStream(), boundary))
        .isInstanceOf(Multipart.MultipartException.class);
    assertThatThrownBy(() -> Multipart.of(InputStream.nullInputStream(), "b".repeat(71)))
        .isInstanceOf(Multipart.MultipartException.class);
  }
}
