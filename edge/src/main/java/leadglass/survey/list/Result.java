package leadglass.survey.list;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leadglass.survey.Counts;
import leadglass.survey.Decision;
import leadglass.survey.DoorReport;
import leadglass.survey.Finding;
import leadglass.survey.Grade;
import leadglass.survey.HostReport;
import leadglass.survey.Product;
import leadglass.survey.Service;
import leadglass.survey.Target;

/// What came of one row, as it is written down: everything that reports are made of.
///
/// @param host as it was given
/// @param address that was asked; empty if none was
/// @param ports as they were given
/// @param ground why it might be asked, or why it was not
/// @param at when it was looked at
/// @param outcome as in the columns of a survey; "not asked" if it was not
/// @param product that could be told, or empty
public record Result(
    String host,
    String address,
    String ports,
    String owner,
    String country,
    String responsible,
    String ground,
    Instant at,
    long tookMillis,
    String outcome,
    String grade,
    String product,
    Counts counts,
    long bytesReceived,
    int connections,
    List<DoorResult> doors) {

  public static final String NOT_ASKED = "not asked";

  public Result {
    doors = List.copyOf(doors);
  }

  /// A door.
  public record DoorResult(int port, boolean named, String service, List<FindingResult> findings) {
    public DoorResult {
      findings = List.copyOf(findings);
    }

    static DoorResult of(DoorReport door) {
      return new DoorResult(
          door.door().port(),
          door.door().named(),
          door.service().word(),
          door.findings().stream().map(FindingResult::of).toList());
    }
  }

  /// A finding.
  ///
  /// @param verdict in words
  public record FindingResult(
      String probe, String decision, String verdict, int level, String words, long bytes) {
    static FindingResult of(Finding finding) {
      Decision decision = finding.decision();
      return new FindingResult(
          finding.probe(),
          decision.id(),
          decision.verdict().words(),
          decision.level().number(),
          decision.words(),
          finding.bytesReceived());
    }
  }

  public static Result of(HostReport report) {
    Target target = report.host();
    return new Result(
        target.given(),
        target.approved().address().getHostAddress(),
        ports(target),
        target.owner(),
        target.country(),
        target.responsible(),
        target.approved().ground().words(),
        report.began(),
        report.took().toMillis(),
        report.outcome().words(),
        report.grade().letter(),
        report.product().map(Product::words).orElse(""),
        report.counts(),
        report.bytesReceived(),
        report.connections(),
        report.doors().stream().map(DoorResult::of).toList());
  }

  /// One that may not be asked; nothing was sent.
  public static Result notAsked(Wanted wanted, String why, Instant at) {
    return new Result(
        wanted.host(),
        "",
        ports(wanted.doors()),
        wanted.owner(),
        wanted.country(),
        wanted.responsible(),
        why,
        at,
        0,
        NOT_ASKED,
        Grade.UNKNOWN.letter(),
        "",
        Counts.NONE,
        0,
        0,
        List.of());
  }

  private static String ports(Target target) {
    return ports(target.doors());
  }

  /// As in a list of targets.
  public static String ports(List<leadglass.survey.Door> doors) {
    return String.join(
        " ",
        doors.stream()
            .map(each ->
                each.port() + each.hint().map(Service::word).map(word -> "/" + word).orElse(""))
            .toList());
  }

  /// Two results of one host and the same doors have the same key.
  public String key() {
    return host + " " + ports;
  }

  public boolean asked() {
    return !outcome.equals(NOT_ASKED);
  }

  public boolean open() {
    return outcome.equals(HostReport.Outcome.OPEN.words());
  }

  public boolean untold() {
    return outcome.equals(HostReport.Outcome.CANT_TELL.words()) || grade.equals("?");
  }

  /// The worst level of all findings, 0 to 4.
  public int worst() {
    return doors.stream()
        .flatMap(each -> each.findings().stream())
        .mapToInt(FindingResult::level)
        .max()
        .orElse(0);
  }

  /// The product by name, if it was told.
  public Optional<Product> productTold() {
    return java.util.stream.Stream.of(Product.values())
        .filter(each -> each.words().equals(product))
        .findFirst();
  }
}
