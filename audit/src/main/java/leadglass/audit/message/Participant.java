package leadglass.audit.message;

import java.util.List;
import java.util.Optional;

/// An `ActiveParticipant`: who or what took part.
///
/// @param userId what identifies it here
/// @param alternativeUserId what identifies it elsewhere, or its AE titles
/// @param userName for people
/// @param requestor whether it began the event; of one participant at most
/// @param roles the parts it plays
/// @param at where it is reached
public record Participant(
    String userId,
    Optional<String> alternativeUserId,
    Optional<String> userName,
    boolean requestor,
    List<Code> roles,
    Optional<AccessPoint> at) {
  public Participant {
    roles = List.copyOf(roles);
  }

  /// The parts of PS3.16 CID 402.
  public enum Role {
    APPLICATION("110150", "Application"),
    APPLICATION_LAUNCHER("110151", "Application Launcher"),
    DESTINATION("110152", "Destination Role ID"),
    SOURCE("110153", "Source Role ID"),
    DESTINATION_MEDIA("110154", "Destination Media"),
    SOURCE_MEDIA("110155", "Source Media");

    private final String code;
    private final String meaning;

    Role(String code, String meaning) {
      this.code = code;
      this.meaning = meaning;
    }

    public Code code() {
      return Code.dicom(code, meaning);
    }
  }

  /// `NetworkAccessPointTypeCode` and `NetworkAccessPointID`.
  public record AccessPoint(Kind kind, String id) {

    /// What an access point is named by.
    public enum Kind {
      MACHINE_NAME(1),
      IP_ADDRESS(2),
      TELEPHONE(3),
      EMAIL(4),
      URI(5);

      private final int code;

      Kind(int code) {
        this.code = code;
      }

      public int code() {
        return code;
      }
    }
  }

  /// Never who: this may end in a log line.
  @Override
  public String toString() {
    return "Participant[" + roles.size() + " roles]";
  }
}
