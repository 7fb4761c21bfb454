package leadglass.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import leadglass.store.Private;

/// One of three recovery sheets, as text and as a page to be printed. No patient stands on it.
record PrintedSheet(String archive, String made, String set, int number, List<String> groups) {
  private static final int GROUPS_IN_LINE = 4;
  private static final int SHEETS = 3;
  private static final int DATE_CHARS = 10;
  private static final String RULE =
      "Any two of the three sheets give the master key and open the archive; one alone says"
          + " nothing. Keep each at another place, and none beside the archive.";

  /// What a reply says of its sheets.
  static List<PrintedSheet> of(Map<String, Object> values) {
    List<PrintedSheet> sheets = new ArrayList<>();
    if (values.get("sheets") instanceof List<?> all) {
      for (Object each : all) {
        Map<?, ?> words = (Map<?, ?>) each;
        List<String> groups =
            words.get("groups") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        sheets.add(
            new PrintedSheet(
                String.valueOf(values.get("archive")),
                String.valueOf(values.get("made")).substring(0, DATE_CHARS),
                String.valueOf(words.get("set")),
                words.get("number") instanceof Number number ? number.intValue() : 0,
                groups));
      }
    }
    return sheets;
  }

  @Override
  public String toString() {
    return "PrintedSheet[" + set + " " + number + "]";
  }

  private String title() {
    return "Leadglass recovery sheet " + number + " of " + SHEETS;
  }

  String text() {
    StringBuilder text = new StringBuilder(title() + "\n\n");
    text.append("archive   ").append(archive).append('\n');
    text.append("made      ").append(made).append('\n');
    text.append("set       ").append(set).append("\n\n");
    text.append(RULE.replace("; ", ";\n").replace(". Keep", ".\nKeep")).append("\n\n");
    for (int i = 0; i < groups.size(); i++) {
      text.append(String.format("   %2d. %s", i + 1, groups.get(i)));
      if (i % GROUPS_IN_LINE == GROUPS_IN_LINE - 1 || i == groups.size() - 1) {
        text.append('\n');
      }
    }
    text.append("\nTo try two of them:   leadglass key rehearse --data DIR\n");
    text.append("To make a lost key:   leadglass key restore --data DIR\n");
    return text.toString();
  }

  String html() {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < groups.size(); i++) {
      cells.append("<li><span>" + (i + 1) + ".</span> <b>" + groups.get(i) + "</b></li>\n");
    }
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>TITLE</title><style>
    @page { size: A4; margin: 25mm }
    body { font: 12pt sans-serif; color: #000; background: #fff; max-width: 160mm; margin: 10mm auto }
    dl { display: grid; grid-template-columns: 6em 1fr; row-gap: 2mm } dt { font-weight: bold } dd { margin: 0 }
    ul { display: grid; grid-template-columns: repeat(4, 1fr); gap: 5mm; padding: 5mm; border: 1px solid #000; list-style: none }
    span { display: inline-block; width: 2em; text-align: right } b { font: bold 16pt monospace }
    </style></head><body>
    <h1>TITLE</h1>
    <dl><dt>Archive</dt><dd>ARCHIVE</dd><dt>Made</dt><dd>MADE</dd><dt>Set</dt><dd>SET</dd></dl>
    <p>RULE</p>
    <ul>
    CELLS</ul>
    <p>To try two of them: <code>leadglass key rehearse --data DIR</code></p>
    <p>To make a lost key anew: <code>leadglass key restore --data DIR</code></p>
    </body></html>
    """
        .replace("TITLE", title())
        .replace("MADE", made)
        .replace("SET", set)
        .replace("RULE", RULE)
        .replace("CELLS", cells)
        .replace("ARCHIVE", escaped(archive)); // last: nothing in a name is replaced
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// Writes `sheet-N.txt` and `sheet-N.html` (mode 0600) into a folder.
  void write(Path folder) throws IOException {
    for (Map.Entry<String, String> each : Map.of(".txt", text(), ".html", html()).entrySet()) {
      Path file = folder.resolve("sheet-" + number + each.getKey());
      Private.file(file, each.getValue().getBytes(UTF_8));
    }
  }
}
