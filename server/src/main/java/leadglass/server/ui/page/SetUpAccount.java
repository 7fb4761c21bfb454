package leadglass.server.ui.page;

import leadglass.archive.KeyChoice;

/// Second step of set-up: the site and its first administrator.
///
/// @param site as typed before
/// @param name as typed before
/// @param asksForKey whether to ask where the master key shall live
/// @param error a sentence; empty at first
public record SetUpAccount(
    String site,
    String name,
    boolean readsImages,
    int passwordCharsMin,
    boolean asksForKey,
    String error)
    implements Page {

  /// What must be typed to leave the key on this disk.
  public String sentence() {
    return KeyChoice.SENTENCE;
  }

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
