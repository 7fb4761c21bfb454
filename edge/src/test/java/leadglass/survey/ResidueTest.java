package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that a server said is left in memory when the check is over. What is looked for never
/// lies there whole: only masked.
class ResidueTest {
  private static final byte MASK = 0x5A;
  private static final int CHARS = 16;
  private static final Declared HL7 =
      new Declared(Optional.empty(), Optional.empty(), false, true, false);

  @TempDir Path folder;
  private final byte[] masked = new byte[CHARS];

  /// Sends a text with the canary in the place of every `#`.
  private void say(OutputStream out, String text) throws IOException {
    byte[] template = text.getBytes(StandardCharsets.ISO_8859_1);
    for (byte each : template) {
      byte[] bytes = each == '#' ? unmasked() : new byte[] {each};
      out.write(bytes);
      Arrays.fill(bytes, (byte) 0);
    }
    out.flush();
  }

  private byte[] unmasked() {
    byte[] plain = masked.clone();
    for (int i = 0; i < CHARS; i++) {
      plain[i] ^= MASK;
    }
    return plain;
  }

  private Stage.Part answering(String... answers) {
    return (in, out) -> {
      for (String each : answers) {
        in.read();
        say(out, each);
      }
    };
  }

  private Stage.Part ftp() {
    return (in, out) -> {
      say(out, "220-# 1.2\r\n220 #\r\n");
      answering("331 #\r\n").play(in, out);
      Stage.line(in);
      answering("530 #\r\n").play(in, out);
    };
  }

  private Stage.Part rsync() {
    return (in, out) -> {
      say(out, "@RSYNCD: 31.0 #\n");
      byte[] asked = in.readNBytes(20);
      boolean list = new String(asked, StandardCharsets.US_ASCII).contains("#list");
      Arrays.fill(asked, (byte) 0);
      say(out, list ? "hello #\n#\t#\n@RSYNCD: EXIT\n" : "@RSYNCD: AUTHREQD #\n");
    };
  }

  @Test
  void nothingThatAServerSaidIsLeft() throws Exception {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < CHARS; i++) {
      masked[i] = (byte) (('a' + random.nextInt(26)) ^ MASK);
    }
    List<HostReport> reports = new ArrayList<>();
    reports.add(check("redis", answering("-DENIED #\r\n")));
    reports.add(check("ftp", ftp()));
    reports.add(check("rsync", rsync()));
    reports.add(check("postgresql", answering("E\0\0\0 M#\0C28000\0#")));
    reports.add(check("hl7", answering("\u000bMSH|#\rMSA|AR|#\r\u001c\r")));
    reports.add(check("mongodb", answering("#".repeat(20))));
    reports.add(check("smb", answering("\0\0\0P\u00feSMB" + "#".repeat(5))));
    assertThat(found()).isZero();
    // That they were heard at all.
    assertThat(reports).allSatisfy(each -> assertThat(each.bytesReceived()).isPositive());
    byte[] control = unmasked();
    assertThat(found()).as("it would be found").isPositive();
    assertThat(control).isNotEqualTo(masked);
  }

  private static HostReport check(String service, Stage.Part part) throws IOException {
    try (Stage stage = new Stage(part)) {
      return Checks.of(HL7, stage.port() + "/" + service);
    }
  }

  /// How often the canary lies among the objects that are still reachable.
  private int found() throws IOException, InterruptedException {
    Path dump = folder.resolve("heap.hprof");
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(
                jcmd, "" + ProcessHandle.current().pid(), "GC.heap_dump", dump.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    int found = 0;
    int matched = 0;
    byte[] chunk = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(dump)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        for (int i = 0; i < read; i++) {
          byte next = (byte) (chunk[i] ^ MASK);
          matched = next == masked[matched] ? matched + 1 : next == masked[0] ? 1 : 0;
          if (matched == CHARS) {
            found++;
            matched = 0;
          }
        }
      }
    }
    Arrays.fill(chunk, (byte) 0);
    Files.delete(dump);
    return found;
  }
}
