package leadglass.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Texts that stand nowhere by chance, such as the name of a patient who was made up, and the
/// search for them in bytes: as they are, in capitals, small and without accents; in UTF-8, UTF-16
/// of both orders and the character set they were sent in; in hexadecimal and in base64, wherever
/// it begins.
///
/// Confined to one thread.
public final class Canaries {
  private static final int NEEDLE_BYTES_MIN = 6;
  private static final int BLOCK_BYTES = 1 << 20;

  /// By their first bytes.
  private final Map<Long, List<Needle>> needles = new HashMap<>();

  private final Map<String, Needle> all = new LinkedHashMap<>();
  private final boolean[] starts = new boolean[1 << 16];
  private int longest;

  private record Needle(String name, byte[] bytes) {}

  /// Looks for nothing yet.
  public Canaries() {}

  /// Looks for `text` too.
  ///
  /// @param sentIn the character set it stands in where it comes from
  public Canaries with(String text, Charset sentIn) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    for (String spelt : List.of(text, plain)) {
      for (String cased :
          List.of(spelt, spelt.toLowerCase(Locale.ROOT), spelt.toUpperCase(Locale.ROOT))) {
        for (Charset charset :
            List.of(
                sentIn,
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE)) {
          if (charset.newEncoder().canEncode(cased)) {
            encoded(cased + " in " + charset, cased.getBytes(charset));
          }
        }
      }
    }
    return this;
  }

  private void encoded(String name, byte[] bytes) {
    add(name, bytes);
    add(name + ", hexadecimal", ascii(HexFormat.of().formatHex(bytes)));
    add(name + ", hexadecimal", ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
    for (Base64.Encoder base64 : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      for (int before = 0; before < 3; before++) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String text = base64.encodeToString(shifted);
        // Only the characters that depend on nothing but these bytes.
        int from = (before * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        add(name + ", base64", ascii(text.substring(from, to)));
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void add(String name, byte[] bytes) {
    if (bytes.length < NEEDLE_BYTES_MIN) {
      throw new IllegalArgumentException("may be there by chance: " + name);
    }
    Needle needle = new Needle(name, bytes);
    if (all.putIfAbsent(HexFormat.of().formatHex(bytes), needle) == null) {
      needles.computeIfAbsent(prefix(bytes, 0), key -> new ArrayList<>()).add(needle);
      starts[start(bytes, 0)] = true;
      longest = Math.max(longest, bytes.length);
    }
  }

  private static int start(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private static long prefix(byte[] bytes, int at) {
    long prefix = 0;
    for (int i = 0; i < NEEDLE_BYTES_MIN; i++) {
      prefix = prefix << 8 | (bytes[at + i] & 0xFF);
    }
    return prefix;
  }

  /// What stands in `bytes`.
  public Set<String> in(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    search(bytes, bytes.length, found);
    return found;
  }

  private void search(byte[] bytes, int length, Set<String> found) {
    for (int at = 0; at + NEEDLE_BYTES_MIN <= length; at++) {
      if (!starts[start(bytes, at)]) {
        continue;
      }
      for (Needle needle : needles.getOrDefault(prefix(bytes, at), List.of())) {
        int end = at + needle.bytes().length;
        if (end <= length && Arrays.equals(bytes, at, end, needle.bytes(), 0, end - at)) {
          found.add(needle.name());
        }
      }
    }
  }

  /// What stands in the files below some folders, and in their names: one line each.
  public List<String> below(Path... folders) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.toList()) {
          Set<String> here = in(path.getFileName().toString().getBytes(StandardCharsets.UTF_8));
          if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            here.addAll(inFile(path));
          }
          here.forEach(name -> found.add(path + ": " + name));
        }
      }
    }
    return found;
  }

  private Set<String> inFile(Path file) throws IOException {
    Set<String> found = new TreeSet<>();
    byte[] block = new byte[longest + BLOCK_BYTES];
    int kept = 0;
    try (InputStream in = Files.newInputStream(file)) {
      while (true) {
        int read = in.readNBytes(block, kept, BLOCK_BYTES);
        search(block, kept + read, found);
        if (read < BLOCK_BYTES) {
          return found;
        }
        // What begins at the end of a block goes on in the next one.
        int keep = Math.min(longest, kept + read);
        System.arraycopy(block, kept + read - keep, block, 0, keep);
        kept = keep;
      }
    }
  }
}
