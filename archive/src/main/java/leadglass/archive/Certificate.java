package leadglass.archive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is handed out when a patient was erased. Tells nothing of the patient but the pseudonym.
///
/// @param erasure name of it
/// @param studies whose keys were destroyed
/// @param movedAway studies that came under this patient and belong to another since
/// @param backups of keys made before; an older key in one of them could still open the images
public record Certificate(
    String erasure,
    String site,
    String pseudonym,
    String category,
    String askedBy,
    long askedMillis,
    String confirmedBy,
    long confirmedMillis,
    long erasedMillis,
    int studies,
    int movedAway,
    List<KeyBackup> backups) {
  public Certificate {
    backups = List.copyOf(backups);
  }

  /// A copy of the key store made before the erasure.
  ///
  /// @param key for [Erasures#tick]
  /// @param date as its document says
  /// @param state `present`, `removed`, `ticked`, `expired` or `unknown`
  /// @param tickedBy who said that it is gone; empty if nobody did
  public record KeyBackup(
      String key,
      String place,
      String date,
      String digest,
      String state,
      String tickedBy,
      Optional<Long> tickedMillis) {

    /// Whether nobody can take the key from it any more.
    public boolean gone() {
      return state.equals("removed") || state.equals("ticked") || state.equals("expired");
    }

    private String words() {
      return state
          + (tickedBy.isEmpty() ? "" : " by " + tickedBy)
          + tickedMillis.map(at -> ", " + moment(at)).orElse("");
    }
  }

  /// Whether no older copy of the keys is left.
  public boolean complete() {
    return backups.stream().allMatch(KeyBackup::gone);
  }

  /// One sentence that says whether it is complete.
  public String verdict() {
    long left = backups.stream().filter(backup -> !backup.gone()).count();
    return complete()
        ? "Complete: no older copy of the keys is left."
        : "Not complete: "
            + left
            + (left == 1 ? " older copy" : " older copies")
            + " of the keys still exist. Destroy each and tick it off.";
  }

  private List<String[]> rows() {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Erasure", erasure});
    rows.add(new String[] {"Site", site});
    rows.add(new String[] {"Patient", "pseudonym " + pseudonym});
    rows.add(new String[] {"Reason", category});
    rows.add(new String[] {"Asked for by", askedBy + ", " + moment(askedMillis)});
    rows.add(new String[] {"Confirmed by", confirmedBy + ", " + moment(confirmedMillis)});
    rows.add(new String[] {"Erased", moment(erasedMillis)});
    rows.add(new String[] {"Studies whose keys were destroyed", "" + studies});
    rows.add(new String[] {"Studies given to another patient before", "" + movedAway});
    return rows;
  }

  private static String moment(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// To be printed: lines of text.
  public String text() {
    StringBuilder text = new StringBuilder("CERTIFICATE OF ERASURE\n\n");
    rows().forEach(row -> text.append(String.format("%-40s %s%n", row[0], row[1])));
    text.append("\nOlder copies of the keys:\n");
    if (backups.isEmpty()) {
      text.append("  none\n");
    }
    for (KeyBackup backup : backups) {
      text.append(
          String.format(
              "  [%s] %s  %s%n      %s  %s%n      %s%n",
              backup.gone() ? "x" : " ",
              backup.date(),
              backup.place(),
              backup.key(),
              backup.digest(),
              backup.words()));
    }
    return text.append('\n').append(verdict()).append('\n').toString();
  }

  /// To be shown within a page: a heading, a table, a list; no style and no script.
  public String html() {
    StringBuilder html = new StringBuilder("<h1>Certificate of erasure</h1>\n<table>\n");
    for (String[] row : rows()) {
      html.append("<tr><th scope=\"row\">").append(escaped(row[0]));
      html.append("</th><td>").append(escaped(row[1])).append("</td></tr>\n");
    }
    html.append("</table>\n<h2>Older copies of the keys</h2>\n");
    if (backups.isEmpty()) {
      html.append("<p>None.</p>\n");
    } else {
      html.append("<table>\n<tr><th>Made</th><th>Place</th><th>Digest</th><th>State</th></tr>\n");
      for (KeyBackup backup : backups) {
        html.append("<tr>");
        for (String cell :
            List.of(backup.date(), backup.place(), backup.digest(), backup.words())) {
          html.append("<td>").append(escaped(cell)).append("</td>");
        }
        html.append("</tr>\n");
      }
      html.append("</table>\n");
    }
    return html.append("<p>").append(escaped(verdict())).append("</p>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
