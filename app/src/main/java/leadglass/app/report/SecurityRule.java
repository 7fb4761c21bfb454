package leadglass.app.report;

import java.util.List;

/// The items of 45 CFR 164.308, 164.310 and 164.312, and which evidence speaks to each.
final class SecurityRule {
  private SecurityRule() {}

  /// In the rule's order.
  static List<Clause> clauses() {
    return Tables.rows("security-rule.tsv", 5).stream()
        .map(row ->
            new Clause(
                row.getFirst(),
                row.get(1),
                row.get(2),
                Clause.Kind.of(row.get(3)),
                Tables.words(row.get(4))))
        .toList();
  }

  /// Titles of the sections, by the beginning of their citations.
  static final List<Section> SECTIONS =
      List.of(
          new Section("164.308", "Administrative safeguards"),
          new Section("164.310", "Physical safeguards"),
          new Section("164.312", "Technical safeguards"));

  record Section(String citation, String title) {
    boolean has(Clause clause) {
      return clause.citation().startsWith(citation + "(");
    }
  }
}
