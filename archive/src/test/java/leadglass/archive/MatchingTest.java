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

  @ParameterizedTest(name = "{0} holds {1}: {2}")
  @CsvSource({
    "20220707-20220708,                             20220707093000,      true",
    "20220707-,                                     20220706,            false",
    "-20220707,                                     20220707235959,      true",
    "20220707093000-0500-20220707103000-0500,       20220707153000+0000, true",
    "20220707093000-0500-20220707103000-0500,       20220707163000+0000, false",
    "20220707143000+0000-20220707143100+0000,       20220707093000-0500, true",
    "20220707093000,                                202207070930,        false",
    "202207070930,                                  20220707093059.5,    true",
  })
  void momentsAndRangesOfThem(String range, String value, boolean within) {
    assertThat(Matching.withinMoments(Matching.moments(range).orElseThrow(), value))
        .isEqualTo(within);
  }

  @ParameterizedTest
  @CsvSource({"yesterday", "-", "2022-07-07T09", "20220707-x"})
  void whatIsNoMomentIsNone(String text) {
    assertThat(Matching.moments(text)).isEmpty();
  }

  @Test
  void listsOfUidsAreSplitAtBackslashAndComma() {
    assertThat(Matching.uids("1.2\\3.4, 5.6,")).containsExactly("1.2", "3.4", "5.6");
  }
}
