package leadglass.server.ui.page;

/// Asks which two patients are one.
///
/// @param error a sentence; empty at first
public record Merging(
    String fromId, String fromIssuer, String intoId, String intoIssuer, String reason, String error)
    implements Page {
  public static final Merging NOTHING = new Merging("", "", "", "", "", "");

  public Merging refused(String why) {
    return new Merging(fromId, fromIssuer, intoId, intoIssuer, reason, why);
  }

  @Override
  public String title() {
    return "Merge two patients";
  }

  @Override
  public String here() {
    return "/moves";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtemergingGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "Merging[]";
  }
}
