package leadglass.survey.list;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import leadglass.survey.Counts;

/// Results as comma-separated values, a line each: the columns of a list of targets, and what came
/// of them.
public final class ResultCsv {
  private static final List<String> HEADER =
      List.of(
          "host",
          "ports",
          "owner",
          "country",
          "responsible",
          "at",
          "outcome",
          "grade",
          "product",
          "patients",
          "data sets",
          "images",
          "images accessible",
          "at least",
          "counted by",
          "bytes received",
          "worst");

  private ResultCsv() {}

  /// With the line that names the columns.
  public static String of(Collection<Result> results) {
    StringBuilder text = new StringBuilder(Csv.line(HEADER)).append("\r\n");
    results.forEach(each -> text.append(Csv.line(fields(each))).append("\r\n"));
    return text.toString();
  }

  private static List<String> fields(Result result) {
    Counts counts = result.counts();
    return List.of(
        result.host(),
        result.ports(),
        result.owner(),
        result.country(),
        result.responsible(),
        result.at().toString(),
        result.outcome(),
        result.grade(),
        result.product(),
        text(counts.patients()),
        text(counts.studies()),
        text(counts.images()),
        text(counts.accessible()),
        counts.atLeast() ? "yes" : "",
        counts.any() ? counts.source().words() : "",
        Long.toString(result.bytesReceived()),
        worst(result));
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "";
  }

  private static String worst(Result result) {
    return result.doors().stream()
        .flatMap(door ->
            door.findings().stream()
                .filter(each -> each.level() == result.worst())
                .map(each -> "port " + door.port() + ": " + each.words()))
        .findFirst()
        .orElse(result.asked() ? "" : result.ground());
  }
}
