package leadglass.survey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept of bodies, and what is not.
class WatchTest {
  private static <W extends Watch> W fed(W watch, String body) {
    for (byte each : body.getBytes(StandardCharsets.ISO_8859_1)) {
      watch.see(each & 0xFF);
    }
    return watch;
  }

  @ParameterizedTest
  @CsvSource({
    "abcabd, ABD, true",
    "aabaabaaab, aabaaab, true",
    "xxIndex of, '<title>Index of', false",
    "ab, abc, false",
    "aaaaab, aab, true",
  })
  void markersAreFoundWhateverTheirCase(String body, String words, boolean found) {
    assertThat(fed(new Marker(words), body).found()).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"count\":12}|12",
        "{\"count\" : 12 , \"x\":1}|12",
        "{\"count\":\"12\"}|12",
        "{\"x\":\"count\",\"count\":3}|3",
        "{\"count\":123456789012}|123456789012",
        "{\"count\":1234567890123}|-1",
        "{\"count\":12.5}|-1",
        "{\"count\":1e9}|-1",
        "{\"count\":-1}|-1",
        "{\"count\":null}|-1",
        "{\"count\":12|-1",
        "{\"counts\":12}|-1",
      })
  void numbersAreWholeAndSmall(String body, long number) {
    assertThat(fed(new NumberWatch("count"), body).number().orElse(-1)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|NOTHING",
        "[]|EMPTY_ARRAY",
        "' [ \n ] '|EMPTY_ARRAY",
        "[{|ROWS",
        "[]x|OTHER",
        "[|OTHER",
        "{}|OBJECT",
        "<html>|OTHER",
      })
  void shapesAreToldByTheirFirstCharacters(String body, ShapeWatch.Shape shape) {
    assertThat(fed(new ShapeWatch(), body).shape()).isEqualTo(shape);
  }

  @Test
  void titlesAreCapitalsDigitsAndUnderscoresAndFew() {
    String one = "{\"dicomAETitle\":\"";
    String body =
        one
            + "A_1\"}"
            + one
            + "b\"}"
            + one
            + "../X\"}"
            + one
            + "ABCDEFGHIJKLMNOPQ\"}"
            + one
            + "\"}"
            + one
            + "Z\"}";
    assertThat(fed(new TitleWatch(), body).titles()).containsExactly("A_1", "Z");
    TitleWatch many = fed(new TitleWatch(), (one + "A\"}").repeat(100));
    assertThat(many.titles()).hasSize(8);
    assertThat(many.settled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "//other", "/a b", "/a\r\nX: y", "http://other/", "/é"})
  void nothingButAPathIsAskedFor(String path) {
    assertThatThrownBy(() -> Ask.page(path)).isInstanceOf(IllegalArgumentException.class);
  }
}
