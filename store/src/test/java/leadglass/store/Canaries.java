package leadglass.store;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Looks for words in files, in every form in which they could have got there.
final class Canaries {
  private final Map<String, byte[]> needles = new LinkedHashMap<>();

  Canaries(List<String> words) {
    for (String word : words) {
      for (String each :
          List.of(word, word.toLowerCase(Locale.ROOT), word.toUpperCase(Locale.ROOT))) {
        for (Charset set :
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
          add(each + " in " + set, each.getBytes(set));
        }
      }
    }
  }

  private void add(String name, byte[] plain) {
    needles.put(name, plain);
    byte[] hex = HexFormat.of().formatHex(plain).getBytes(StandardCharsets.US_ASCII);
    needles.put(name + ", hex", hex);
    needles.put(
        name + ", HEX",
        HexFormat.of().withUpperCase().formatHex(plain).getBytes(StandardCharsets.US_ASCII));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + plain.length];
      System.arraycopy(plain, 0, shifted, shift, plain.length);
      String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The first and last characters depend on what stands around.
      String certain = text.substring(shift == 0 ? 0 : shift + 1, text.length() - 1);
      needles.put(name + ", base64 " + shift, certain.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /// Names of what was found where.
  List<String> find(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : Folders.files(folder)) {
      String haystack = Files.readString(file, StandardCharsets.ISO_8859_1);
      String path = folder.relativize(file).toString();
      needles.forEach((name, needle) -> {
        if (haystack.contains(new String(needle, StandardCharsets.ISO_8859_1))
            || path.contains(new String(needle, StandardCharsets.ISO_8859_1))) {
          found.add(name + " in " + path);
        }
      });
    }
    return found;
  }
}
