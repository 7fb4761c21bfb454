package leadglass.dicom.io;

import static leadglass.dicom.io.Hex.EXPLICIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementPathTest {
  private static final String NESTED =
      """
      0800 4011 5351 0000 FFFFFFFF
        FEFF 00E0 0A000000  0800 6000 4353 0200 3131
        FEFF 00E0 FFFFFFFF
          0800 6000 4353 0200 3132
          0800 5011 5351 0000 12000000
            FEFF 00E0 0A000000  0800 6000 4353 0200 3231
        FEFF 0DE0 00000000
      FEFF DDE0 00000000
      0800 5011 5351 0000 12000000
        FEFF 00E0 0A000000  0800 6000 4353 0200 3331
      1000 1000 504E 0200 3430
      """;

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "00081140/1/00080060,            11",
    "00081140/2/00080060,            12",
    "00081140/2/00081150/1/00080060, 21",
    "00081150/1/00080060,            31",
    "00100010,                       40",
  })
  void findsTheAttribute(String path, String value) throws IOException, DicomException {
    DataSetReader reader = Hex.reader(NESTED, EXPLICIT);

    assertThat(ElementPath.parse(path).orElseThrow()).hasToString(path);
    assertThat(ElementPath.parse(path).orElseThrow().find(reader)).isTrue();
    assertThat(new String(reader.value(), java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00080060",
        "00081140/3/00080060",
        "00081140/1/00081150/1/00080060",
        "00081150/2/00080060",
        "00100010/1/00080060"
      })
  void findsNothingWhereNothingIs(String path) throws IOException, DicomException {
    assertThat(ElementPath.parse(path).orElseThrow().find(Hex.reader(NESTED, EXPLICIT))).isFalse();
  }

  @Test
  void findsSequencesAndFragments() throws IOException, DicomException {
    assertThat(
            ElementPath.parse("00081140/2/00081150")
                .orElseThrow()
                .find(Hex.reader(NESTED, EXPLICIT)))
        .isTrue();
    assertThat(
            ElementPath.parse("7FE00010")
                .orElseThrow()
                .find(
                    Hex.reader(
                        "E07F 1000 4F42 0000 FFFFFFFF FEFF 00E0 00000000 FEFF DDE0 00000000",
                        EXPLICIT)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7FE0001",
        "7FE000100",
        "PixelData",
        "00081140/0/00080060",
        "00081140/1",
        "00081140/-1/00080060",
        "00081140/99999999999/00080060",
        "/00080060",
        "00081140//00080060"
      })
  void parsesNothingElse(String text) {
    assertThat(ElementPath.parse(text)).isEmpty();
  }
}
