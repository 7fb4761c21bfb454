package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/asvs.md` names tests that exist, and each requirement once.
class AsvsTest {
  private static final Path ROOT = Path.of(System.getProperty("leadglass.root", ".."));
  private static final Pattern TEST = Pattern.compile("`([A-Za-z]+Test)`");
  private static final Pattern NUMBER = Pattern.compile("(?m)^\\| (\\d+(?:\\.\\d+\\.\\d+)?) \\|");

  private static List<String> found(Pattern pattern) throws IOException {
    String text = Files.readString(ROOT.resolve("docs/asvs.md"));
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }

  @Test
  void everyTestItNamesIsThere() throws IOException {
    Set<String> there;
    try (Stream<Path> files =
        Files.find(ROOT, 12, (path, _) -> path.toString().endsWith(".java"))) {
      there =
          files
              .map(path -> path.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }
    List<String> named = found(TEST);
    assertThat(named).hasSizeGreaterThan(100);
    assertThat(there).containsAll(named);
  }

  @Test
  void everyRequirementStandsInItOnce() throws IOException {
    assertThat(found(NUMBER)).hasSizeGreaterThan(200).doesNotHaveDuplicates();
  }

  @Test
  void thePagesAboutTlsNameEveryFindingOnce() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/operating/tls.md"));
    List<String> ids =
        Pattern.compile("(?m)^\\| `([^`]+)` \\|")
            .matcher(text)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }
}
