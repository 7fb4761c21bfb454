package leadglass.server.ui.page;

/// Second step of set-up: the site and its first administrator.
///
/// @param site as typed before
/// @param name as typed before
/// @param error a sentence; empty at first
public record SetUpAccount(
    String site, String name, boolean readsImages, int passwordCharsMin, String error)
    implements Page {

  @Override
  public String title() {
    return "Set up, step 2 of 3";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtesetUpAccountGenerated.render(out, tags, shell, this));
  }
}
