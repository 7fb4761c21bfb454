package leadglass.audit.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A DICOM audit message (PS3.15 A.5).
///
/// @param number of the entry in the trail it was made from; the same in every form of it
/// @param participants one at least; one requestor at most
/// @param objects what it is about
public record AuditMessage(
    long number,
    Event event,
    List<Participant> participants,
    Source source,
    List<ParticipantObject> objects) {

  public AuditMessage {
    participants = List.copyOf(participants);
    objects = List.copyOf(objects);
    if (participants.isEmpty()) {
      throw new IllegalArgumentException("an audit message without a participant");
    }
    if (participants.stream().filter(Participant::requestor).count() > 1) {
      throw new IllegalArgumentException("an audit message with two requestors");
    }
  }

  /// `EventIdentification`.
  ///
  /// @param at when it happened
  /// @param outcomeDescription in words of ours
  /// @param purpose why; the schema of PS3.15 has no place for it here, so in XML it goes with what
  ///   the event is about
  public record Event(
      EventKind kind,
      List<Code> types,
      Action action,
      Instant at,
      Outcome outcome,
      Optional<String> outcomeDescription,
      Optional<PurposeOfUse> purpose) {
    public Event {
      types = List.copyOf(types);
    }
  }

  /// `AuditSourceIdentification`: who reports it.
  ///
  /// @param id of the archive
  /// @param site of a further site; empty for the one that runs the archive
  public record Source(String id, Optional<String> site) {

    /// `AuditSourceTypeCode`: an application server's process.
    public static final String TYPE = "4";
  }

  /// Never whom it is about: this may end in a log line.
  @Override
  public String toString() {
    return "AuditMessage[" + number + ", " + event.kind() + "]";
  }
}
