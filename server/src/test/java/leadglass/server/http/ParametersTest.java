package leadglass.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  @Test
  void namesAndValuesAreDecodedInOrder() throws ProblemException {
    assertThat(Parameters.parse("a=1&b=%C3%A9+x&a=2&&c&d=e=f%2Cg"))
        .isEqualTo(
            List.of(
                Map.entry("a", "1"),
                Map.entry("b", "é x"),
                Map.entry("a", "2"),
                Map.entry("c", ""),
                Map.entry("d", "e=f,g")));
    assertThat(Parameters.parse("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%FF", "%C3=1"})
  void brokenOnesAreRefusedWithoutRepeatingThem(String query) {
    assertThatThrownBy(() -> Parameters.parse(query))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().toString()).contains("status=400").doesNotContain(query));
  }

  @Test
  void moreThanAThousandAreRefused() throws ProblemException {
    assertThat(Parameters.parse("a=1&".repeat(1000))).hasSize(1000);
    assertThatThrownBy(() -> Parameters.parse("a=1&".repeat(1001)))
        .isInstanceOf(ProblemException.class);
  }
}
