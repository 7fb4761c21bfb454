package leadglass.server.ui.page;

import leadglass.archive.Deletions;

/// What was deleted and can be brought back, the newest first.
///
/// @param error a sentence; empty if all is well
public record DeletedStudies(Slice<Row> rows, String error) implements Page {

  /// A deleted study.
  ///
  /// @param name to bring it back by
  /// @param uid where it is found again
  /// @param size such as `2 series, 312 images`
  /// @param end such as `goes for ever on 25 Dec 2026`
  /// @param kept why it stays longer; empty if nothing keeps it
  public record Row(
      String name,
      String uid,
      StudyRow study,
      String size,
      String when,
      String by,
      String reason,
      String end,
      String kept) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  public int days() {
    return Deletions.DAYS;
  }

  @Override
  public String title() {
    return "Deleted studies";
  }

  @Override
  public String here() {
    return "/deleted";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtedeletedGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "DeletedStudies[" + rows.rows().size() + "]";
  }
}
