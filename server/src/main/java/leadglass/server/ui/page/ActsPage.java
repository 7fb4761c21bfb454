package leadglass.server.ui.page;

import java.util.List;
import java.util.Map;

/// Things that stand there, each with what can be done about it.
///
/// @param intro a sentence under the title
/// @param error a sentence; empty at first
public record ActsPage(
    String title, String here, String intro, String error, List<Section> sections) implements Page {

  /// @param empty a sentence in place of items
  public record Section(String heading, String empty, List<Item> items) {}

  /// @param tag a word beside the name; empty for none
  public record Item(
      String name,
      StatusPage.Level level,
      String tag,
      List<String> sentences,
      List<Button> buttons) {}

  /// A form of one button.
  ///
  /// @param hidden names and values that go with it
  /// @param asks label of a field to fill in, called `owner`; empty for none
  public record Button(
      String action, String label, boolean primary, Map<String, String> hidden, String asks) {
    public Button(String action, String label, boolean primary) {
      this(action, label, primary, Map.of(), "");
    }
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteactsGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "ActsPage[]";
  }
}
