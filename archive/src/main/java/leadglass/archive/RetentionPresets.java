package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/// The examples that come with the program.
final class RetentionPresets {
  static final List<Retention.Preset> ALL = read();

  private RetentionPresets() {}

  private static List<Retention.Preset> read() {
    try (InputStream in =
        Objects.requireNonNull(
            RetentionPresets.class.getResourceAsStream("retention-presets.json"))) {
      Retention.Preset[] presets =
          JsonMapper.builder().build().readValue(in, Retention.Preset[].class);
      return List.of(presets);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a resource of our own
    }
  }
}
