package leadglass.server.ui.page;

import java.util.List;

/// Who could do what at a moment.
///
/// @param at the moment as typed
/// @param written when it was written down, in words; empty before anybody asked
/// @param program what ran, in words; empty if that is not known
/// @param key where the master key lay; empty if that is not known
/// @param since what was changed between that and the moment
public record StatePage(
    String at,
    String written,
    String program,
    String key,
    List<Row> people,
    List<Row> devices,
    List<Row> since,
    String error)
    implements Page {

  public StatePage {
    people = List.copyOf(people);
    devices = List.copyOf(devices);
    since = List.copyOf(since);
  }

  /// A line of any of the tables.
  public record Row(String first, String second, String third) {}

  /// Before there is an answer.
  public static StatePage asking(String at, String error) {
    return new StatePage(at, "", "", "", List.of(), List.of(), List.of(), error);
  }

  @Override
  public String title() {
    return "State of an earlier moment";
  }

  @Override
  public String here() {
    return AuditPage.ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteauditStateGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "StatePage[]";
  }
}
