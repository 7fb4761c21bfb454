package leadglass.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import leadglass.dicom.data.Uid;
import leadglass.net.ul.PduException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PS3.7 §6.3.1, byte by byte.
class CommandSetTest {

  @Test
  void readsWhatASenderWrites() throws PduException {
    CommandSet command =
        decode(
            "0000 0000 04000000 1C000000" // group length
                + "0000 0200 04000000 312E3200" // affected SOP class 1.2, padded
                + "0000 1001 02000000 FF80" // message ID 0x80FF
                + "0000 0008 02000000 0101"); // no data set

    assertThat(command.uid(CommandTag.AFFECTED_SOP_CLASS_UID)).contains(new Uid("1.2"));
    assertThat(command.us(CommandTag.MESSAGE_ID)).hasValue(0x80FF);
    assertThat(command.announcesDataSet()).isFalse();
    assertThat(command.us(CommandTag.STATUS)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "command element cut short,            0000 0000 040000",
    "command element outside group 0000,   0800 1600 02000000 3100",
    "command elements out of order,        0000 1001 02000000 0100 0000 0001 02000000 0100",
    "command elements out of order,        0000 1001 02000000 0100 0000 1001 02000000 0100",
    "command element length,               0000 1001 03000000 0100",
    "command element length,               0000 1001 FFFFFFFF 0100",
    "command element length,               0000 1001 00000080 0100",
  })
  void refuses(String rule, String hex) {
    assertThatThrownBy(() -> decode(hex))
        .isInstanceOf(PduException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void refusesMoreElementsThanAnyCommandHas() {
    StringBuilder hex = new StringBuilder();
    for (int element = 1; element <= 65; element++) {
      hex.append("0000 %02X00 00000000".formatted(element));
    }
    assertThatThrownBy(() -> decode(hex.toString())).hasMessageContaining("too many");
  }

  @Test
  void valuesOfAnotherShapeAreAbsent() throws PduException {
    CommandSet command =
        decode(
            "0000 0200 04000000 612E6200" // letters are no UID
                + "0000 1001 01000000 05" // US of one byte
                + "0000 0010 00000000"); // empty UID

    assertThat(command.uid(CommandTag.AFFECTED_SOP_CLASS_UID)).isEmpty();
    assertThat(command.us(CommandTag.MESSAGE_ID)).isEmpty();
    assertThat(command.uid(CommandTag.AFFECTED_SOP_INSTANCE_UID)).isEmpty();
    assertThat(command.contains(CommandTag.AFFECTED_SOP_INSTANCE_UID)).isTrue();
  }

  @Test
  void writesInOrderWithGroupLengthAndPadding() {
    CommandSet command =
        CommandSet.builder()
            .lo(CommandTag.ERROR_COMMENT, "abc")
            .at(CommandTag.OFFENDING_ELEMENT, List.of(0x00100020))
            .us(CommandTag.STATUS, 0xA700)
            .uid(CommandTag.AFFECTED_SOP_CLASS_UID, new Uid("1.2"))
            .build();

    assertThat(HexFormat.of().withUpperCase().formatHex(command.encode()))
        .isEqualTo(
            ("0000 0000 04000000 2E000000"
                    + "0000 0200 04000000 312E3200"
                    + "0000 0009 02000000 00A7"
                    + "0000 0109 04000000 10002000"
                    + "0000 0209 04000000 61626320")
                .replace(" ", ""));
  }

  /// Found by fuzzing: there were two group lengths.
  @Test
  void whatWasReadIsEncodedWithOneGroupLength() throws PduException {
    byte[] encoded = CommandSet.builder().us(CommandTag.STATUS, 0xA700).build().encode();

    assertThat(CommandSet.decode(encoded, encoded.length).encode()).isEqualTo(encoded);
  }

  @Test
  void aStatusTellsNoMoreThanAnElementMayHold() {
    Status status = Status.of(0xC000, "\u00e4\\\n" + "x".repeat(100));

    assertThat(status.errorComment()).isEqualTo("???" + "x".repeat(61));
  }

  private static CommandSet decode(String hex) throws PduException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return CommandSet.decode(bytes, bytes.length);
  }
}
