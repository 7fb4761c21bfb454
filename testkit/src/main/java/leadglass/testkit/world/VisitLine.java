package leadglass.testkit.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What strangers did at one host, or at an address that is a trap. Hosts that refuse or never
/// answer have seen nothing.
///
/// @param kind a [Kind] or `TRAP`
/// @param traps connections, if it is one
/// @param associationsAtOnce at most
/// @param stores C-STORE requests
/// @param writes HTTP requests by other methods than GET, HEAD and OPTIONS
/// @param retrievals of what exists
/// @param guesses called AE titles that were not declared and don't look random
public record VisitLine(
    String host,
    String kind,
    int traps,
    int connections,
    int associationsAtOnce,
    int stores,
    int writes,
    int retrievals,
    List<String> guesses) {
  public VisitLine {
    guesses = List.copyOf(guesses);
  }

  /// The lines of `visits.tsv`.
  public static List<VisitLine> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.skip(1).map(line -> of(line.split("\t", -1))).toList();
    }
  }

  /// Whether whoever surveys may have done this.
  public boolean mannerly() {
    return traps + stores + writes + retrievals + guesses.size() == 0 && associationsAtOnce <= 1;
  }

  private static VisitLine of(String[] fields) {
    return new VisitLine(
        fields[0],
        fields[1],
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]),
        Integer.parseInt(fields[4]),
        Integer.parseInt(fields[5]),
        Integer.parseInt(fields[6]),
        Integer.parseInt(fields[7]),
        fields[9].isEmpty() ? List.of() : Arrays.asList(fields[9].split(",", -1)));
  }
}
