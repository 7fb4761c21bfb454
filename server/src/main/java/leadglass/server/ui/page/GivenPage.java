package leadglass.server.ui.page;

import java.util.List;

/// Referrers who reach a study.
///
/// @param given who do
/// @param referrers who may be given it
/// @param typed before
/// @param error a sentence; empty at first
public record GivenPage(
    String study, List<String> given, List<String> referrers, String typed, String error)
    implements Page {

  @Override
  public String title() {
    return "Referrers";
  }

  @Override
  public String here() {
    return "/studies";
  }

  public String back() {
    return "/studies/" + study;
  }

  public String address() {
    return back() + "/referrers";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtegivenGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "GivenPage[]";
  }
}
