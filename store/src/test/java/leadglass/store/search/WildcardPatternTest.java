package leadglass.store.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import leadglass.store.StudySearch.Field;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wild card matching (PS3.4 §C.2.2.2.4).
class WildcardPatternTest {

  @ParameterizedTest
  @CsvSource({
    "*,'',true",
    "*,anything,true",
    "?,'',false",
    "?,a,true",
    "??,a,false",
    "A*C,AC,true",
    "A*C,ABBC,true",
    "A*C,ABBCD,false",
    "A?C,ABC,true",
    "A?C,AC,false",
    "a*,ABC,false",
    "*B*,ABC,true",
    "A**C,ABC,true",
    "A.C,ABC,false",
    "[A],A,false",
    "😀?,😀😁,true",
  })
  void aPatternMatchesTheWholeValueAndCaseCounts(String pattern, String value, boolean matches) {
    assertThat(new WildcardPattern(Field.PATIENT_ID, pattern).matches(value)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "M?LLER^*,Müller^Ute,true",
    "muller*,MÜLLER^UTE,true",
    "MÜLLER^U*,muller^ute,true",
    "Smith^*,Smith,true",
    "Smith^John^*,Smith^John,true",
    "Smith*,Smithson^Ann,true",
    "Smith^*,Smithson^Ann,false",
    "*^John,Smith^John^^,true",
    "Smith ^ John*,Smith^John,true",
    "Groß*,GROSS^Karl,true",
    "*山田*,Yamada^Tarou=山田^太郎,true",
  })
  void namesMatchWithoutCaseAccentsAndEmptyComponents(
      String pattern, String value, boolean matches) {
    String held = Folding.held(Field.PATIENT_NAME, value);

    assertThat(new WildcardPattern(Field.PATIENT_NAME, pattern).matches(held)).isEqualTo(matches);
  }

  @Test
  void anyPatternDecidesAsARegularExpressionWould() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      String pattern = text(random, "ab*?", 6);
      String value = text(random, "abc", 7);
      String regex = pattern.replace("*", ".*").replace("?", ".");
      assertThat(new WildcardPattern(Field.PATIENT_ID, pattern).matches(value))
          .as("%s on %s", pattern, value)
          .isEqualTo(Pattern.matches(regex, value));
    }
  }

  private static String text(Random random, String letters, int lengthMax) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(lengthMax + 1); left > 0; left--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Test
  void aPatternMadeToTakeForeverDoesNot() {
    WildcardPattern pattern = new WildcardPattern(Field.PATIENT_ID, "*a".repeat(500) + "b");
    String value = "a".repeat(1024);

    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(pattern.matches(value)).isFalse());
  }
}
