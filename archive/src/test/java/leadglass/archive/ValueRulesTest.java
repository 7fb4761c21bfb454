package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSetReader.Event;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ReadLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueRulesTest {

  private static Collection<String> warnings(String characterSet, Vr vr, byte[] value)
      throws IOException, DicomException {
    DataSet dataSet =
        DataSet.builder()
            .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, characterSet)
            .add(new Element.Value(0x00189999, vr, value))
            .build();
    DataSetReader reader =
        new DataSetReader(
            new ByteArrayInputStream(DataSets.encode(dataSet)),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            ReadLimits.PEER);
    ValueRules rules = new ValueRules();
    for (Event event = reader.next(); event != Event.END; event = reader.next()) {
      rules.saw(event, reader);
    }
    return rules.warnings();
  }

  private static Collection<String> warnings(Vr vr, String value)
      throws IOException, DicomException {
    return warnings("ISO_IR 100", vr, value.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource({
    "DA, 20240229",
    "DA, 2024.02.29",
    "DA, '20240101\\20240102 '",
    "TM, 235959.123456",
    "TM, 09:11:02",
    "TM, '10  '",
    "IS, '-12 '",
    "DS, 1.5e-3",
    "DS, ' .5'",
    "DS, '1\\\\2 '",
    "UI, 1.2.840",
    "LO, Zürich",
    "PN, Müller^Ä^^Dr.",
    "PN, 'a=b=c '",
    "SH, ''"
  })
  void whatAVrAllowsIsNotMentioned(Vr vr, String value) throws Exception {
    assertThat(warnings(vr, value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DA, 20241301",
    "DA, 2024-01-01",
    "DA, '20240101\\0'",
    "TM, noon",
    "TM, 09:11:02.00000000",
    "IS, 1.5",
    "IS, 123456789012",
    "DS, NaN",
    "DS, 1e400",
    "DS, -",
    "UI, ../etc",
    "UI, 1.02.3",
    "PN, a^b^c^d^e^f"
  })
  void whatItDoesNotAllowIsToldWithoutTheValue(Vr vr, String value) throws Exception {
    assertThat(warnings(vr, value))
        .hasSize(1)
        .allMatch(rule -> rule.startsWith("(0018,9999) ") && !rule.contains(value));
  }

  @Test
  void textThatIsNotInItsCharacterSetIsTold() throws Exception {
    byte[] latin = "Café".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(warnings("ISO_IR 192", Vr.LO, latin)).hasSize(1);
    assertThat(warnings("ISO_IR 192", Vr.LO, "Café".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(warnings("ISO_IR 9999", Vr.LO, latin)).hasSize(1);
    byte[] open = "Yamada=\033$B;3ED".getBytes(StandardCharsets.ISO_8859_1);
    byte[] closed = "Yamada=\033$B;3ED\033(B".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(warnings("\\ISO 2022 IR 87", Vr.PN, open)).hasSize(1);
    assertThat(warnings("\\ISO 2022 IR 87", Vr.PN, closed)).isEmpty();
    byte[] korean = "\033$)C\u00B1\u00E8".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(warnings("\\ISO 2022 IR 149", Vr.PN, korean)).isEmpty();
  }

  @Test
  void tabsAreForTextOfManyLinesAlone() throws Exception {
    assertThat(warnings(Vr.LT, "one\ttwo")).isEmpty();
    assertThat(warnings(Vr.LO, "one\ttwo")).hasSize(1);
  }

  @Test
  void aNameLongerThanAnyNameIsTold() throws Exception {
    assertThat(warnings(Vr.PN, "x".repeat(64))).isEmpty();
    assertThat(warnings(Vr.PN, "x".repeat(66))).hasSize(1);
    assertThat(warnings(Vr.PN, "^".repeat(10_000))).hasSize(1);
    assertThat(warnings(Vr.LT, "x".repeat(10_000))).isEmpty();
  }

  @Test
  void nobodyIsToldEverything() throws Exception {
    DataSet.Builder many = DataSet.builder();
    for (int i = 0; i < 1000; i++) {
      many.text(0x00180000 + 0x10 * i + 1, Vr.DA, "never");
    }
    DataSetReader reader =
        new DataSetReader(
            new ByteArrayInputStream(
                DataSets.encode(
                    DataSet.builder()
                        .sequence(0x00081140, List.of(many.build(), many.build()))
                        .build())),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            ReadLimits.PEER);
    ValueRules rules = new ValueRules();
    for (Event event = reader.next(); event != Event.END; event = reader.next()) {
      rules.saw(event, reader);
    }
    assertThat(rules.warnings()).hasSize(20);
  }
}
