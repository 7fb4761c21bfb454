package leadglass.server.ui.page;

import java.util.List;

/// Identifiers of referrers that were confirmed.
///
/// @param referrers who may have one
/// @param referrer typed before, as `scheme` and `code`
/// @param error a sentence; empty at first
public record ReferrersPage(
    List<Row> rows,
    List<String> referrers,
    String referrer,
    String scheme,
    String code,
    String error)
    implements Page {

  /// An identifier.
  public record Row(String referrer, String scheme, String code) {}

  @Override
  public String title() {
    return "Referrers";
  }

  @Override
  public String here() {
    return "/referrers";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtereferrersGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "ReferrersPage[]";
  }
}
