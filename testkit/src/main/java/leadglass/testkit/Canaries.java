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
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
  private static final int BLOCK_BYTES = 1 << 20;

  private final Needles needles = new Needles();

  /// By number of the needle.
  private final List<Name> names = new ArrayList<>();

  private record Name(String text, String form) {
    @Override
    public String toString() {
      return text + " in " + form;
    }
  }

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
            encoded(cased, charset);
          }
        }
      }
    }
    return this;
  }

  private void encoded(String text, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    add(text, charset, "", bytes);
    add(text, charset, ", hexadecimal", ascii(HexFormat.of().formatHex(bytes)));
    add(text, charset, ", hexadecimal", ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
    for (Base64.Encoder base64 : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      for (int before = 0; before < 3; before++) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = base64.encodeToString(shifted);
        // Only the characters that depend on nothing but these bytes.
        int from = (before * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        add(text, charset, ", base64", ascii(encoded.substring(from, to)));
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void add(String text, Charset charset, String form, byte[] bytes) {
    if (bytes.length < Needles.BYTES_MIN) {
      throw new IllegalArgumentException("may be there by chance: " + text + form);
    }
    if (needles.add(bytes) >= 0) {
      names.add(new Name(text, (charset.name() + form).intern()));
    }
  }

  /// What stands in `bytes`.
  public Set<String> in(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    search(bytes, bytes.length, found);
    return found;
  }

  private void search(byte[] bytes, int length, Set<String> found) {
    needles.search(bytes, length, each -> found.add(names.get(each).toString()));
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
    byte[] block = new byte[needles.longest() + BLOCK_BYTES];
    int kept = 0;
    try (InputStream in = Files.newInputStream(file)) {
      while (true) {
        int read = in.readNBytes(block, kept, BLOCK_BYTES);
        search(block, kept + read, found);
        if (read < BLOCK_BYTES) {
          return found;
        }
        // What begins at the end of a block goes on in the next one.
        int keep = Math.min(needles.longest(), kept + read);
        System.arraycopy(block, kept + read - keep, block, 0, keep);
        kept = keep;
      }
    }
  }
}
