package leadglass.server.ui.page;

import java.util.List;

/// A few sentences and where to go from here.
///
/// @param next links, the first the one most people want
public record Notice(String title, String here, List<String> sentences, List<Link> next)
    implements Page {

  /// A link as a button.
  public record Link(String address, String label) {}

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtenoticeGenerated.render(out, tags, shell, this));
  }
}
