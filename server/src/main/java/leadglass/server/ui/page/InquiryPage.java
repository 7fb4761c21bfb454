package leadglass.server.ui.page;

import java.util.List;
import java.util.Map;

/// A question to the audit trail, and its answer.
///
/// @param patient whether it is about a patient; else about a span of time
/// @param typed by the names of the form's fields
/// @param words of the answer; empty before
public record InquiryPage(
    String title,
    String action,
    boolean patient,
    Map<String, String> typed,
    String words,
    List<Row> rows,
    String error)
    implements Page {

  public InquiryPage {
    typed = Map.copyOf(typed);
    rows = List.copyOf(rows);
  }

  /// @param why the purpose; or whose images, where it is about a span of time
  /// @param remark what else there is to know
  public record Row(String at, String who, String what, String study, String why, String remark) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  public static InquiryPage asking(
      String title, String action, boolean patient, Map<String, String> typed) {
    return new InquiryPage(title, action, patient, typed, "", List.of(), "");
  }

  public InquiryPage failed(String rule) {
    return new InquiryPage(title, action, patient, typed, "", List.of(), rule);
  }

  public InquiryPage answered(String said, List<Row> told) {
    return new InquiryPage(title, action, patient, typed, said, told, "");
  }

  public String field(String name) {
    return typed.getOrDefault(name, "");
  }

  @Override
  public String here() {
    return AuditPage.ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteinquiryGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "InquiryPage[]";
  }
}
