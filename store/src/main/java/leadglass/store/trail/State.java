package leadglass.store.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import leadglass.store.pack.PackLog.Start;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Where the tree goes on: the file `trail/state`. With a tag, so that nobody without the keys can
/// hand in another tree.
///
/// @param size of the tree
/// @param root of the tree
/// @param head hash of the last head; zeros if there is none
/// @param packFirst number of the first entry in the pack of the position
/// @param end where the log goes on
record State(long size, byte[] root, byte[] head, long packFirst, Start end) {
  private static final String TITLE = "leadglass trail state 1";

  String text(SecretBytes key) {
    String all =
        TITLE
            + "\nsize "
            + size
            + "\nroot "
            + HexFormat.of().formatHex(root)
            + "\nhead "
            + HexFormat.of().formatHex(head)
            + "\nfirst "
            + packFirst
            + "\nnumber "
            + end.number()
            + "\npack "
            + end.pack()
            + "\noffset "
            + end.offset()
            + "\n";
    return all + "tag " + HexFormat.of().formatHex(Seal.tag(key, all.getBytes(UTF_8))) + "\n";
  }

  /// Empty if it is none, or none that this trail's keys made.
  static Optional<State> parse(String text, SecretBytes key) {
    int tag = text.lastIndexOf("tag ");
    if (tag < 0) {
      return Optional.empty();
    }
    String[] lines = text.split("\n", -1);
    try {
      byte[] told = HexFormat.of().parseHex(text.substring(tag + 4).strip());
      boolean fits = Arrays.equals(told, Seal.tag(key, text.substring(0, tag).getBytes(UTF_8)));
      if (!fits || lines.length != 10 || !lines[0].equals(TITLE)) {
        return Optional.empty();
      }
      return Optional.of(
          new State(
              Long.parseLong(value(lines[1])),
              HexFormat.of().parseHex(value(lines[2])),
              HexFormat.of().parseHex(value(lines[3])),
              Long.parseLong(value(lines[4])),
              new Start(
                  Long.parseLong(value(lines[5])),
                  value(lines[6]),
                  Long.parseLong(value(lines[7])))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String value(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }
}
