package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import leadglass.testkit.Canaries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A search that finds nothing proves something only if it would find what is there.
class CanariesTest {
  private static final String NAME = "Zzwölfkänärie";
  private final Canaries canaries =
      new Canaries()
          .with(NAME, StandardCharsets.ISO_8859_1)
          .with("ГджКанарейкин", Charset.forName("ISO-8859-5"));

  @TempDir private Path folder;

  private static byte[] hidden(byte[] secret) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'x', 'y', 0});
    out.writeBytes(secret);
    out.write('z');
    return out.toByteArray();
  }

  @Test
  void everyFormIsFound() {
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16LE,
            StandardCharsets.ISO_8859_1)) {
      byte[] secret = NAME.getBytes(charset);
      assertThat(canaries.in(hidden(secret))).as(charset.name()).isNotEmpty();
      String hex = HexFormat.of().formatHex(secret);
      assertThat(canaries.in(hidden(hex.getBytes(StandardCharsets.US_ASCII)))).isNotEmpty();
      for (int before = 0; before < 3; before++) {
        byte[] within = ("q".repeat(before) + "\0").repeat(1).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(within);
        all.writeBytes(secret);
        all.writeBytes(within);
        byte[] base64 = Base64.getEncoder().encode(all.toByteArray());
        assertThat(canaries.in(hidden(base64))).as("base64 from " + before).isNotEmpty();
      }
    }
    assertThat(canaries.in("zzwolfkanarie".getBytes(StandardCharsets.UTF_8))).isNotEmpty();
    assertThat(canaries.in("гджканарейкин".getBytes(StandardCharsets.UTF_8))).isNotEmpty();
    assertThat(canaries.in(hidden(new byte[5000]))).isEmpty();
  }

  @Test
  void itIsFoundAcrossBlocksOfAFileAndInItsName() throws IOException {
    byte[] file = new byte[3 << 20];
    byte[] secret = NAME.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(secret, 0, file, (1 << 20) - 7, secret.length);
    Files.write(folder.resolve("a"), file);
    assertThat(canaries.below(folder)).hasSize(1);
    Files.write(folder.resolve("a"), new byte[3 << 20]);
    assertThat(canaries.below(folder)).isEmpty();
    Files.createDirectory(folder.resolve(NAME));
    assertThat(canaries.below(folder)).hasSize(1);
  }
}
