package leadglass.survey.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import leadglass.survey.wire.WireFault;
import org.junit.jupiter.api.Test;

/// Data sets in implicit VR little endian.
class RowReaderTest {
  private static final String STUDY_UID = "20000D0004000000" + "322E3235";
  private static final String SEVENTEEN = "2000081204000000" + "31372020";

  private static RowReader read(String hex) throws IOException {
    RowReader reader = new RowReader();
    reader.start();
    for (byte each : HexFormat.of().parseHex(hex)) {
      reader.take(each & 0xFF);
    }
    return reader;
  }

  @Test
  void itKeepsHowManyImagesAndNothingElse() throws IOException {
    RowReader row = read(STUDY_UID + SEVENTEEN);
    assertThat(row.elements()).isEqualTo(2);
    assertThat(row.instances()).hasValue(17);
  }

  @Test
  void aNumberInsideASequenceIsNotTheStudys() throws IOException {
    assertThat(
            read("40007502FFFFFFFF" // a sequence without a length
                    + "FEFF00E0FFFFFFFF"
                    + SEVENTEEN
                    + "FEFF0DE000000000"
                    + "FEFFDDE000000000"
                    + STUDY_UID)
                .instances())
        .isEmpty();
    assertThat(read("400075020C000000" + SEVENTEEN).instances()).isEmpty();
  }

  @Test
  void aValueThatIsNoNumberIsNone() throws IOException {
    assertThat(read("2000081204000000" + "41424344").instances()).isEmpty();
    assertThat(read("2000081240420F00").instances()).isEmpty();
    assertThat(read("200008120A000000" + "32313437343833363437").instances())
        .hasValue(Integer.MAX_VALUE);
    assertThat(read("200008120A000000" + "32313437343833363438").instances()).isEmpty();
  }

  @Test
  void anAnswerWithoutEndEnds() {
    assertThatThrownBy(() -> read("1000100000000000".repeat(5000)))
        .isInstanceOf(WireFault.class)
        .hasMessageContaining("without end");
  }
}
