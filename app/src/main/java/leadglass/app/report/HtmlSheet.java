package leadglass.app.report;

import java.util.List;
import leadglass.app.report.Sheet.Cell;
import leadglass.app.report.Sheet.Heading;
import leadglass.app.report.Sheet.Paragraph;
import leadglass.app.report.Sheet.Part;
import leadglass.app.report.Sheet.Steps;
import leadglass.app.report.Sheet.Table;
import leadglass.app.report.Sheet.Tile;

/// A sheet as one HTML file that needs nothing else: no script, nothing fetched.
final class HtmlSheet {
  private static final String STYLE =
      """
      :root { color-scheme: light; }
      body { font: 15px/1.45 system-ui, sans-serif; color: #1b1f24; background: #fff;
        max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
      h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
      h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; break-after: avoid; }
      h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; break-after: avoid; }
      p { max-width: 60rem; }
      .line { max-width: none; color: #454c54; font-size: .85rem; border-bottom: 1px solid #c8ced6; padding-bottom: .6rem; }
      footer { color: #454c54; font-size: .85rem; border-top: 1px solid #c8ced6; margin-top: 2rem;
        padding-top: .6rem; }
      table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: .9rem; }
      caption { text-align: left; color: #454c54; font-size: .85rem; padding: .2rem 0; }
      th, td { border: 1px solid #c8ced6; padding: .35rem .5rem; text-align: left;
        vertical-align: top; overflow-wrap: anywhere; }
      thead th { background: #eef1f4; }
      tbody th { font-weight: 600; }
      td div + div { margin-top: .3rem; }
      .mark { display: inline-block; font-weight: 600; border-radius: .25rem; padding: 0 .4rem;
        border: 1px solid; }
      .supported { color: #0b5a2a; background: #e3f4e8; }
      .attach { color: #3b4553; background: #eef1f4; }
      .not-known { color: #3b4553; background: #fff; border-style: dashed; }
      .open { color: #6b4300; background: #fdf0d5; }
      .grave { color: #8a1020; background: #fce4e6; }
      .tile { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 1.25rem;
        align-items: center; border: 1px solid #c8ced6; border-radius: .6rem; padding: 1rem;
        margin: 1rem 0; break-inside: avoid; }
      .tile .grade { width: 6rem; height: 6rem; border-radius: 1rem; border: 2px solid;
        display: grid; place-items: center; font-size: 3.5rem; font-weight: 700; }
      .tile .says { font-size: 1.3rem; font-weight: 650; margin: 0 0 .3rem; }
      .tile p { margin: 0; }
      .tile dl { display: grid; gap: .4rem; margin: 0; min-width: 14rem; }
      .tile dl div { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline;
        background: #eef1f4; border-radius: .4rem; padding: .3rem .7rem; }
      .tile dt { color: #454c54; font-size: .85rem; }
      .tile dd { margin: 0; font-weight: 650; font-size: 1.1rem; }
      .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      ol { padding-left: 1.6rem; max-width: 60rem; }
      li { margin: .25rem 0; }
      @media (max-width: 45rem) { .tile { grid-template-columns: 1fr; } }
      @media print {
        body { font-size: 9.5pt; padding: 0; max-width: none; }
        tr { break-inside: avoid; }
        .mark, .grade { print-color-adjust: exact; }
        footer { display: none; }
      }
      """;
  private static final String COMPACT =
      """
      @media print {
        :root { font-size: 7.5pt; }
        body { font: 7.5pt/1.2 Arial, "Liberation Sans", sans-serif; }
        table { font-size: 7pt; }
        th, td { padding: .1rem .3rem; }
        h1 { font-size: 12pt; }
        h2 { font-size: 9pt; margin: .5rem 0 .2rem; }
        p { margin: .3rem 0; max-width: none; }
        td div + div { margin-top: 0; }
        .mark { border: 0; padding: 0 .2rem; }
        caption { display: none; }
      }
      """;

  private HtmlSheet() {}

  static String of(Sheet sheet) {
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\"")
        .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(escaped(sheet.title()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append(sheet.compact() ? COMPACT : "")
        .append("@page { size: A4; margin: 14mm 12mm 16mm; @bottom-left { content: \"")
        .append(quoted(sheet.line()))
        .append("\"; font: 7pt sans-serif; color: #454c54; }")
        .append(" @bottom-right { content: counter(page) \" / \" counter(pages);")
        .append(" font: 7pt sans-serif; color: #454c54; } }\n")
        .append("</style>\n</head>\n<body>\n<main>\n<h1>")
        .append(escaped(sheet.title()))
        .append("</h1>\n<p class=\"line\">")
        .append(escaped(sheet.line()))
        .append("</p>\n");
    for (Sheet.Block block : sheet.blocks()) {
      switch (block) {
        case Heading(int level, String text) ->
            html.append("<h" + level + ">").append(escaped(text)).append("</h" + level + ">\n");
        case Paragraph(String text) -> html.append("<p>").append(escaped(text)).append("</p>\n");
        case Steps(List<String> steps) -> {
          html.append("<ol>\n");
          steps.forEach(each -> html.append("<li>").append(escaped(each)).append("</li>\n"));
          html.append("</ol>\n");
        }
        case Tile tile -> tile(html, tile);
        case Table table -> table(html, table);
      }
    }
    return html.append("</main>\n<footer>")
        .append(escaped(sheet.line()))
        .append("</footer>\n</body>\n</html>\n")
        .toString();
  }

  private static void tile(StringBuilder html, Tile tile) {
    html.append("<section class=\"tile\" aria-label=\"What it comes to\">\n<div class=\"grade ")
        .append(tile.grade().tone().style())
        .append("\"><span class=\"sr\">Grade </span>")
        .append(escaped(tile.grade().words()))
        .append("</div>\n<div>\n<p class=\"says\">")
        .append(escaped(tile.says()))
        .append("</p>\n<p>")
        .append(escaped(tile.verdict()))
        .append("</p>\n</div>\n<dl>\n");
    for (Sheet.Count each : tile.counts()) {
      html.append("<div><dt>")
          .append(escaped(each.name()))
          .append("</dt><dd>")
          .append(escaped(each.number()))
          .append("</dd></div>\n");
    }
    html.append("</dl>\n</section>\n");
  }

  private static void table(StringBuilder html, Table table) {
    html.append("<table>\n<caption>").append(escaped(table.caption())).append("</caption>\n");
    html.append("<colgroup>");
    table.widths().forEach(width -> html.append("<col style=\"width:" + width + "%\">"));
    html.append("</colgroup>\n<thead><tr>");
    for (String column : table.columns()) {
      html.append("<th scope=\"col\">").append(escaped(column)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<Cell> row : table.rows()) {
      html.append("<tr>");
      boolean first = true;
      for (Cell cell : row) {
        // What a row is about is read out before each of its cells; a mark alone is about nothing.
        boolean head = first && cell.parts().getFirst().mark().isEmpty();
        html.append(head ? "<th scope=\"row\">" : "<td>");
        cell.parts().forEach(part -> part(html, part));
        html.append(head ? "</th>" : "</td>");
        first = false;
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>\n");
  }

  private static void part(StringBuilder html, Part part) {
    html.append("<div>");
    part.mark()
        .ifPresent(mark ->
            html.append("<span class=\"mark ")
                .append(mark.tone().style())
                .append("\">")
                .append(escaped(mark.words()))
                .append("</span> "));
    html.append(escaped(part.text())).append("</div>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// Within a string of a style sheet.
  private static String quoted(String text) {
    return text.replaceAll("[\\\\\"<>\\p{Cntrl}]", " ");
  }
}
