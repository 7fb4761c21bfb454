package leadglass.store.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A checkpoint as a signed note (C2SP tlog-checkpoint, signed-note, tlog-cosignature). What it
/// says counts once [#signedBy] was asked.
///
/// @param origin the trail's name
/// @param size entries in the tree
/// @param millis when, from its extension line; 0 if it has none
/// @param text all of it
public record Note(
    String origin, long size, byte[] root, long millis, String text, List<Line> lines) {
  private static final int CHARS_MAX = 100_000;
  private static final String TIME = "time ";
  private static final String DASH = "\u2014 ";
  private static final byte[] COSIGNED = "subtree/v1\n\0".getBytes(UTF_8);

  /// A line with a signature.
  record Line(String name, byte[] id, byte[] signature) {}

  public Note {
    lines = List.copyOf(lines);
  }

  static String body(String origin, long size, byte[] root, long millis) {
    String base64 = Base64.getEncoder().encodeToString(root);
    return origin + "\n" + size + "\n" + base64 + "\n" + TIME + Instant.ofEpochMilli(millis) + "\n";
  }

  static String line(Vkey key, byte[] signature) {
    byte[] all = ByteBuffer.allocate(4 + signature.length).put(key.id()).put(signature).array();
    return DASH + key.name() + " " + Base64.getEncoder().encodeToString(all) + "\n";
  }

  /// What ML-DSA-44 signs.
  static byte[] cosigned(String name, long seconds, String origin, long size, byte[] root) {
    byte[] signer = name.getBytes(UTF_8);
    byte[] log = origin.getBytes(UTF_8);
    return ByteBuffer.allocate(COSIGNED.length + 2 + signer.length + log.length + 24 + root.length)
        .put(COSIGNED)
        .put((byte) signer.length)
        .put(signer)
        .putLong(seconds)
        .put((byte) log.length)
        .put(log)
        .putLong(0)
        .putLong(size)
        .put(root)
        .array();
  }

  /// What a witness signs with Ed25519 (C2SP tlog-cosignature): the body, and when.
  static byte[] cosigned(String body, long seconds) {
    return ("cosignature/v1\ntime " + seconds + "\n" + body).getBytes(UTF_8);
  }

  /// What was signed: every line before the empty one.
  String body() {
    return text.substring(0, text.lastIndexOf("\n\n") + 1);
  }

  /// Reads a note; empty if it is none.
  public static Optional<Note> parse(String text) {
    int end = text.lastIndexOf("\n\n");
    if (text.length() > CHARS_MAX || end < 0) {
      return Optional.empty();
    }
    String[] body = text.substring(0, end).split("\n", -1);
    if (body.length < 3 || body[0].isEmpty() || body[0].length() > 200) {
      return Optional.empty();
    }
    try {
      long size = Long.parseLong(body[1]);
      byte[] root = Base64.getDecoder().decode(body[2]);
      long millis = 0;
      for (int i = 3; i < body.length; i++) {
        if (body[i].startsWith(TIME)) {
          millis = Instant.parse(body[i].substring(TIME.length())).toEpochMilli();
        }
      }
      List<Line> lines = new ArrayList<>();
      if (!text.endsWith("\n") || end + 2 >= text.length()) {
        return Optional.empty();
      }
      for (String each : text.substring(end + 2, text.length() - 1).split("\n", -1)) {
        lines.add(line(each).orElseThrow(() -> new IllegalArgumentException("no signature")));
      }
      boolean sane = size >= 0 && body[1].equals(Long.toString(size));
      return sane && root.length == TreeHash.BYTES
          ? Optional.of(new Note(body[0], size, root, millis, text, lines))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Optional<Line> line(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 3 || !text.startsWith(DASH)) {
      return Optional.empty();
    }
    byte[] all = Base64.getDecoder().decode(parts[2]);
    return all.length <= 4
        ? Optional.empty()
        : Optional.of(
            new Line(parts[1], Arrays.copyOf(all, 4), Arrays.copyOfRange(all, 4, all.length)));
  }

  /// Whether a key signed it: a line names the key, and every line that does verifies.
  public boolean signedBy(Vkey key) {
    List<Line> its =
        lines.stream()
            .filter(line -> line.name().equals(key.name()) && Arrays.equals(line.id(), key.id()))
            .toList();
    return !its.isEmpty() && its.stream().allMatch(line -> verifies(key, line.signature()));
  }

  private boolean verifies(Vkey key, byte[] signature) {
    return switch (key.kind()) {
      case ED25519 -> key.verifies(body().getBytes(UTF_8), signature);
      case COSIGNING_ED25519 -> {
        long seconds = signature.length <= Long.BYTES ? -1 : ByteBuffer.wrap(signature).getLong();
        yield seconds >= 0
            && key.verifies(
                cosigned(body(), seconds),
                Arrays.copyOfRange(signature, Long.BYTES, signature.length));
      }
      case ML_DSA_44 -> {
        if (signature.length <= Long.BYTES) {
          yield false;
        }
        long seconds = ByteBuffer.wrap(signature).getLong();
        yield key.verifies(
            cosigned(key.name(), seconds, origin, size, root),
            Arrays.copyOfRange(signature, Long.BYTES, signature.length));
      }
    };
  }

  @Override
  public String toString() {
    return "Note[" + origin + ", " + size + "]";
  }
}
