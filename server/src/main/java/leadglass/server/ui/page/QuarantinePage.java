package leadglass.server.ui.page;

import java.util.List;
import leadglass.archive.Quarantine;

/// Images that were kept and are found by nobody until somebody decides, those that wait longest
/// first.
///
/// @param unverified studies with something in them that came over a lane and nobody confirmed
/// @param keepsApart whether the site keeps conflicting ones apart now
public record QuarantinePage(Slice<Row> rows, List<Unconfirmed> unverified, boolean keepsApart)
    implements Page {
  public static final String ADDRESS = "/quarantine";

  /// A study that waits for somebody's word.
  ///
  /// @param lane the device whose lane it came over
  public record Unconfirmed(StudyRow study, String uid, String lane, String since) {
    @Override
    public String toString() {
      return "Unconfirmed[]";
    }
  }

  /// An image that waits.
  ///
  /// @param unproved whether it came over a lane
  /// @param study whose it says it is
  /// @param uid of its study
  public record Row(
      String name,
      Quarantine.Why why,
      boolean unproved,
      StudyRow study,
      String uid,
      String size,
      String came) {

    public String tag() {
      return switch (why) {
        case LATE -> "late";
        case LANE_ENDED -> "lane ended";
        case EXPIRED -> "certificate ended";
        case CONFLICT -> "two under one UID";
      };
    }

    public String words() {
      return QuarantinePage.words(why);
    }

    @Override
    public String toString() {
      return "Row[]";
    }
  }

  static String words(Quarantine.Why why) {
    return switch (why) {
      case LATE -> "It came over a lane after its study was complete.";
      case LANE_ENDED -> "It came over a lane whose last day was over.";
      case EXPIRED -> "It came from a device whose certificate had ended.";
      case CONFLICT -> "Another image with this UID is here already.";
    };
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
    return Html.of((out, tags) -> JtequarantineGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "QuarantinePage[" + rows.rows().size() + "]";
  }
}
