package leadglass.server.ui.page;

/// Legal holds, and the form for a new one.
///
/// @param reason typed before
/// @param error a sentence; empty at first
public record HoldsPage(Slice<Row> rows, Named named, String reason, String error) implements Page {

  /// A hold, or one that was.
  ///
  /// @param on such as `patient 3f9a02c1` or `study 1.2.3`
  /// @param released when and by whom; empty while it holds
  public record Row(
      String name, String on, String reason, String set, String released, boolean holds) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Legal holds";
  }

  @Override
  public String here() {
    return "/holds";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteholdsGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "HoldsPage[]";
  }
}
