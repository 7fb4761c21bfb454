package leadglass.server.ui.page;

/// Images that were kept and are found by nobody until somebody decides, those that wait longest
/// first.
///
/// @param keepsApart whether the site keeps conflicting ones apart now
public record QuarantinePage(Slice<Row> rows, boolean keepsApart) implements Page {
  public static final String ADDRESS = "/quarantine";

  /// An image that waits.
  ///
  /// @param conflict whether another one has its SOP Instance UID
  /// @param study whose it says it is
  /// @param uid of its study
  public record Row(
      String name, boolean conflict, StudyRow study, String uid, String size, String came) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Quarantine";
  }

  @Override
  public String here() {
    return ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtequarantineGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "QuarantinePage[" + rows.rows().size() + "]";
  }
}
