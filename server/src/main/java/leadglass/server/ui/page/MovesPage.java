package leadglass.server.ui.page;

/// What was given to another patient, the newest first.
public record MovesPage(Slice<Row> rows) implements Page {

  /// A move or a merge.
  ///
  /// @param uid of the first of its studies that is still there; empty if none is
  /// @param study as it is now; with nothing in it for who may not find it
  /// @param state such as `done` or `undone by ada, 25 Nov 2026, 09:51`
  public record Row(
      String name,
      boolean merge,
      String uid,
      StudyRow study,
      int studies,
      String when,
      String by,
      String state,
      boolean undoable) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Moves and merges";
  }

  @Override
  public String here() {
    return "/moves";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtemovesGenerated.render(out, tags, shell, this));
  }
}
