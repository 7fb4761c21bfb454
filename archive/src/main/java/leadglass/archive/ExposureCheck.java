package leadglass.archive;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What one check of the archive's own doors found. Nothing of any patient, and no address.
///
/// @param atMillis when it began
/// @param vantage from where it was looked, in words: `inside`
/// @param grade A, B, C, D or F; `?`: something could not be told
/// @param worst level of the worst finding, 0 to 4
/// @param probes hash over what was asked, so that two checks can be compared
public record ExposureCheck(
    long atMillis,
    long tookMillis,
    String vantage,
    String grade,
    int worst,
    int connections,
    long bytesReceived,
    String probes,
    List<Door> doors) {
  private static final String GRADES = "AB?CDF";

  public ExposureCheck {
    doors = List.copyOf(doors);
    rank(grade);
  }

  /// A door that was looked at.
  ///
  /// @param name of ours: `Web`, `DICOM`, or a lane's AE title
  /// @param service it turned out to speak
  /// @param named whether the grade is capped by what could not be told of it
  public record Door(String name, int port, String service, boolean named, List<Finding> findings) {
    public Door {
      findings = List.copyOf(findings);
    }

    /// The worst finding.
    public int worst() {
      return findings.stream().mapToInt(Finding::level).max().orElse(0);
    }

    /// Whether something about it could not be told.
    public boolean untold() {
      return findings.stream().anyMatch(each -> each.verdict().startsWith("CAN'T"));
    }
  }

  /// What was found.
  ///
  /// @param probe that asked
  /// @param decision its identifier in the table of docs/check.md
  /// @param verdict `OPEN`, `CLOSED` or `CAN'T TELL`
  /// @param level 0 to 4
  /// @param words a sentence without a full stop
  public record Finding(String probe, String decision, String verdict, int level, String words) {}

  /// How bad a grade is; one that nobody knows is worse than one that is known to be good.
  static int rank(String grade) {
    int rank = grade.length() == 1 ? GRADES.indexOf(grade) : -1;
    if (rank < 0) {
      throw new IllegalArgumentException("no grade");
    }
    return rank;
  }

  /// Whether a grade is worse than another.
  public static boolean isWorse(String grade, String than) {
    return rank(grade) > rank(than);
  }

  /// The worst of what is not in order, if anything is, with its door.
  public Optional<String> why() {
    return doors.stream()
        .flatMap(door ->
            door.findings().stream()
                .filter(each -> each.level() > 0)
                .map(each -> new Said(each.level(), door.name() + ": " + each.words())))
        .max(Comparator.comparingInt(Said::level))
        .map(Said::words);
  }

  private record Said(int level, String words) {}
}
