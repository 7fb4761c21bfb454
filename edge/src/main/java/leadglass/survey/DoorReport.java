package leadglass.survey;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What was found at one door.
///
/// @param service what it speaks
public record DoorReport(Door door, Service service, List<Finding> findings) {
  public DoorReport {
    findings = List.copyOf(findings);
  }

  public Level worst() {
    return findings.stream()
        .map(each -> each.decision().level())
        .max(java.util.Comparator.comparingInt(Level::number))
        .orElse(Level.CLOSED);
  }

  /// Whether something about it could not be told.
  public boolean untold() {
    return findings.stream().anyMatch(each -> each.decision().verdict() == Verdict.CANT_TELL);
  }

  public Counts counts() {
    return findings.stream().map(Finding::counts).reduce(Counts.NONE, Counts::or);
  }

  public Optional<Product> product() {
    Stream<Product> known = findings.stream().flatMap(each -> each.product().stream());
    return known.filter(each -> each != Product.UNKNOWN).findFirst();
  }
}
