package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import leadglass.archive.RecoverySheet.Reading;
import org.junit.jupiter.api.Test;

class RecoverySheetTest {
  private static final byte[] KEY =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  private static byte[] read(String typed) {
    return switch (RecoverySheet.parse(typed)) {
      case Reading.Key(byte[] key) -> key;
      case Reading.Wrong(String rule) -> throw new AssertionError(rule);
    };
  }

  private static String rule(String typed) {
    return switch (RecoverySheet.parse(typed)) {
      case Reading.Key _ -> "";
      case Reading.Wrong(String rule) -> rule;
    };
  }

  @Test
  void everyKeyComesBack() {
    Random random = new Random(4711);
    for (int i = 0; i < 500; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      key[0] = i % 3 == 0 ? 0 : key[0];
      List<String> groups = RecoverySheet.groups(key);
      assertThat(groups).hasSize(18).allMatch(group -> group.matches("[0-9A-HJKMNP-TV-Z]{4}"));
      assertThat(read(String.join(" ", groups))).isEqualTo(key);
    }
  }

  /// The vector of docs/formats/recovery-sheet.md.
  @Test
  void theFormatDoesNotDrift() {
    assertThat(String.join(" ", RecoverySheet.groups(KEY))).isEqualTo(VECTOR);
  }

  @Test
  void peopleMayTypeItAsTheyLike() {
    List<String> groups = RecoverySheet.groups(KEY);
    assertThat(read(String.join("", groups))).isEqualTo(KEY);
    assertThat(read(String.join("-", groups).toLowerCase(Locale.ROOT))).isEqualTo(KEY);
    assertThat(read(String.join("\n", groups).replace('0', 'o').replace('1', 'l'))).isEqualTo(KEY);
    assertThat(read(String.join("\t", groups).replace('0', 'O').replace('1', 'I'))).isEqualTo(KEY);
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      numbered.add((i + 1) + ". " + groups.get(i));
    }
    assertThat(read(String.join("  ", numbered))).isEqualTo(KEY);
  }

  @Test
  void aMistypedGroupIsToldByItsNumber() {
    for (int group = 0; group < 18; group++) {
      for (int at = 0; at < 4; at++) {
        for (char c : Encodings.CROCKFORD.toCharArray()) {
          List<String> groups = new ArrayList<>(RecoverySheet.groups(KEY));
          StringBuilder changed = new StringBuilder(groups.get(group));
          if (changed.charAt(at) == c) {
            continue;
          }
          changed.setCharAt(at, c);
          groups.set(group, changed.toString());
          assertThat(rule(String.join(" ", groups))).startsWith("Group " + (group + 1) + " ");
        }
      }
    }
  }

  @Test
  void twoCharactersThatChangedPlacesAreTold() {
    Random random = new Random(99);
    for (int i = 0; i < 200; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      List<String> groups = new ArrayList<>(RecoverySheet.groups(key));
      for (int at = 0; at < 3; at++) {
        String old = groups.get(7);
        StringBuilder changed = new StringBuilder(old);
        changed.setCharAt(at, old.charAt(at + 1));
        changed.setCharAt(at + 1, old.charAt(at));
        if (old.contentEquals(changed)) {
          continue;
        }
        List<String> typed = new ArrayList<>(groups);
        typed.set(7, changed.toString());
        assertThat(rule(String.join(" ", typed))).startsWith("Group 8 ");
      }
    }
  }

  @Test
  void groupsThatChangedPlacesAreTold() {
    List<String> groups = new ArrayList<>(RecoverySheet.groups(KEY));
    String fourth = groups.get(3);
    groups.set(3, groups.get(11));
    groups.set(11, fourth);
    assertThat(rule(String.join(" ", groups))).startsWith("Group 4 ");
  }

  @Test
  void aGroupOfAnotherSheetIsTold() {
    byte[] other = KEY.clone();
    other[5] ^= 0x55;
    List<String> groups = new ArrayList<>(RecoverySheet.groups(KEY));
    List<String> others = RecoverySheet.groups(other);
    for (int i = 0; i < 18; i++) {
      if (!groups.get(i).equals(others.get(i))) {
        groups.set(i, others.get(i));
        break;
      }
    }
    assertThat(rule(String.join(" ", groups))).contains("do not belong to one sheet");
  }

  @Test
  void whatIsNoSheetIsRefused() {
    List<String> groups = RecoverySheet.groups(KEY);
    assertThat(rule("")).contains("18 groups");
    assertThat(rule(String.join(" ", groups.subList(0, 17)))).contains("18 groups");
    assertThat(rule(String.join(" ", groups) + " 0000")).contains("18 groups");
    assertThat(rule("0".repeat(1_000_000))).contains("18 groups");
    assertThat(rule(String.join(" ", groups).replace(groups.get(2), "U?é0"))).contains("Group 3");
    assertThatThrownBy(() -> RecoverySheet.groups(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final String VECTOR =
      "0001 G40Q R406 M305 E20H 918T 5GRS 38EM 1W8Y 1245 GK2R GAHR C5RZ R34J D1PG 70XD 3RFF P63V";
}
