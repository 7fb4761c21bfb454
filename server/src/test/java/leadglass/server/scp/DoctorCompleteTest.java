package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Cause;
import org.junit.jupiter.api.Test;

/// What the doctor can say of a device is what a device can do: no cause is without a test that
/// brings it about at a door, and finds it.
class DoctorCompleteTest {
  private static final Pattern FOUND =
      Pattern.compile("\\bfound\\([^;]*?\\bCause\\.([A-Z_]+)\\s*\\)");

  @Test
  void everyCauseIsFoundAtADoorByATest() throws IOException {
    Path here =
        Path.of(
            System.getProperty("leadglass.root", ".."),
            "server/src/test/java/leadglass/server/scp");
    Set<Cause> found = EnumSet.noneOf(Cause.class);
    try (DirectoryStream<Path> tests = Files.newDirectoryStream(here, "Doctor*Test.java")) {
      for (Path each : tests) {
        Matcher matcher = FOUND.matcher(Files.readString(each));
        while (matcher.find()) {
          found.add(Cause.valueOf(matcher.group(1)));
        }
      }
    }
    assertThat(EnumSet.complementOf(EnumSet.copyOf(found))).isEmpty();
  }
}
