package leadglass.dicom.dict;

import static org.assertj.core.api.Assertions.assertThat;

import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryTest {

  private static int tag(String hex) {
    return Integer.parseUnsignedInt(hex, 16);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "00100010, PN",
    "7FE00010, OW",
    "7FE00008, OF",
    "7FE00009, OD",
    "7FE00001, OV",
    "00280106, US",
    "00281201, OW",
    "00283006, OW",
    "54001010, OW",
    "60003000, OW",
    "60FE3000, OW",
    "60020010, US",
    "50140005, US",
    "00203105, CS",
    "00280410, US",
    "FFFEE000, UN",
    "00080000, UL",
    "00090000, UL",
    "00090010, LO",
    "000900FF, LO",
    "00090001, UN",
    "00091001, UN",
    "60013000, UN",
    "00080003, UN",
  })
  void implicitEncodingsGetTheVrOfTheDictionary(String tag, Vr vr) {
    assertThat(Dictionary.vr(tag(tag), false)).isEqualTo(vr);
  }

  @Test
  void pixelRepresentationDecidesBetweenUsAndSs() {
    assertThat(Dictionary.vr(tag("00280106"), true)).isEqualTo(Vr.SS);
    assertThat(Dictionary.vr(tag("00280010"), true)).isEqualTo(Vr.US);
  }

  @Test
  void repeatingGroupsAreFoundUnderEachOfTheirTags() {
    assertThat(Dictionary.attribute(tag("60020010")).orElseThrow().keyword())
        .isEqualTo("OverlayRows");
    assertThat(Dictionary.attribute(tag("60030010"))).isEmpty();
  }

  @Test
  void everyAttributeWithoutWildcardsIsFoundUnderItsTag() {
    for (Attribute attribute : Dictionary.attributes()) {
      if (!attribute.tag().contains("x")) {
        assertThat(Dictionary.attribute(tag(attribute.tag()))).contains(attribute);
      }
    }
  }

  @Test
  void keywordsLeadToTags() {
    assertThat(Dictionary.tag("PatientName")).hasValue(Tag.PATIENT_NAME);
    assertThat(Dictionary.tag("PatientsName")).isEmpty();
  }

  @Test
  void transferSyntaxesKnowTheirEncoding() {
    assertThat(Uids.transferSyntax(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN.uid()))
        .contains(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);
    assertThat(Uids.transferSyntax(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid()))
        .contains(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
    assertThat(Uids.transferSyntaxes()).hasSizeGreaterThan(50);
  }
}
