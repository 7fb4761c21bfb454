package leadglass.server.ui.page;

import leadglass.archive.SiteRules.Conflicts;

/// What a site does with two images under one UID: for administrators, who see neither of them.
///
/// @param waiting how many images wait for a decision, in words; empty if none does
/// @param error a sentence; empty if all is well
public record ConflictRule(Conflicts now, String waiting, String error) implements Page {
  public static final String ADDRESS = "/quarantine/rule";

  public boolean keepsApart() {
    return now == Conflicts.QUARANTINE;
  }

  @Override
  public String title() {
    return "Quarantine";
  }

  @Override
  public String here() {
    return ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteconflictRuleGenerated.render(out, tags, shell, this));
  }
}
