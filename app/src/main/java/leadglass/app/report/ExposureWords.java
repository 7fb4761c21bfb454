package leadglass.app.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import leadglass.app.report.Sheet.Count;
import leadglass.app.report.Sheet.Mark;
import leadglass.survey.Counts;
import leadglass.survey.list.Account;
import leadglass.survey.list.Result;
import leadglass.survey.list.Result.FindingResult;
import leadglass.survey.list.Totals;

/// Grades, verdicts and numbers in words. None says that something is protected: only what was
/// seen.
final class ExposureWords {
  private ExposureWords() {}

  static Mark grade(String letter) {
    Tone tone =
        switch (letter) {
          case "F", "D" -> Tone.BAD;
          case "C" -> Tone.WARN;
          case "B" -> Tone.PLAIN;
          case "A" -> Tone.GOOD;
          default -> Tone.UNKNOWN;
        };
    return new Mark(letter, tone);
  }

  /// What a host's grade means.
  static String says(String letter) {
    return switch (letter) {
      case "F" -> "A stranger gets data without signing in.";
      case "D" -> "Only a name, or nothing but clear text, stands in a stranger's way.";
      case "C" -> "It answers strangers, or its encryption is out of date. It gave no data.";
      case "B" -> "A stranger gets hints, and no data.";
      case "A" -> "A stranger got nothing at the doors that were tried.";
      default -> "What a stranger gets could not be told.";
    };
  }

  static String says(Account account) {
    if (account.results().size() == 1) {
      return says(account.grade());
    }
    Totals all = Totals.of("", account.results());
    return all.open() == 0
        ? "None of " + all.examined() + " systems gave a stranger data without signing in."
        : all.open()
            + " of "
            + all.examined()
            + " systems give a stranger data without signing in.";
  }

  static String grades(Map<String, Integer> grades) {
    return grades.entrySet().stream()
        .map(each -> each.getValue() + " × " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  static Mark result(FindingResult each) {
    if (each.verdict().startsWith("CAN'T")) {
      return new Mark("can't tell", Tone.UNKNOWN);
    }
    return switch (each.level()) {
      case 4 -> new Mark("open", Tone.BAD);
      case 3 -> new Mark("nominal", Tone.BAD);
      case 2 -> new Mark("exposed", Tone.WARN);
      case 1 -> new Mark("note", Tone.PLAIN);
      default -> new Mark("closed", Tone.GOOD);
    };
  }

  /// When something is to be mended.
  static String urgency(int level) {
    return switch (level) {
      case 4, 3 -> "now";
      case 2 -> "soon";
      default -> "small";
    };
  }

  static List<Count> counts(Account account) {
    if (account.results().size() == 1) {
      Result result = account.results().getFirst();
      Counts counts = result.counts();
      return List.of(
          new Count("patients listed", number(result, counts.patients())),
          new Count("studies listed", number(result, counts.studies())),
          new Count("images accessible", number(result, counts.accessible())));
    }
    Totals all = Totals.of("", account.results());
    return List.of(
        new Count("systems open", all.open() + " of " + all.examined()),
        new Count("studies listed", number(all, all.dataSets())),
        new Count("images accessible", number(all, all.accessible())));
  }

  /// Nothing that was seen is not the same as nothing that could be counted.
  static String number(Result result, OptionalLong number) {
    if (number.isPresent()) {
      return (result.counts().atLeast() ? "at least " : "") + number(number.getAsLong());
    }
    if (result.open()) {
      return "not counted";
    }
    return result.untold() || !result.asked() ? "can't tell" : "none seen";
  }

  static String number(Totals totals, long number) {
    if (totals.open() > 0 && totals.uncounted() == totals.open()) {
      return "not counted";
    }
    return (totals.atLeast() || totals.uncounted() > 0 ? "at least " : "") + number(number);
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String host(Result result) {
    return result.product().isEmpty()
        ? result.outcome()
        : result.outcome() + ", " + result.product();
  }
}
