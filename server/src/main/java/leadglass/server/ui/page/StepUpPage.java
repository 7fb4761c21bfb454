package leadglass.server.ui.page;

import java.util.Optional;

/// Asks for a factor again.
///
/// @param to where to go after that: a path of ours
/// @param passkey whether there is one to offer
/// @param elsewhere the provider to go to again, where there is no factor of ours
/// @param error a sentence; empty at first
public record StepUpPage(
    String to, boolean passkey, Optional<SignIn.Provider> elsewhere, String error) implements Page {

  @Override
  public String title() {
    return "Is it you?";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtestepUpGenerated.render(out, tags, shell, this));
  }
}
