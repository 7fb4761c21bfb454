package leadglass.server.ui.page;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import leadglass.archive.Role;

/// Asks whom to invite, as what.
///
/// @param name typed before
/// @param chosen words of roles ticked before
/// @param error a sentence; empty at first
public record InviteForm(String name, Set<String> chosen, String error) implements Page {

  public List<Hat> hats() {
    return Arrays.stream(Role.values()).map(Hat::of).toList();
  }

  @Override
  public String title() {
    return "Invite somebody";
  }

  @Override
  public String here() {
    return "/people";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteinviteFormGenerated.render(out, tags, shell, this));
  }
}
