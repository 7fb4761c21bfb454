package leadglass.audit.message;

import java.util.ArrayDeque;
import java.util.Deque;

/// Elements, attributes and text, escaped. One use, one thread.
final class Markup {
  private final StringBuilder out = new StringBuilder(1024);
  private final Deque<String> names = new ArrayDeque<>();
  private boolean inTag;

  Markup open(String name) {
    endTag();
    out.append('<').append(name);
    names.push(name);
    inTag = true;
    return this;
  }

  /// Before anything else of the element.
  Markup attribute(String name, String value) {
    out.append(' ').append(name).append("=\"");
    escape(value);
    out.append('"');
    return this;
  }

  Markup text(String text) {
    endTag();
    escape(text);
    return this;
  }

  Markup close() {
    String name = names.pop();
    if (inTag) {
      out.append("/>");
      inTag = false;
    } else {
      out.append("</").append(name).append('>');
    }
    return this;
  }

  String text() {
    return out.toString();
  }

  private void endTag() {
    if (inTag) {
      out.append('>');
      inTag = false;
    }
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\t', '\n', '\r' -> out.append("&#").append(c).append(';');
            default -> out.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
          }
        });
  }

  /// Char of XML 1.0 §2.2; the C1 controls are left out too, which confuse terminals.
  private static boolean isCharacter(int c) {
    return (c >= 0x20 && c < 0x7F)
        || (c >= 0xA0 && c < 0xD800)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
