package leadglass.server.ui.page;

import java.util.List;

/// Erasures: those that wait first, then those that are over, the newest first.
///
/// @param mayAsk whether the role may ask for one
public record ErasuresPage(List<Row> waiting, Slice<Row> over, boolean mayAsk, String error)
    implements Page {

  /// An erasure.
  ///
  /// @param patient the beginning of the pseudonym
  /// @param next what comes, or what keeps it
  /// @param certified whether there is a certificate
  public record Row(
      String name,
      String patient,
      String category,
      String studies,
      String asked,
      StatusPage.Level level,
      String state,
      String next,
      boolean certified) {}

  @Override
  public String title() {
    return "Erasures";
  }

  @Override
  public String here() {
    return "/erasures";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteerasuresGenerated.render(out, tags, shell, this));
  }
}
