package leadglass.server.ui.page;

import java.util.List;

/// What a patient finds: their images, who looked at them, links that work, what they asked.
///
/// @param looks the newest visits
/// @param more whether there are older ones
public record PatientPage(
    List<Given> studies, List<Look> looks, boolean more, List<Link> links, List<Asked> asked)
    implements Page {
  public PatientPage {
    studies = List.copyOf(studies);
    looks = List.copyOf(looks);
    links = List.copyOf(links);
    asked = List.copyOf(asked);
  }

  /// A study of theirs.
  ///
  /// @param what such as `CT: Head`
  public record Given(String uid, String what, String day, String images, List<SeriesRow> series) {
    public Given {
      series = List.copyOf(series);
    }

    @Override
    public String toString() {
      return "Given[]";
    }
  }

  /// A visit of somebody.
  ///
  /// @param day that begins with it; empty where the one before was of the same day
  /// @param study what was looked at; empty if it is not here any more
  /// @param ask address where it can be questioned; empty for one's own
  public record Look(
      String day,
      String time,
      String who,
      String did,
      String study,
      String images,
      String why,
      boolean emergency,
      String ask) {
    @Override
    public String toString() {
      return "Look[]";
    }
  }

  /// A link that works.
  ///
  /// @param asked when the patient asked for it to end; empty if they did not
  public record Link(
      String id,
      String recipient,
      String purpose,
      String by,
      String ends,
      String opened,
      String tries,
      String asked) {
    @Override
    public String toString() {
      return "Link[]";
    }
  }

  /// What they asked.
  ///
  /// @param answer empty while there is none
  public record Asked(String when, String about, String words, String answer) {
    @Override
    public String toString() {
      return "Asked[]";
    }
  }

  @Override
  public String title() {
    return "Your images";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtepatientPageGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "PatientPage[]";
  }
}
