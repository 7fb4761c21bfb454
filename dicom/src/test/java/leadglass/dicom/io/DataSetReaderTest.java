package leadglass.dicom.io;

import static leadglass.dicom.io.Hex.BIG;
import static leadglass.dicom.io.Hex.EXPLICIT;
import static leadglass.dicom.io.Hex.IMPLICIT;
import static leadglass.dicom.io.Hex.events;
import static leadglass.dicom.io.Hex.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import leadglass.dicom.io.DataSetReader.Event;
import org.junit.jupiter.api.Test;

/// PS3.5 §7 and Annex A, byte by byte.
class DataSetReaderTest {

  @Test
  void readsExplicitLittleEndian() throws IOException, DicomException {
    DataSetReader reader =
        reader(
            """
            0800 6000  4353 0200      4D52     | Modality CS, 16-bit length
            2800 1000  5553 0200      4000     | Rows US
            2800 0034  4F42 0000 02000000 0102 | OB, reserved bytes, 32-bit length
            """,
            EXPLICIT);

    assertThat(events(reader))
        .containsExactly("00080060 CS 4D52", "00280010 US 4000", "00283400 OB 0102");
    assertThat(reader.warnings()).isEmpty();
  }

  @Test
  void readsImplicitLittleEndianWithTheDictionary() throws IOException, DicomException {
    assertThat(
            events(
                reader(
                    """
                    0800 6000 02000000 4D52 | Modality
                    0900 1000 02000000 4142 | a private creator
                    0900 0110 02000000 0102 | a private element
                    2800 0301 02000000 0100 | Pixel Representation: signed
                    2800 0601 02000000 FFFF | Smallest Image Pixel Value, US or SS
                    """,
                    IMPLICIT)))
        .containsExactly(
            "00080060 CS 4D52",
            "00090010 LO 4142",
            "00091001 UN 0102",
            "00280103 US 0100",
            "00280106 SS FFFF");
  }

  @Test
  void readsBigEndianAndGivesNumbersLittleEndian() throws IOException, DicomException {
    assertThat(
            events(
                reader(
                    """
                    0008 0060  4353 0002      4D52     | text stays
                    0020 9165  4154 0004      00181063 | AT: two times two bytes
                    0028 0010  5553 0002      0040     | US
                    0018 9073  4644 0008      3FF8000000000000 | FD 1.5
                    7FE0 0010  4F57 0000 00000004 01020304     | OW: two bytes
                    """,
                    BIG)))
        .containsExactly(
            "00080060 CS 4D52",
            "00209165 AT 18006310",
            "00280010 US 4000",
            "00189073 FD 000000000000F83F",
            "7FE00010 OW 02010403");
  }

  @Test
  void readsSequencesOfEitherLength() throws IOException, DicomException {
    assertThat(
            events(
                reader(
                    """
                    0800 4011  5351 0000 FFFFFFFF       | sequence of undefined length
                      FEFF 00E0 FFFFFFFF                | item of undefined length
                        0800 6000  4353 0200 4D52
                        0800 1111  5351 0000 08000000   | sequence of 8 bytes in it
                          FEFF 00E0 00000000            | an empty item
                      FEFF 0DE0 00000000
                      FEFF 00E0 0A000000                | item of 10 bytes
                        0800 6000  4353 0200 4354
                    FEFF DDE0 00000000
                    1000 1000  504E 0200 4120           | and on
                    """,
                    EXPLICIT)))
        .containsExactly(
            "00081140 [",
            "{",
            "00080060 CS 4D52",
            "00081111 [",
            "{",
            "}",
            "]",
            "}",
            "{",
            "00080060 CS 4354",
            "}",
            "]",
            "00100010 PN 4120");
  }

  @Test
  void emptySequencesOfEitherLengthAreEmpty() throws IOException, DicomException {
    assertThat(
            events(
                reader(
                    """
                    0800 4011  5351 0000 00000000
                    0800 5011  5351 0000 FFFFFFFF
                    FEFF DDE0 00000000
                    """,
                    EXPLICIT)))
        .containsExactly("00081140 [", "]", "00081150 [", "]");
  }

  @Test
  void unOfUndefinedLengthIsASequenceInImplicitLittleEndian() throws IOException, DicomException {
    assertThat(
            events(
                reader(
                    """
                    0900 1000  4C4F 0200 4142           | creator
                    0900 0110  554E 0000 FFFFFFFF       | UN of undefined length
                      FEFF 00E0 FFFFFFFF
                        0800 6000 02000000 4D52         | no VR in here
                      FEFF 0DE0 00000000
                    FEFF DDE0 00000000
                    1000 1000  504E 0200 4120           | explicit again
                    """,
                    EXPLICIT)))
        .containsExactly(
            "00090010 LO 4142",
            "00091001 [",
            "{",
            "00080060 CS 4D52",
            "}",
            "]",
            "00100010 PN 4120");
  }

