package leadglass.server.ui.page;

import java.util.List;
import java.util.Optional;

/// [Samples] of what is planned for a day.
final class DaySamples {
  private DaySamples() {}

  static List<Page> pages(String text) {
    StepForm form =
        new StepForm(
            DayPage.ADDRESS,
            DayPage.ADDRESS,
            "Plan a procedure",
            "Plan it",
            List.of(
                new StepForm.Ask("patientName", text, "text", text, 194, true, text),
                new StepForm.Ask("date", text, "date", "2026-11-26", 194, true, ""),
                new StepForm.Ask("sex", text, "text", "", 194, false, "")),
            text);
    List<DayPage.Row> rows = List.of(row(text, true), row(text, false));
    return List.of(
        form,
        new DayPage(
            "2026-11-26",
            text,
            "2026-11-25",
            "2026-11-27",
            text,
            text,
            rows,
            Optional.of(DayPage.address("2026-11-26", text, text) + "&after=x"),
            Optional.of(form),
            text),
        new DayPage(
            "2026-11-26",
            "Today",
            "2026-11-25",
            "2026-11-27",
            "",
            "",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            ""),
        new DayPage(
            "2026-11-26",
            "Today",
            "2026-11-25",
            "2026-11-27",
            "CT1",
            "",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            ""));
  }

  private static DayPage.Row row(String text, boolean open) {
    return new DayPage.Row(
        Samples.NAME,
        "09:30",
        PersonName.of(text),
        text,
        text,
        text,
        text,
        text,
        text,
        text,
        "info",
        open);
  }
}
