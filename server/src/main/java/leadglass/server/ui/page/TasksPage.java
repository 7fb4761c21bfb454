package leadglass.server.ui.page;

/// What patients asked, for whoever answers.
public record TasksPage(Slice<Row> rows) implements Page {

  /// One of them.
  ///
  /// @param about what it is about, in words
  /// @param answer with whoever gave it; empty while there is none
  public record Row(
      long number, String patient, String asked, String about, String words, String answer) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Questions of patients";
  }

  @Override
  public String here() {
    return "/tasks";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtetasksGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "TasksPage[]";
  }
}