  @Test
  void readsFragmentsWithTheOffsetTableFirst() throws IOException, DicomException {
    assertThat(
            events(
                reader(
                    """
                    E07F 1000  4F42 0000 FFFFFFFF | encapsulated
                    FEFF 00E0 04000000 00000000   | Basic Offset Table
                    FEFF 00E0 02000000 FFD8       | a fragment
                    FEFF DDE0 00000000
                    FCFF FCFF  4F42 0000 02000000 0000
                    """,
                    EXPLICIT)))
        .containsExactly("7FE00010 OB fragments [", "00000000", "FFD8", "]", "FFFCFFFC OB 0000");
  }

  @Test
  void vrsThatItDoesNotKnowAreReadAsUn() throws IOException, DicomException {
    DataSetReader reader =
        reader(
            """
            0800 6000  5A5A 0200 4D52                | ZZ with a 16-bit length
            0800 6100  5A5A 0000 02000000 4D52       | ZZ with a 32-bit length
            """,
            EXPLICIT);

    assertThat(events(reader)).containsExactly("00080060 UN 4D52", "00080061 UN 4D52");
    assertThat(reader.warnings())
        .containsExactly(
            "(0008,0060) unknown value representation", "(0008,0061) unknown value representation");
  }

  @Test
  void tellsBrokenRulesWithoutValues() throws IOException, DicomException {
    DataSetReader reader =
        reader(
            """
            1000 2000  4C4F 0300 414243     | odd length
            1000 1000  504E 0200 4120       | not ascending
            1000 1000  504E 0200 4220       | twice
            1100 0110  4C4F 0200 4142       | no creator
            0200 1000  5549 0200 3100       | meta information
            2800 1000  5553 0300 010002     | US of three bytes
            0900 1000  4F42 0100 02000000 0102 | reserved bytes in use
            """,
            EXPLICIT);
    events(reader);

    assertThat(reader.warnings())
        .containsExactly(
            "(0010,0020) odd length",
            "(0010,0010) not in ascending order",
            "(0010,0010) occurs twice",
            "(0011,1001) private element without its creator",
            "(0002,0010) not in ascending order",
            "(0002,0010) file meta information inside a data set",
            "(0028,0010) odd length",
            "(0028,0010) length that US can't have",
            "(0009,0010) not in ascending order",
            "(0009,0010) reserved bytes are not zero");
  }

  @Test
  void readsWhatIsInAnotherEncodingThanNamed() throws IOException, DicomException {
    DataSetReader implicit = reader("0800 6000 02000000 4D52", EXPLICIT);
    DataSetReader explicit = reader("0800 6000 4353 0200 4D52", IMPLICIT);

    assertThat(events(implicit)).containsExactly("00080060 CS 4D52");
    assertThat(events(explicit)).containsExactly("00080060 CS 4D52");
    assertThat(implicit.warnings())
        .containsExactly("(0008,0060) not in the transfer syntax it names");
    assertThat(explicit.warnings()).isEqualTo(implicit.warnings());
  }

  @Test
  void anEmptyDataSetIsOne() throws IOException, DicomException {
    assertThat(events(reader("", EXPLICIT))).isEmpty();
  }

  @Test
  void endsForEver() throws IOException, DicomException {
    DataSetReader reader = reader("0800 6000 4353 0200 4D52", EXPLICIT);

    assertThat(List.of(reader.next(), reader.next(), reader.next()))
        .containsExactly(Event.ELEMENT, Event.END, Event.END);
  }

  @Test
  void valuesCanBeSkippedPassedOnOrAskedForTwice() throws IOException, DicomException {
    DataSetReader reader =
        reader(
            """
            0028 0010  5553 0002      0040
            0028 0011  5553 0002      0041
            7FE0 0010  4F57 0000 00000004 01020304
            """,
            BIG);
    reader.next();
    reader.next();
    assertThat(reader.value()).isSameAs(reader.value()).isEqualTo(new byte[] {0x41, 0});
    reader.next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reader.transferTo(out);

    assertThat(out.toByteArray()).isEqualTo(new byte[] {2, 1, 4, 3});
    assertThatThrownBy(reader::value).isInstanceOf(IllegalStateException.class);
    assertThat(reader.next()).isEqualTo(Event.END);
  }

  @Test
  void observersSeeEveryEventAndLeaveTheValue() throws IOException, DicomException {
    StringBuilder seen = new StringBuilder();
    DataSetReader reader =
        reader("0800 6000 4353 0200 4D52", EXPLICIT)
            .observedBy((event, at) -> {
              seen.append(event).append(' ');
              if (event == Event.ELEMENT) {
                seen.append(at.value().length).append(' ');
              }
            });

    assertThat(events(reader)).containsExactly("00080060 CS 4D52");
    assertThat(seen).hasToString("ELEMENT 2 END ");
  }

  @Test
  void tellsWhereThingsLie() throws IOException, DicomException {
    DataSetReader reader =
        reader(
            """
            0800 4011  5351 0000 12000000
              FEFF 00E0 0A000000
                0800 6000  4353 0200 4D52
            """,
            EXPLICIT);
    reader.next();
    assertThat(reader.valueOffset()).isEqualTo(12);
    assertThat(reader.depth()).isEqualTo(1);
    reader.next();
    reader.next();
    assertThat(reader.valueOffset()).isEqualTo(28);
    assertThat(reader.position()).isEqualTo(28);
    assertThat(reader.length()).isEqualTo(2);
  }
}
