package leadglass.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  private static List<Problem> all() {
    return Stream.of(Problems.class.getDeclaredFields())
        .filter(field -> field.getType() == Problem.class)
        .map(ProblemsTest::value)
        .toList();
  }

  private static Problem value(Field field) {
    try {
      return (Problem) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyTypeIsExplained() throws IOException {
    Path docs = Path.of(System.getProperty("leadglass.root", "."), "docs", "problems.md");
    List<String> lines = Files.readAllLines(docs);
    assertThat(all()).hasSizeGreaterThan(12);
    for (Problem problem : all()) {
      assertThat(lines).contains("## " + problem.type());
    }
  }

  @Test
  void everyStatusHasItsProblem() {
    for (int status : List.of(400, 404, 408, 413, 414, 431, 500, 503, 505)) {
      assertThat(Problems.of(status).status()).isEqualTo(status);
    }
    assertThat(Problems.of(414).type()).isEqualTo("head-too-large");
    assertThat(Problems.of(505).type()).isEqualTo("fault");
  }

  @Test
  void theJsonIsThatOfRfc9457() {
    Problem problem = new Problem("a-type", 400, "A \"title\".", "x\ny");
    assertThat(new String(Problems.json(problem), UTF_8))
        .isEqualTo(
            "{\"type\":\"/problems/a-type\",\"status\":400,\"title\":\"A \\\"title\\\".\","
                + "\"detail\":\"x\\ny\"}\n");
    assertThat(new String(Problems.json(Problems.NOT_FOUND), UTF_8)).doesNotContain("detail");
  }
}
