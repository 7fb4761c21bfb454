package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PS3.4 §C.2.2.2.
class MatchingTest {

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "a*,     abc,  true",
    "*c,     abc,  true",
    "a?c,    abc,  true",
    "a?c,    ac,   false",
    "*,      '',   true",
    "?,      '',   false",
    "a*b*c,  aXbYc, true",
    "a*b*c,  acb,  false",
    "abc,    abc,  true",
    "abc,    abcd, false",
  })
  void wildcards(String pattern, String value, boolean matches) {
    assertThat(Matching.wildcard(pattern, value)).isEqualTo(matches);
  }

  @Test
  void aPatternMadeToBacktrackCostsNoMore() {
    String pattern = "*a".repeat(Matching.PATTERN_CHARS_MAX / 2) + "b";
    String value = "a".repeat(10_000);
    boolean matches =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> Matching.wildcard(pattern, value));
    assertThat(matches).isFalse();
  }

  @ParameterizedTest(name = "{0} holds {1}: {2}")
  @CsvSource({
    "20240101-20241231, 20240615, true",
    "20240101-20241231, 20250101, false",
    "20240101-,         20991231, true",
    "-20240101,         20240101, true",
    "20240101,          20240101, true",
    "20240101,          20240102, false",
    "10-12,             125959.9, true",
    "10-12,             13,       false",
  })
  void ranges(String range, String value, boolean within) {
    assertThat(Matching.within(Matching.range(range), value)).isEqualTo(within);
  }

  @Test
  void namesMatchWithoutCaseAccentsAndEmptyComponents() {
    assertThat(Matching.foldedName("MÜLLER^JÖRG^^")).isEqualTo(Matching.foldedName("müller^jörg"));
    assertThat(Matching.foldedName("Müller")).isEqualTo("muller");
  }

  @Test
  void listsOfUidsAreSplitAtBackslashAndComma() {
    assertThat(Matching.uids("1.2\\3.4, 5.6,")).containsExactly("1.2", "3.4", "5.6");
  }
}
