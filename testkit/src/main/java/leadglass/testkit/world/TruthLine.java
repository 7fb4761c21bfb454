package leadglass.testkit.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is true of one host.
///
/// @param imagesAccessible how many images a stranger can have
/// @param allowed what may honestly be said of it
public record TruthLine(
    String host,
    String country,
    String owner,
    Kind kind,
    Verdict verdict,
    long studies,
    long images,
    long imagesAccessible,
    Set<Verdict> allowed) {
  public TruthLine {
    allowed = Set.copyOf(allowed);
  }

  /// The lines of `truth.tsv`.
  public static List<TruthLine> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.skip(1).map(line -> of(line.split("\t", -1))).toList();
    }
  }

  private static TruthLine of(String[] fields) {
    return new TruthLine(
        fields[0],
        fields[1],
        fields[2],
        Kind.valueOf(fields[3]),
        Verdict.valueOf(fields[4]),
        Long.parseLong(fields[5]),
        Long.parseLong(fields[6]),
        Long.parseLong(fields[7]),
        Arrays.stream(fields[8].split(",", -1)).map(Verdict::valueOf).collect(Collectors.toSet()));
  }
}
