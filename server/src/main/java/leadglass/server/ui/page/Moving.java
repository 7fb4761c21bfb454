package leadglass.server.ui.page;

import leadglass.archive.Moves;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;

/// Asks who a study is to be given to.
///
/// @param uid of the study
/// @param back where to if it is not to be given away
/// @param typed what was typed so far
/// @param fresh whether nothing is held of that Patient ID, so that the rest has to be typed too
/// @param error a sentence; empty at first
public record Moving(
    StudyRow row, String uid, String back, Typed typed, boolean fresh, String error)
    implements Page {

  /// @param born as `<input type=date>` has it
  /// @param sex `M`, `F`, `O` or empty
  public record Typed(
      String id,
      String issuer,
      String family,
      String given,
      String born,
      String sex,
      String reason) {
    public static final Typed NOTHING = new Typed("", "", "", "", "", "", "");

    /// As a patient nothing is held of.
    public Moves.Target target() {
      return new Moves.Target.Fresh(issuer, id, name(), born.replace("-", ""), sex);
    }

    /// The same, to be shown.
    public DataSet patient() {
      return DataSet.builder()
          .utf8()
          .text(Tag.PATIENT_NAME, Vr.PN, name())
          .text(Tag.PATIENT_ID, Vr.LO, id)
          .text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, issuer)
          .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, born.replace("-", ""))
          .text(Tag.PATIENT_SEX, Vr.CS, sex)
          .build();
    }

    /// Family and given names (PS3.5 §6.2.1.1).
    private String name() {
      return given.isEmpty() ? family : family + "^" + given;
    }

    /// Never the values.
    @Override
    public String toString() {
      return "Typed[]";
    }
  }

  @Override
  public String title() {
    return "Give a study to another patient";
  }

  @Override
  public String here() {
    return "/studies";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtemovingGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "Moving[]";
  }
}
