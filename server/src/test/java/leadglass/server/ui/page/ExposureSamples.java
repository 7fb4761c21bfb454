package leadglass.server.ui.page;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Exposure;
import leadglass.archive.ExposureCheck;

/// Pages about what a stranger sees.
final class ExposureSamples {
  private ExposureSamples() {}

  static Exposure.Standing standing(String text, boolean bad) {
    ExposureCheck.Finding good = new ExposureCheck.Finding(text, text, "CLOSED", 0, text);
    ExposureCheck.Finding note = new ExposureCheck.Finding(text, text, "CLOSED", 1, text);
    ExposureCheck.Door door =
        new ExposureCheck.Door(text, 8443, text, true, bad ? List.of(good, note) : List.of(good));
    ExposureCheck check =
        new ExposureCheck(
            0, 1000, text, bad ? "B" : "A", bad ? 1 : 0, 40, 9_000, text, List.of(door));
    List<Exposure.Day> days =
        List.of(
            new Exposure.Day(Samples.TODAY.minusDays(2), "A"),
            new Exposure.Day(Samples.TODAY.minusDays(1), ""),
            new Exposure.Day(Samples.TODAY, bad ? "B" : "A"));
    return new Exposure.Standing(
        Optional.of(check),
        bad ? 9 : 0,
        days,
        bad ? Optional.of(new Exposure.Drop("A", "B", 0)) : Optional.empty(),
        bad,
        true);
  }

  static List<Page> pages(String text) {
    Exposure.Standing never =
        new Exposure.Standing(Optional.empty(), 0, List.of(), Optional.empty(), false, true);
    return List.of(
        ExposurePage.of(standing(text, false), false, false, "", ZoneOffset.UTC),
        ExposurePage.of(standing(text, true), true, true, text, ZoneOffset.UTC),
        ExposurePage.of(never, true, false, text, ZoneOffset.UTC));
  }
}
