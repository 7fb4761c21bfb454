package leadglass.server.ui.page;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Map;

/// Runs a template's class. Called directly, by its own types, so that a template and the record it
/// shows can't disagree in a build that passes.
final class Html {

  private Html() {}

  /// A template with its values bound.
  @FunctionalInterface
  interface Template {
    void writeTo(HtmlTemplateOutput out, HtmlInterceptor tags);
  }

  /// Templates are compiled without interception, so this is never called.
  private static final HtmlInterceptor NOTHING =
      new HtmlInterceptor() {
        @Override
        public void onHtmlTagOpened(
            String name, Map<String, Object> attributes, TemplateOutput out) {
          // Nothing is added to tags.
        }

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput out) {
          // Nothing is added to tags.
        }
      };

  static String of(Template template) {
    StringOutput out = new StringOutput(16 << 10);
    template.writeTo(new OwaspHtmlTemplateOutput(out), NOTHING);
    return out.toString().strip() + "\n";
  }
}
