package leadglass.server.ui.page;

import java.util.List;
import java.util.Map;

/// The audit trail in rows.
///
/// @param typed the filter, by the names of its fields
/// @param acts what can be chosen
/// @param next cursor of the next page; empty if there is none
/// @param stopped why it is short, in words; empty if it isn't
public record AuditPage(
    Map<String, String> typed,
    List<Choice> acts,
    List<Row> rows,
    String next,
    String stopped,
    String error)
    implements Page {
  public static final String ADDRESS = "/audit";

  public AuditPage {
    typed = Map.copyOf(typed);
    acts = List.copyOf(acts);
    rows = List.copyOf(rows);
  }

  public record Choice(String word, String label) {}

  /// One entry.
  ///
  /// @param account as an address has it, for a link; empty for whoever has none
  /// @param study Study Instance UID, or the name the study has for ever
  public record Row(
      long number,
      String at,
      String what,
      boolean done,
      String by,
      String account,
      String hat,
      String from,
      String patient,
      String pseudonym,
      String study,
      String studyName,
      String why) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  public String field(String name) {
    return typed.getOrDefault(name, "");
  }

  @Override
  public String title() {
    return "Access log";
  }

  @Override
  public String here() {
    return ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteauditGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "AuditPage[]";
  }
}
