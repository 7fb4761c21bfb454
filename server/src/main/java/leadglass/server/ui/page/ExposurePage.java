package leadglass.server.ui.page;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import leadglass.archive.Exposure;
import leadglass.archive.ExposureCheck;

/// What a stranger sees of the archive's doors, and how that was in the last weeks.
///
/// @param grade A, B, C, D, F or `?`
/// @param css how good that is: `ok`, `warn`, `bad`, or `old`
/// @param said when, and from where
/// @param drop a sentence if it is worse than it was; empty: it is not
/// @param history the same as a sentence
/// @param looks whether the reader may have it looked at now
/// @param under whether a check is under way
/// @param command to be typed on another network; empty for whoever may not have it
public record ExposurePage(
    String grade,
    String css,
    String headline,
    String said,
    String drop,
    List<Bar> bars,
    String history,
    List<DoorRow> doors,
    List<Fix> fixes,
    boolean looks,
    boolean under,
    String command)
    implements Page {
  public static final String ADDRESS = "/exposure";
  public static final int DAYS = 60;

  private static final int BAR = 6;
  private static final int TALL = 24;

  /// A day.
  public record Bar(int x, int y, int height, String css) {}

  /// A door that was looked at.
  ///
  /// @param result in a word
  /// @param words what is to be said of it; the worst first
  /// @param all every answer
  public record DoorRow(
      String name, String port, String css, String result, List<String> words, List<String> all) {}

  /// Something to be mended.
  public record Fix(String css, String word, String what, String how) {}

  /// @param looks whether the reader may have it looked at now
  /// @param asked whether they just did
  /// @param command to be typed on another network
  public static ExposurePage of(
      Exposure.Standing now, boolean looks, boolean asked, String command, ZoneId zone) {
    ExposureCheck last = now.last().orElse(null);
    List<DoorRow> doors = new ArrayList<>();
    List<Fix> fixes = new ArrayList<>();
    if (last != null) {
      last.doors()
          .forEach(door -> {
            doors.add(row(door));
            fixes(fixes, door);
          });
    }
    return new ExposurePage(
        now.last().map(ExposureCheck::grade).orElse("?"),
        now.old() ? "old" : last == null ? "warn" : css(last.grade()),
        last == null ? "Nobody has looked yet." : headline(last),
        last == null
            ? "The archive looks a few minutes after it was started, and then once a day."
            : said(last, now, zone),
        now.drop()
            .map(drop ->
                "It is worse than it was: "
                    + drop.to()
                    + ", before "
                    + drop.from()
                    + ". Found "
                    + Moment.instant(drop.atMillis(), zone)
                    + ".")
            .orElse(""),
        bars(now.days()),
        history(now.days()),
        doors,
        fixes,
        looks,
        asked || now.looking(),
        command);
  }

  private static String said(ExposureCheck last, Exposure.Standing now, ZoneId zone) {
    return "Grade "
        + now.words()
        + ", at "
        + Moment.instant(last.atMillis(), zone)
        + " from "
        + last.vantage()
        + ".";
  }

  static String css(String grade) {
    return switch (grade) {
      case "A" -> "ok";
      case "B", "?" -> "warn";
      default -> "bad";
    };
  }

  private static String headline(ExposureCheck check) {
    return switch (check.grade()) {
      case "A" -> "A stranger gets nothing.";
      case "B" -> "A stranger gets nothing; something is to be mended.";
      case "C" -> "A stranger is answered, and shown nothing.";
      case "D" -> "Only a name stands in a stranger's way, or patients' data crosses in clear.";
      case "F" -> "A stranger sees patients, studies or images.";
      default -> "Nothing bad was found, and something could not be told.";
    };
  }

  /// The worse, the lower.
  private static List<Bar> bars(List<Exposure.Day> days) {
    List<Bar> bars = new ArrayList<>();
    for (Exposure.Day day : days) {
      String grade = day.grade();
      int height =
          switch (grade) {
            case "" -> 2;
            case "A" -> TALL;
            case "B" -> 18;
            case "?" -> 10;
            default -> 12;
          };
      String css = grade.isEmpty() ? "none" : css(grade);
      bars.add(new Bar(bars.size() * BAR, TALL - height, height, css));
    }
    return bars;
  }

  private static String history(List<Exposure.Day> days) {
    StringJoiner words = new StringJoiner(", ", "The last " + DAYS + " days: ", ".");
    for (String grade : List.of("A", "B", "?", "C", "D", "F", "")) {
      long count = days.stream().filter(day -> day.grade().equals(grade)).count();
      if (count > 0) {
        words.add((grade.isEmpty() ? "not looked" : grade) + " on " + count);
      }
    }
    return words.toString();
  }

  private static DoorRow row(ExposureCheck.Door door) {
    List<String> words =
        door.findings().stream()
            .filter(each -> each.level() > 0 || (door.named() && isUntold(each)))
            .sorted((a, b) -> b.level() - a.level())
            .map(ExposureCheck.Finding::words)
            .toList();
    boolean untold = door.named() && door.untold();
    String result =
        switch (door.worst()) {
          case 0 -> untold ? "Can't tell" : "Closed";
          case 1 -> "Note";
          default -> "Open";
        };
    String css =
        switch (door.worst()) {
          case 0 -> untold ? "warn" : "ok";
          case 1 -> "warn";
          default -> "bad";
        };
    return new DoorRow(
        door.name(),
        door.port() + "/tcp, " + door.service(),
        css,
        result,
        words,
        door.findings().stream()
            .map(each -> each.verdict().toLowerCase(Locale.ROOT) + ": " + each.words())
            .toList());
  }

  private static boolean isUntold(ExposureCheck.Finding finding) {
    return finding.verdict().startsWith("CAN'T");
  }

  private static void fixes(List<Fix> fixes, ExposureCheck.Door door) {
    for (ExposureCheck.Finding each : door.findings()) {
      if (each.level() > 0) {
        boolean grave = each.level() > 1;
        fixes.add(
            new Fix(
                grave ? "bad" : "warn",
                grave ? "Now" : "Note",
                door.name() + ": " + each.words(),
                how(each.decision())));
      }
    }
  }

  private static String how(String decision) {
    return decision.equals("lane-past-its-end")
        ? "Give the device a certificate and remove the lane; or name a later last day:"
            + " leadglass device set AET --until DAY."
        : "No setting of this archive opens a door so: look for what stands in front of it, such as"
            + " a proxy, and see docs/check.md for this answer.";
  }

  @Override
  public String title() {
    return "Exposure";
  }

  @Override
  public String here() {
    return ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteexposureGenerated.render(out, tags, shell, this));
  }
}
