package leadglass.app.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import leadglass.archive.KeyHome.RefusedException;
import leadglass.store.Private;

/// What is written of a key's place, in `keys/place`: the place, and the key itself where it lies
/// there sealed; docs/formats/key-place.md.
///
/// @param lines sealed key and what is needed to open it, by name; hexadecimal
record Laid(KeyPlace place, Map<String, String> lines) {
  private static final String FIRST_LINE = "leadglass key place 1";
  private static final String PLACE = "place";
  private static final int BYTES_MAX = 1 << 16;

  static Laid of(KeyPlace place) {
    return new Laid(place, Map.of());
  }

  /// Never the lines.
  @Override
  public String toString() {
    return "Laid[" + place.words() + "]";
  }

  Laid with(String name, String value) {
    Map<String, String> more = new TreeMap<>(lines);
    more.put(name, value);
    return new Laid(place, more);
  }

  Laid without(String name) {
    Map<String, String> fewer = new TreeMap<>(lines);
    fewer.remove(name);
    return new Laid(place, fewer);
  }

  Optional<String> line(String name) {
    return Optional.ofNullable(lines.get(name));
  }

  static Optional<Laid> read(Path file) throws IOException {
    String text;
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw damaged();
      }
      text = Files.readString(file);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    String[] all = text.split("\n", -1);
    if (!all[0].equals(FIRST_LINE)) {
      throw damaged();
    }
    Map<String, String> lines = new TreeMap<>();
    for (int i = 1; i < all.length; i++) {
      int equals = all[i].indexOf(" = ");
      if (equals < 0 && !all[i].isEmpty()) {
        throw damaged();
      }
      if (equals >= 0) {
        lines.put(all[i].substring(0, equals), all[i].substring(equals + 3));
      }
    }
    String place = lines.remove(PLACE);
    if (place == null) {
      throw damaged();
    }
    try {
      return Optional.of(new Laid(KeyPlace.parse(place), lines));
    } catch (RefusedException _) {
      throw damaged();
    }
  }

  static IOException damaged() {
    return new IOException("what is written of the master key's place is damaged");
  }

  /// On stable storage, whole or not at all, when this returns.
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(FIRST_LINE + "\n");
    text.append(PLACE + " = ").append(place.words()).append('\n');
    lines.forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(fresh);
    Private.file(fresh, text.toString().getBytes(UTF_8));
    move(fresh, file);
  }

  /// Renames within a folder, on stable storage when this returns.
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(to);
  }

  /// Makes what happened to a name last.
  static void sync(Path name) throws IOException {
    Private.sync(name.resolveSibling(".").normalize());
  }

  /// Writes over a file and takes it away.
  static void wipe(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(channel.size(), BYTES_MAX));
      while (zeros.hasRemaining()) {
        channel.write(zeros, zeros.position());
      }
      channel.force(true);
    }
    Files.delete(file);
    sync(file);
  }
}
