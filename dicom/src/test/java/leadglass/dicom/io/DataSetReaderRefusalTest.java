package leadglass.dicom.io;

import static leadglass.dicom.io.Hex.BIG;
import static leadglass.dicom.io.Hex.EXPLICIT;
import static leadglass.dicom.io.Hex.IMPLICIT;
import static leadglass.dicom.io.Hex.events;
import static leadglass.dicom.io.Hex.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import leadglass.dicom.data.TransferSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is no data set.
class DataSetReaderRefusalTest {
  private static final String SEQUENCE = "0800 4011 5351 0000 ";
  private static final String ITEM = " FEFF 00E0 ";
  private static final String MODALITY = "0800 6000 4353 0200 4D52 ";

  private static void refuses(String hex, TransferSyntax syntax, String message) {
    assertThatThrownBy(() -> events(reader(hex, syntax)))
        .isInstanceOf(DicomException.class)
        .hasMessage(message);
  }

  @Test
  void valuesThatReachPastTheirItem() {
    refuses(
        SEQUENCE + "12000000" + ITEM + "0A000000" + "0800 6000 4353 0400 4D52",
        EXPLICIT,
        "(0008,0060) reaches past the item it is in at byte 20");
  }

  @Test
  void itemsThatReachPastTheirSequence() {
    refuses(
        SEQUENCE + "12000000" + ITEM + "0C000000" + MODALITY,
        EXPLICIT,
        "an item reaches past its sequence at byte 12");
    refuses(
        SEQUENCE + "04000000" + ITEM + "00000000",
        EXPLICIT,
        "an item reaches past its sequence at byte 12");
  }

  @Test
  void delimitersThatReachPastTheSequenceAroundThem() {
    refuses(
        SEQUENCE + "0E000000" + ITEM + "FFFFFFFF" + "FEFF 0DE0 00000000" + MODALITY,
        EXPLICIT,
        "an item reaches past its sequence at byte 28");
  }

  @Test
  void sequencesWithoutItems() {
    refuses(SEQUENCE + "0A000000" + MODALITY, EXPLICIT, "no item where one is expected at byte 12");
    refuses(
        SEQUENCE + "08000000" + "FEFF DDE0 00000000",
        EXPLICIT,
        "no item where one is expected at byte 12");
  }

  @Test
  void delimitersOutsideOfItems() {
    refuses(
        MODALITY + "FEFF 0DE0 00000000",
        EXPLICIT,
        "delimiter where an element is expected at byte 10");
    refuses(
        SEQUENCE + "FFFFFFFF" + ITEM + "FFFFFFFF" + "FEFF DDE0 00000000",
        EXPLICIT,
        "delimiter where an element is expected at byte 20");
    refuses(
        SEQUENCE + "FFFFFFFF" + ITEM + "08000000" + "FEFF 0DE0 00000000",
        EXPLICIT,
        "delimiter where an element is expected at byte 20");
  }

  @Test
  void commandElementsAndZerosBehindTheBeginning() {
    refuses(
        MODALITY + "0000 0000 554C 0400 00000000",
        EXPLICIT,
        "command element or zeros inside a data set at byte 10");
  }

  @Test
  void bytesThatAreNoVr() {
    refuses(MODALITY + "0800 6100 0102 0200 4D52", EXPLICIT, "no value representation at byte 14");
    refuses(MODALITY + "0800 6100 6373 0200 4D52", EXPLICIT, "no value representation at byte 14");
  }

  @Test
  void undefinedLengthsOfOtherVrs() {
    refuses(
        "0800 6000 4C4F 0200 4142 4200 1100 4F42 0000 FFFFFFFF",
        EXPLICIT,
        "(0042,0011) undefined length of OB at byte 10");
    refuses("0800 6000 FFFFFFFF", IMPLICIT, "(0008,0060) undefined length of CS at byte 0");
    refuses("7FE0 0010 554E 0000 FFFFFFFF", BIG, "unknown sequence in big endian at byte 0");
  }

  @Test
  void fragmentsThatAreNone() {
    refuses(
        "E07F 1000 4F42 0000 FFFFFFFF" + MODALITY,
        EXPLICIT,
        "no fragment where one is expected at byte 12");
    refuses(
        "E07F 1000 4F42 0000 FFFFFFFF" + ITEM + "FFFFFFFF",
        EXPLICIT,
        "no fragment where one is expected at byte 12");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "in a tag,                    0800 60",
    "in a VR,                     0800 6000 43",
    "in a length,                 0800 6000 4353 02",
    "in a value,                  0800 6000 4353 0200 4D",
    "before a value,              E07F 1000 4F57 0000 00010000",
    "in a sequence,               0800 4011 5351 0000 FFFFFFFF",
    "in an item,                  0800 4011 5351 0000 FFFFFFFF FEFF 00E0 FFFFFFFF",
    "in a sequence of known length, 0800 4011 5351 0000 10000000",
    "behind the offset table,     E07F 1000 4F42 0000 FFFFFFFF FEFF 00E0 00000000",
    "in a fragment,               E07F 1000 4F42 0000 FFFFFFFF FEFF 00E0 04000000 FFD8",
  })
  void whatIsCutShortIsSaidToBeCutShort(String where, String hex) {
    assertThatThrownBy(() -> events(reader(hex, EXPLICIT)))
        .as(where)
        .isInstanceOfSatisfying(DicomException.class, e -> assertThat(e.isTruncated()).isTrue());
  }

  @Test
  void messagesNeverRepeatValues() {
    String secret = "1000 1000 504E 0600 536563726574";
    for (String broken :
        new String[] {"0800", "0800 6000 0102", SEQUENCE + "04000000" + MODALITY}) {
      assertThatThrownBy(() -> events(reader(secret + broken, EXPLICIT)))
          .hasMessageNotContaining("Secret");
    }
  }

  @Test
  void theStreamsOwnFailuresStayIoExceptions() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();

    assertThatThrownBy(new DataSetReader(closed, EXPLICIT, ReadLimits.PEER)::next)
        .isInstanceOf(IOException.class);
  }
}
