package leadglass.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import leadglass.store.trail.Forger;

/// A copied archive in the hands of somebody who knows the formats: packs as frames that can be
/// changed at will and are written with checksums that fit.
final class Tampering {
  static final int AUDIT = 4;
  static final int BATCH = 5;
  static final int CLOSE = 7;
  static final int HEAD = 8;

  private static final int PACK_HEADER = 64;
  private static final int HEADER = 40;

  final List<Pack> packs = new ArrayList<>();
  final Map<String, byte[]> files = new TreeMap<>();

  /// A pack that is no data set's own.
  static final class Pack {
    final byte[] header;
    List<byte[]> frames = new ArrayList<>();

    Pack(byte[] bytes) {
      header = java.util.Arrays.copyOf(bytes, PACK_HEADER);
      int at = PACK_HEADER;
      while (at + HEADER <= bytes.length) {
        int length = HEADER + ByteBuffer.wrap(bytes).getInt(at + 8);
        frames.add(java.util.Arrays.copyOfRange(bytes, at, at + length));
        at += length;
      }
    }

    long number() {
      return ByteBuffer.wrap(header).getLong(8);
    }

    void number(long number) {
      ByteBuffer.wrap(header).putLong(8, number);
      ByteBuffer.wrap(header).putInt(60, crc(header, 0, 60));
    }

    String path() {
      String name = HexFormat.of().formatHex(header, 16, 32);
      return "packs/" + name.substring(0, 2) + "/" + name + ".pack";
    }

    /// The places of the frames of a kind.
    List<Integer> of(int kind) {
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < frames.size(); i++) {
        if (frames.get(i)[4] == kind) {
          found.add(i);
        }
      }
      return found;
    }

    /// All of it, with checksums and counts that fit.
    byte[] bytes() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(header);
      CRC32C crc = new CRC32C();
      int count = 0;
      long number = 0;
      for (byte[] each : frames) {
        byte[] frame = each.clone();
        ByteBuffer.wrap(frame).putInt(36, crc(frame, 0, 36));
        if (frame[4] == BATCH) {
          ByteBuffer.wrap(frame).putLong(HEADER, ++number).putInt(HEADER + 8, count);
          crc.update(frame, HEADER, 12);
          ByteBuffer.wrap(frame).putInt(HEADER + 12, (int) crc.getValue());
          crc.reset();
          count = 0;
        } else if (frame[4] != 2) {
          crc.update(frame);
          count++;
        }
        out.writeBytes(frame);
      }
      return out.toByteArray();
    }
  }

  static int crc(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  /// Takes `packs` and `trail` of a data directory.
  static Tampering read(Path data) throws IOException {
    Tampering all = new Tampering();
    for (Path each : Folders.files(data)) {
      String name = data.relativize(each).toString();
      byte[] bytes = Files.readAllBytes(each);
      if (name.startsWith("packs/") && bytes[32] == 0) {
        all.packs.add(new Pack(bytes));
      } else if (name.startsWith("packs/")
          || (name.startsWith("trail/") && !name.startsWith("trail/index"))) {
        all.files.put(name, bytes);
      }
    }
    all.packs.sort(java.util.Comparator.comparingLong(Pack::number));
    return all;
  }

  /// Another one like this.
  Tampering copy() {
    Tampering copy = new Tampering();
    copy.files.putAll(files);
    packs.forEach(pack -> copy.packs.add(new Pack(pack.bytes())));
    return copy;
  }

  void write(Path data) throws IOException {
    if (Files.exists(data)) {
      Folders.delete(data);
    }
    Files.createDirectories(data.resolve("packs"));
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      put(data.resolve(each.getKey()), each.getValue());
    }
    for (Pack each : packs) {
      put(data.resolve(each.path()), each.bytes());
    }
  }

  private static void put(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /// Signs all of it anew. Tiles and checkpoints of before are gone.
  void sign(Forger forger) {
    packs.sort(java.util.Comparator.comparingLong(Pack::number));
    packs.forEach(pack -> pack.frames = forger.sign(pack.frames));
    files.keySet().removeIf(name -> name.startsWith("trail/") && !name.equals("trail/keys"));
    files.put(
        "trail/checkpoint", forger.checkpoint().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
