package leadglass.server.ui.page;

import java.util.List;

/// Two patients side by side, before something is given from one to the other.
///
/// @param sentences what will happen
/// @param action where the answer is sent
/// @param fields what was typed, sent again with the answer
/// @param back where to if it is not right
public record Comparing(
    String title,
    String here,
    PatientCard from,
    PatientCard into,
    List<String> sentences,
    String action,
    List<Field> fields,
    String button,
    String back)
    implements Page {

  /// A hidden field.
  public record Field(String name, String value) {
    /// Never the value.
    @Override
    public String toString() {
      return "Field[" + name + "]";
    }
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtecomparingGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "Comparing[]";
  }
}
