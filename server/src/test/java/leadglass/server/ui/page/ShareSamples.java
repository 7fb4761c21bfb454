package leadglass.server.ui.page;

import java.util.List;

/// [Samples] of what somebody outside is shown, and of how it comes to that.
final class ShareSamples {
  private ShareSamples() {}

  static List<Page> pages(String text) {
    StudyRow row = StudyRow.of(Samples.studyOf(text), Samples.TODAY);
    ShareForm.Choice choice = new ShareForm.Choice("1.2.3.4", row, true);
    SharesPage.Row works =
        new SharesPage.Row(
            Samples.NAME,
            text,
            text,
            List.of(text),
            text,
            text,
            text,
            text,
            true,
            text,
            text,
            true);
    SharesPage.Row ended =
        new SharesPage.Row(
            Samples.NAME, text, text, List.of(), text, text, text, text, false, "", "", false);
    List<SeriesRow> series = List.of(SeriesRow.of(Samples.seriesOf(text)));
    return List.of(
        new ShareForm(
            "/studies/1.2.3.4/share",
            "/studies/1.2.3.4",
            List.of(choice, new ShareForm.Choice("1.2.3.5", row, false)),
            text,
            text,
            30,
            true,
            List.of(text),
            text),
        new ShareMade(text, text, text, text, 1, true),
        new SharesPage(Slice.of(List.of(works, ended), "/shares", ""), text),
        new SharesPage(Slice.of(List.of(), "/shares", ""), ""),
        new OpenLink(),
        new GuestPage(
            "/s/" + Samples.NAME,
            text,
            text,
            text,
            List.of(new GuestPage.Given(row, series)),
            true),
        new GuestPage("/s/" + Samples.NAME, "", text, text, List.of(), false));
  }
}
