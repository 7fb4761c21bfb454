package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EscrowSheetTest {
  private static final byte[] KEY = new byte[32];

  static {
    for (int i = 0; i < KEY.length; i++) {
      KEY[i] = (byte) (i * 7 + 1);
    }
  }

  private final List<EscrowSheet> sheets = EscrowSheet.of(KEY, new SecureRandom());

  private String typed(int number) {
    return String.join(" ", sheets.get(number - 1).groups());
  }

  private static String wrong(EscrowSheet.Reading reading) {
    return ((EscrowSheet.Reading.Wrong) reading).rule();
  }

  @Test
  void everyTwoOfThreeSheetsGiveTheKey() {
    for (int one = 1; one <= 3; one++) {
      for (int other = 1; other <= 3; other++) {
        if (one != other) {
          EscrowSheet.Reading.Key read =
              (EscrowSheet.Reading.Key) EscrowSheet.read(typed(one), typed(other));
          assertThat(read.key()).isEqualTo(KEY);
          assertThat(read.set()).isEqualTo(sheets.getFirst().set());
          assertThat(read.numbers()).containsExactly(one, other);
        }
      }
    }
  }

  @Test
  void aPrintedSheetIsReadWithAllItsWords() {
    StringBuilder printed = new StringBuilder("Recovery sheet 1 of 3\nNorthlight 2026-11-25\n\n");
    for (int i = 0; i < EscrowSheet.GROUPS; i++) {
      printed.append(String.format("  %2d. %s", i + 1, sheets.getFirst().groups().get(i)));
      printed.append(i % 4 == 3 ? "\n" : "");
    }
    printed.append("\n\nKeep it away from the other two.\n");

    assertThat(EscrowSheet.read(printed.toString(), typed(3)))
        .isInstanceOf(EscrowSheet.Reading.Key.class);
  }

  @Test
  void anyMistypedCharacterIsToldByItsGroup() {
    List<String> groups = sheets.getFirst().groups();
    for (int group = 1; group <= EscrowSheet.GROUPS; group++) {
      for (int at = 0; at < 4; at++) {
        String[] typed = groups.toArray(String[]::new);
        char was = typed[group - 1].charAt(at);
        char other = was == '7' ? '8' : '7';
        typed[group - 1] =
            typed[group - 1].substring(0, at) + other + typed[group - 1].substring(at + 1);
        assertThat(wrong(EscrowSheet.read(String.join(" ", typed), typed(2))))
            .contains("Group " + group + " of the first sheet");
      }
    }
  }

  @Test
  void groupsOfAnotherSheetDoNotPass() {
    String[] typed = sheets.getFirst().groups().toArray(String[]::new);
    typed[9] = sheets.get(1).groups().get(9);

    assertThat(wrong(EscrowSheet.read(typed(3), String.join(" ", typed))))
        .contains("second sheet do not belong to one sheet");
  }

  @Test
  void theSameSheetTwiceAndSheetsOfTwoSetsAreToldApart() {
    EscrowSheet other = EscrowSheet.of(KEY, new SecureRandom()).get(1);

    assertThat(wrong(EscrowSheet.read(typed(2), typed(2)))).startsWith("Both are sheet 2.");
    assertThat(wrong(EscrowSheet.read(typed(1), String.join("-", other.groups()))))
        .contains("different sets")
        .contains(other.set());
  }

  @Test
  void theSheetOfTheWholeKeyIsNoneOfThree() {
    assertThat(wrong(EscrowSheet.read(String.join(" ", RecoverySheet.groups(KEY)), typed(1))))
        .contains("22 groups");
  }

  @Test
  void aSheetIsWrittenAsTheFormatSays() {
    byte[] share = new byte[32];
    for (int i = 0; i < share.length; i++) {
      share[i] = (byte) i;
    }
    EscrowSheet sheet = EscrowSheet.of(HexFormat.of().parseHex("0badcafe"), 2, share);

    assertThat(sheet.set()).isEqualTo("0badcafe");
    assertThat(String.join(" ", sheet.groups())).isEqualTo(VECTOR);
    assertThat(Arrays.asList(sheet.toString().split(" "))).doesNotContain(sheet.groups().get(3));
  }

  private static final String VECTOR =
      "1EPZ WNZ2 G20E 00GG 40RK 40MZ 30EY 209E 1853 GR3R 8E1E W81W "
          + "24GD K2GH AHCT 5RRB 34D0 1P7Z 0X3G RFH4 5NRZ E247";
}
