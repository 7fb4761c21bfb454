package leadglass.server.ui.page;

/// A link that was made, and its passcode, apart from each other. Shown once.
///
/// @param recipient as typed
/// @param ends such as `2 Dec 2026, 18:00`
/// @param studies how many it gives
public record ShareMade(
    String recipient, String link, String passcode, String ends, int studies, boolean download)
    implements Page {

  @Override
  public String title() {
    return "The link is made";
  }

  @Override
  public String here() {
    return "/shares";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteshareMadeGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "ShareMade[]";
  }
}
