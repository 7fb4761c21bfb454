package leadglass.server.ui.page;

import java.util.List;

/// What somebody outside sees who opened a link.
///
/// @param root what every address of theirs begins with: `/s/` and the link's id
/// @param recipient as typed by whoever made it; empty if that is not kept
/// @param ends such as `2 Dec 2026, 18:00`
public record GuestPage(
    String root, String recipient, String by, String ends, List<Given> studies, boolean download)
    implements Page {
  public GuestPage {
    studies = List.copyOf(studies);
  }

  /// A study of it.
  public record Given(StudyRow row, List<SeriesRow> series) {
    public Given {
      series = List.copyOf(series);
    }

    /// Study Instance UID; empty for one without.
    public String uid() {
      return row.uid().map(uid -> uid.value()).orElse("");
    }

    @Override
    public String toString() {
      return "Given[]";
    }
  }

  @Override
  public String title() {
    return "Shared images";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteguestGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "GuestPage[]";
  }
}
