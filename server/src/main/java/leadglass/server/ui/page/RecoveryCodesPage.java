package leadglass.server.ui.page;

import java.util.List;

/// Fresh recovery codes, shown once.
public record RecoveryCodesPage(String name, List<String> codes) implements Page {

  @Override
  public String title() {
    return "New recovery codes";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JterecoveryCodesGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "RecoveryCodesPage[]";
  }
}
