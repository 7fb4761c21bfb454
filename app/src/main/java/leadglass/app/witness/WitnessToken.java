package leadglass.app.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the witness gave: two lines of a file.
///
/// @param secret a bearer token that brings checkpoints
/// @param key verifier key of its cosignatures
record WitnessToken(String secret, String key) {
  private static final int BYTES_MAX = 4096;

  /// Read anew each time: a token ends, and another is laid there.
  static WitnessToken read(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException("too long");
    }
    List<String> lines =
        Files.readString(file, UTF_8).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.size() != 2 || !lines.get(0).matches("[\\x21-\\x7e]+")) {
      throw new IOException("not a token and a verifier key");
    }
    return new WitnessToken(lines.get(0), lines.get(1));
  }

  @Override
  public String toString() {
    return "WitnessToken[]";
  }
}
