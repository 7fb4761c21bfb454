package leadglass.server.ui.page;

import java.util.List;

/// One study: who, what, and its series.
///
/// @param mayOpen whether the role may open images
/// @param mayShare whether the role may give somebody outside a link to it
/// @param mayInvite whether the role may give the patient a way in of their own
/// @param unverified whether something in it came over a lane, and nobody has confirmed it
/// @param mayCorrect whether the role may delete it, or give it to another patient
public record Study(
    StudyRow row,
    List<SeriesRow> series,
    boolean mayOpen,
    boolean mayShare,
    boolean mayInvite,
    boolean unverified,
    boolean mayCorrect)
    implements Page {

  @Override
  public String title() {
    return "Study";
  }

  @Override
  public String here() {
    return "/studies";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtestudyGenerated.render(out, tags, shell, this));
  }

  /// The same without a page around it, for the panel beside the worklist.
  public String panel() {
    return Html.of((out, tags) -> JtestudyCardGenerated.render(out, tags, this, 2));
  }
}
