package leadglass.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTest {

  @Test
  void elementsAreInAscendingOrderAndTheFirstOfATagStays() {
    DataSet dataSet =
        DataSet.builder()
            .us(0x60000010, 1)
            .us(Tag.ROWS, 2)
            .us(0xFFFC0010, 3)
            .us(Tag.ROWS, 4)
            .build();

    assertThat(dataSet).extracting(Element::tag).containsExactly(Tag.ROWS, 0x60000010, 0xFFFC0010);
    assertThat(dataSet.integer(Tag.ROWS)).hasValue(2);
    assertThat(dataSet.integer(0xFFFC0010)).hasValue(3);
    assertThat(dataSet.element(Tag.COLUMNS)).isEmpty();
  }

  /// A stranger's may: removing each for itself took minutes.
  @Test
  void aMillionElementsOfWhichManyAreThereTwiceAreOne() {
    DataSet.Builder builder = DataSet.builder();
    Element.Value first = new Element.Value(1, Vr.UN, new byte[0]);
    for (int i = 0; i < 500_000; i++) {
      builder.add(first).add(new Element.Value(2 + i, Vr.UN, new byte[0]));
    }

    DataSet dataSet = assertTimeoutPreemptively(Duration.ofSeconds(10), builder::build);

    assertThat(dataSet.size()).isEqualTo(500_001);
    assertThat(dataSet.element(1)).contains(first);
  }

  @Test
  void integersAreReadByTheirVr() {
    DataSet dataSet =
        DataSet.builder()
            .us(1, 65_535)
            .add(new Element.Value(2, Vr.SS, new byte[] {-1, -1}))
            .ul(3, -2)
            .text(4, Vr.IS, " 12 ", "13")
            .text(5, Vr.IS, "twelve")
            .add(new Element.Value(6, Vr.US, new byte[1]))
            .add(new Element.Value(7, Vr.FD, new byte[8]))
            .build();

    assertThat(dataSet.integer(1)).hasValue(65_535);
    assertThat(dataSet.integer(2)).hasValue(-1);
    assertThat(dataSet.integer(3)).hasValue(-2);
    assertThat(dataSet.integer(4)).hasValue(12);
    assertThat(dataSet.integer(5)).isEmpty();
    assertThat(dataSet.integer(6)).isEmpty();
    assertThat(dataSet.integer(7)).isEmpty();
  }

  @Test
  void textIsInTheCharacterSetOfTheDataSetOrTheOneAround() {
    DataSet outer = DataSet.builder().utf8().text(Tag.PATIENT_NAME, Vr.PN, "é", "b").build();
    DataSet inner =
        DataSet.builder(outer.characterSet())
            .add(new Element.Value(Tag.PATIENT_NAME, Vr.PN, "é".getBytes(StandardCharsets.UTF_8)))
            .build();

    assertThat(outer.strings(Tag.PATIENT_NAME)).containsExactly("é", "b");
    assertThat(inner.string(Tag.PATIENT_NAME)).contains("é");
  }

  @Test
  void uidsAreReadFromUnToo() {
    DataSet dataSet =
        DataSet.builder()
            .add(new Element.Value(Tag.SOP_CLASS_UID, Vr.UN, new byte[] {'1', '.', '2', 0}))
            .build();

    assertThat(dataSet.uid(Tag.SOP_CLASS_UID)).contains(new Uid("1.2"));
  }

  @Test
  void nothingThatIsPrintedTellsAValue() {
    Element value =
        new Element.Value(Tag.PATIENT_NAME, Vr.PN, "Secret".getBytes(StandardCharsets.US_ASCII));
    DataSet dataSet = DataSet.builder().add(value).build();

    assertThat(value).hasToString("(0010,0010) PN 6 bytes");
    assertThat(dataSet).hasToString("DataSet[1 elements]");
    assertThat(new Element.Sequence(1, List.of(dataSet))).hasToString("(0000,0001) SQ 1 items");
    assertThat(new Element.Bulk(Tag.PIXEL_DATA, Vr.OW, 5, 7).toString()).doesNotContain("Secret");
  }

  @ParameterizedTest
  @EnumSource(Vr.class)
  void everyVrIsFoundUnderItsLetters(Vr vr) {
    assertThat(Vr.of(vr.name().charAt(0), vr.name().charAt(1))).isEqualTo(vr);
    assertThat(vr.code()).isEqualTo(vr.name().charAt(0) << 8 | vr.name().charAt(1));
  }

  @Test
  void otherLettersAreNoVr() {
    for (int first = -1; first < 300; first++) {
      for (int second = -1; second < 300; second++) {
        Vr vr = Vr.of(first, second);
        if (vr != null) {
          assertThat(vr.code()).isEqualTo(first << 8 | second);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2a", "1,2", "../1", "1 2", "１.２"})
  void uidsHaveASafeAlphabet(String value) {
    assertThat(Uid.parse(value)).isEmpty();
    assertThatThrownBy(() -> new Uid(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void uidsHaveAtMost64Characters() {
    assertThat(Uid.parse("1".repeat(64))).isPresent();
    assertThat(Uid.parse("1".repeat(65))).isEmpty();
  }

  @Test
  void uidsThatBreakTheirRulesAreToldFromThoseThatDoNot() {
    assertThat(new Uid("1.2.840").conforms()).isTrue();
    assertThat(new Uid("1.02").conforms()).isFalse();
    assertThat(new Uid("1..2").conforms()).isFalse();
    assertThat(new Uid("1").conforms()).isFalse();
  }
}
