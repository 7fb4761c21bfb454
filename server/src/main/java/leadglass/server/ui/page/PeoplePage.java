package leadglass.server.ui.page;

import java.util.List;

/// Accounts, to be looked at.
public record PeoplePage(List<Row> rows, List<Invited> invited) implements Page {

  /// Somebody who has a link and has not joined.
  public record Invited(String name, String roles, String by, String ends) {}

  /// An account.
  ///
  /// @param factors the kinds of what it can be proved with
  public record Row(
      String name, String roles, boolean enabled, String factors, String lastSignIn) {}

  @Override
  public String title() {
    return "People";
  }

  @Override
  public String here() {
    return "/people";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtepeopleGenerated.render(out, tags, shell, this));
  }
}
