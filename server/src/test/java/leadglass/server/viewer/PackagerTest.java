package leadglass.server.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PackagerTest {

  /// The packager is plain Node.js, and so are its tests. Without Node.js there is no viewer
  /// either.
  @Test
  @Timeout(60)
  void thePackagersOwnTestsPass() throws IOException, InterruptedException {
    assumeTrue(isOnPath("node"), "node is not installed");
    Path tests = Path.of(System.getProperty("leadglass.root"), "build", "viewer.d", "test");
    Process node =
        new ProcessBuilder("node", "--test", tests.resolve("packaging.test.mjs").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(output).isZero();
    assertThat(output).containsPattern("pass [1-9]");
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
