package leadglass.server.ui.page;

import java.util.List;
import leadglass.archive.Quarantine;

/// An image kept apart beside the one that is here, and the question which of them stays.
///
/// @param why it waits
/// @param unproved whether it came over a lane
/// @param lines what both say
/// @param keptPicture address of a preview of the one that is here; empty if there is none to be
///   seen
/// @param apartPicture likewise of the one that is kept apart
/// @param chosen what was chosen before
/// @param reason typed before
/// @param error a sentence; empty at first
public record Deciding(
    String name,
    Quarantine.Why why,
    boolean unproved,
    String came,
    List<Line> lines,
    String keptPicture,
    String apartPicture,
    Choice chosen,
    String reason,
    String error)
    implements Page {

  /// What both say of one thing.
  ///
  /// @param differs whether they say different things
  public record Line(String label, String kept, String apart, boolean differs) {
    @Override
    public String toString() {
      return "Line[" + label + "]";
    }
  }

  /// What can be done; nothing is chosen beforehand, since either destroys something.
  public enum Choice {
    NONE(""),
    ACCEPT("accept"),
    DISCARD("discard");

    private final String word;

    Choice(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    public static Choice of(String word) {
      for (Choice choice : values()) {
        if (choice.word.equals(word)) {
          return choice;
        }
      }
      return NONE;
    }
  }

  /// Whether another one has its SOP Instance UID.
  public boolean conflict() {
    return why == Quarantine.Why.CONFLICT;
  }

  public String words() {
    return QuarantinePage.words(why);
  }

  /// How many things differ.
  public long differences() {
    return lines.stream().filter(Line::differs).count();
  }

  @Override
  public String title() {
    return conflict() ? "Two images, one UID" : "An image that waits";
  }

  @Override
  public String here() {
    return QuarantinePage.ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtedecidingGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "Deciding[]";
  }
}
