package leadglass.survey;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a stranger can see of one host, at one time.
///
/// @param host as it was given
/// @param began when it was looked at
/// @param took from the first to the last connection
/// @param bytesReceived from it
/// @param connections made to it
public record HostReport(
    Target host,
    Instant began,
    Duration took,
    List<DoorReport> doors,
    long bytesReceived,
    int connections) {
  public HostReport {
    doors = List.copyOf(doors);
  }

  /// In one word, for the columns of a survey.
  public enum Outcome {
    /// Studies, images or lists without signing in.
    OPEN("open"),
    /// Only a name in the way, or in clear.
    NOMINAL("nominal"),
    /// Answers strangers, shows nothing.
    EXPOSED("exposed"),
    CLOSED("closed"),
    CANT_TELL("can't tell");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  public Level worst() {
    return doors.stream()
        .map(DoorReport::worst)
        .max(Comparator.comparingInt(Level::number))
        .orElse(Level.CLOSED);
  }

  /// Whether something that was asked about by name could not be told.
  public boolean untold() {
    return doors.isEmpty()
        || doors.stream().anyMatch(each -> each.door().named() && each.untold())
        || doors.stream().allMatch(DoorReport::untold);
  }

  /// The worst finding's; never better than "?" while something named could not be told.
  public Grade grade() {
    return untold() && worst().number() <= Level.NOTE.number() ? Grade.UNKNOWN : worst().grade();
  }

  public Outcome outcome() {
    if (worst() != Level.OPEN && untold()) {
      return Outcome.CANT_TELL;
    }
    return switch (worst()) {
      case OPEN -> Outcome.OPEN;
      case NOMINAL -> Outcome.NOMINAL;
      case EXPOSED -> Outcome.EXPOSED;
      case NOTE, CLOSED -> Outcome.CLOSED;
    };
  }

  /// Doors of one host show the same data: the largest, not the sum.
  public Counts counts() {
    return doors.stream().map(DoorReport::counts).reduce(Counts.NONE, Counts::or);
  }

  public Optional<Product> product() {
    return doors.stream().flatMap(each -> each.product().stream()).findFirst();
  }
}
