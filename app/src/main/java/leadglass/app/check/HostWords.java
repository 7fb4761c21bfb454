package leadglass.app.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.app.Failure;
import leadglass.survey.Door;
import leadglass.survey.list.Wanted;

/// Hosts as they are typed: `HOST`, `HOST:PORT`, `HOST:PORT/SERVICE`, `[IPv6]:PORT`.
public final class HostWords {
  private static final Pattern WITH_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+):(.+)");
  private static final Pattern BARE = Pattern.compile("\\[?([^\\[\\]/ ]+)]?(/24)?");

  private HostWords() {}

  /// @param ports what `--ports` says, for hosts without a port of their own
  /// @param proof what `--proof` says, or empty
  public static List<Wanted> parse(List<String> words, List<String> ports, String proof)
      throws Failure {
    List<Door> doors = new ArrayList<>();
    for (String each : ports) {
      for (String port : each.strip().split("[ ,;]+", -1)) {
        doors.add(door(port));
      }
    }
    List<Wanted> all = new ArrayList<>();
    for (String word : words) {
      all.add(one(word, doors, proof));
    }
    return all;
  }

  private static Wanted one(String word, List<Door> doors, String proof) throws Failure {
    Matcher with = WITH_PORT.matcher(word);
    if (with.matches() && word.chars().filter(c -> c == ':').count() == colons(with.group(1)) + 1) {
      return wanted(plain(with.group(1)), List.of(door(with.group(2))), proof);
    }
    if (!BARE.matcher(word).matches()) {
      throw new Failure(
          Failure.USAGE,
          "no host: " + word,
          "HOST, HOST:PORT or HOST:PORT/SERVICE, such as pacs:104/dicom");
    }
    return wanted(plain(word), doors, proof);
  }

  private static long colons(String text) {
    return text.chars().filter(c -> c == ':').count();
  }

  private static String plain(String host) {
    return host.replace("[", "").replace("]", "");
  }

  private static Door door(String text) throws Failure {
    Optional<Door> door = Door.parse(text);
    return door.orElseThrow(() ->
        new Failure(
            Failure.USAGE,
            "no port: " + text,
            "PORT or PORT/SERVICE, with one of dicom, dicom-tls, http, https, ftp, rsync, redis,"
                + " postgresql, mongodb, elasticsearch, smb, nfs, hl7"));
  }

  private static Wanted wanted(String host, List<Door> doors, String proof) {
    return new Wanted(0, host, doors, "", "", "", proof);
  }
}
