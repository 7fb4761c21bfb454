package leadglass.server.ui.page;

import java.util.List;

/// Asks what of a patient is to be shared, with whom, why, and until when.
///
/// @param address where the form goes
/// @param back address of the study
/// @param choices the patient's studies, the newest first
/// @param recipient typed before
/// @param purpose typed before
/// @param days chosen before, one of [#DAYS]
/// @param open links to this patient's studies that work now, in words
/// @param error a sentence; empty at first
public record ShareForm(
    String address,
    String back,
    List<Choice> choices,
    String recipient,
    String purpose,
    int days,
    boolean download,
    List<String> open,
    String error)
    implements Page {

  /// How long a link may live, in days; the first is a whole one.
  public static final List<Integer> DAYS = List.of(1, 7, 30, 90);

  public ShareForm {
    choices = List.copyOf(choices);
    open = List.copyOf(open);
  }

  /// A study with its box.
  ///
  /// @param uid names the box
  public record Choice(String uid, StudyRow study, boolean chosen) {
    @Override
    public String toString() {
      return "Choice[]";
    }
  }

  /// How many days are called.
  public static String called(int days) {
    return days == 1 ? "24 hours" : days + " days";
  }

  @Override
  public String title() {
    return "Share studies";
  }

  @Override
  public String here() {
    return "/studies";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteshareFormGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "ShareForm[]";
  }
}
