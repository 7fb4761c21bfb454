package leadglass.audit.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The entry of the trail that a message was made from: an object of every message, by which
/// repeats are known. It also says why data were used, which the schema has no other place for.
public final class TrailEntry {
  public static final Code ID_TYPE = new Code("entry", Code.OURS, "Number in the audit trail");

  private TrailEntry() {}

  static ParticipantObject of(AuditMessage message) {
    List<ParticipantObject.Detail> details = new ArrayList<>();
    message
        .event()
        .purpose()
        .ifPresent(
            purpose -> details.add(new ParticipantObject.Detail("PurposeOfUse", purpose.name())));
    String number = Long.toString(message.number());
    return new ParticipantObject(
        ParticipantObject.Type.SYSTEM_OBJECT,
        OptionalInt.of(ParticipantObject.SECURITY_RESOURCE),
        OptionalInt.empty(),
        ID_TYPE,
        number,
        new ParticipantObject.Label.Name("entry " + number),
        details,
        Optional.empty());
  }
}
