package leadglass.archive;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.audit.message.Action;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.message.Code;
import leadglass.audit.message.EventKind;
import leadglass.audit.message.EventType;
import leadglass.audit.message.Participant;
import leadglass.audit.message.Participant.AccessPoint;
import leadglass.audit.message.ParticipantObject;
import org.jspecify.annotations.Nullable;

/// Entries of the trail as DICOM audit messages: which event each act stands for, who took part,
/// and what it is about (docs/formats/audit-messages.md).
///
/// Immutable.
final class AuditMessages {
  private static final String STUDY_ROOT_FIND = "1.2.840.10008.5.1.4.1.2.2.1";

  private static final String WORKLIST_FIND = "1.2.840.10008.5.1.4.31";

  private final String source;
  private final boolean typed;

  /// @param source what the archive calls itself in its messages
  /// @param typed whether what somebody typed is told
  AuditMessages(String source, boolean typed) {
    this.source = source;
    this.typed = typed;
  }

  /// What an entry stands for.
  private record Event(EventKind kind, Optional<EventType> type, Action action) {
    Event(EventKind kind, Action action) {
      this(kind, Optional.empty(), action);
    }

    Event(EventKind kind, EventType type) {
      this(kind, Optional.of(type), Action.EXECUTE);
    }
  }

  /// @param whom if it is about somebody's study
  AuditMessage of(long number, AuditEntry entry, Optional<Whom> whom) {
    String detail = detail(entry);
    Event event = event(entry, detail);
    boolean told = whom.isPresent() && !whom.get().pseudonym();
    AuditMessage.Event identified =
        new AuditMessage.Event(
            event.kind(),
            event.type().map(EventType::code).stream().toList(),
            event.action(),
            Instant.ofEpochMilli(entry.at()),
            SecurityKind.outcome(entry.success() && !detail.contains(" locked "), detail),
            Optional.of(detail).filter(words -> !words.isEmpty()),
            Purposes.of(entry));
    return new AuditMessage(
        number,
        identified,
        participants(entry, event.kind(), told),
        new AuditMessage.Source(source, Optional.ofNullable(entry.site())),
        objects(entry, event, whom, detail));
  }

  /// Words of ours that say more.
  private String detail(AuditEntry entry) {
    String detail = entry.detail() == null ? "" : entry.detail();
    return typed ? detail : SecurityKind.withoutTyped(detail);
  }

  /// A new act has to say here what it stands for.
  private static Event event(AuditEntry entry, String detail) {
    return switch (entry.act()) {
      case STORED -> stored(entry, detail);
      case SEARCHED -> new Event(EventKind.QUERY, Action.EXECUTE);
      case RETRIEVED -> new Event(EventKind.INSTANCES_TRANSFERRED, Action.READ);
      case DESCRIBED, PREVIEWED -> new Event(EventKind.INSTANCES_ACCESSED, Action.READ);
      case SECURITY -> {
        SecurityKind kind = SecurityKind.of(entry.success(), detail);
        yield new Event(kind.kind(), kind.type());
      }
      case ACTIVITY ->
          new Event(
              EventKind.APPLICATION_ACTIVITY,
              detail.startsWith(AuditLog.STOPPED)
                  ? EventType.APPLICATION_STOP
                  : EventType.APPLICATION_START);
      case DELETED, PURGED -> new Event(EventKind.STUDY_DELETED, Action.DELETE);
      case RESTORED, QUARANTINE -> new Event(EventKind.INSTANCES_ACCESSED, Action.UPDATE);
      case MOVED -> new Event(EventKind.PATIENT_RECORD, Action.UPDATE);
      case HELD ->
          new Event(EventKind.SECURITY_ALERT, EventType.OBJECT_SECURITY_ATTRIBUTES_CHANGED);
      case ERASED ->
          new Event(
              EventKind.PATIENT_RECORD, detail.contains(" done: ") ? Action.DELETE : Action.UPDATE);
      case POLICY, STATE -> new Event(EventKind.SECURITY_ALERT, EventType.SECURITY_CONFIGURATION);
      case EMERGENCY ->
          new Event(
              EventKind.SECURITY_ALERT,
              detail.endsWith(" opened")
                  ? EventType.EMERGENCY_OVERRIDE_STARTED
                  : EventType.USE_OF_RESTRICTED_FUNCTION);
      case SHARED -> shared(detail);
      case LOG_USED, REVIEWED -> new Event(EventKind.AUDIT_LOG_USED, Action.READ);
      case ASKED -> new Event(EventKind.PATIENT_RECORD, Action.UPDATE);
      case SCHEDULED -> new Event(EventKind.PROCEDURE_RECORD, planned(detail));
      case PERFORMED -> new Event(EventKind.PROCEDURE_RECORD, Action.UPDATE);
    };
  }

  private static Action planned(String detail) {
    return detail.endsWith(" made") ? Action.CREATE : Action.UPDATE;
  }

  /// What somebody brings as files is imported; what a device or a program sends is transferred.
  private static Event stored(AuditEntry entry, String detail) {
    return switch (entry.door()) {
      case PAGE, CONSOLE, ARCHIVE -> new Event(EventKind.IMPORT, Action.CREATE);
      case DIMSE, DICOMWEB ->
          new Event(
              EventKind.INSTANCES_TRANSFERRED,
              detail.equals("held before") ? Action.READ : Action.CREATE);
    };
  }

  /// A link that is made or opened, and a study that is given to a referrer, lets data out; what
  /// ends one does not.
  private static Event shared(String detail) {
    boolean lets =
        detail.startsWith("given to") || detail.contains(" made, ") || detail.endsWith(" opened");
    return lets
        ? new Event(EventKind.EXPORT, Action.READ)
        : new Event(EventKind.SECURITY_ALERT, EventType.OBJECT_SECURITY_ATTRIBUTES_CHANGED);
  }

  private List<Participant> participants(AuditEntry entry, EventKind kind, boolean told) {
    List<Participant> all = new ArrayList<>();
    Optional<String> elsewhere = told ? Stated.device(entry) : Optional.empty();
    Optional<Participant.Role> theirs =
        elsewhere.isPresent() ? Optional.empty() : theirs(entry, kind);
    Optional<Participant.Role> ours = ours(entry, kind);
    if (entry.kind().equals("archive")) {
      all.add(archive(ours.or(() -> theirs), true));
    } else {
      all.add(caller(entry, theirs, told));
      all.add(archive(ours, false));
    }
    if (kind == EventKind.EXPORT) {
      all.add(recipient(entry, told));
    }
    elsewhere.map(AuditMessages::destination).ifPresent(all::add);
    return all;
  }

  private static Optional<Participant.Role> theirs(AuditEntry entry, EventKind kind) {
    return switch (kind) {
      case INSTANCES_TRANSFERRED ->
          Optional.of(
              entry.act() == Act.STORED ? Participant.Role.SOURCE : Participant.Role.DESTINATION);
      case QUERY, EXPORT -> Optional.of(Participant.Role.SOURCE);
      case IMPORT -> Optional.of(Participant.Role.DESTINATION);
      case APPLICATION_ACTIVITY -> Optional.of(Participant.Role.APPLICATION_LAUNCHER);
      case AUDIT_LOG_USED,
          BEGIN_TRANSFERRING,
          INSTANCES_ACCESSED,
          STUDY_DELETED,
          NETWORK_ENTRY,
          ORDER_RECORD,
          PATIENT_RECORD,
          PROCEDURE_RECORD,
          SECURITY_ALERT,
          USER_AUTHENTICATION ->
          Optional.empty();
    };
  }

  private static Optional<Participant.Role> ours(AuditEntry entry, EventKind kind) {
    return switch (kind) {
      case INSTANCES_TRANSFERRED ->
          Optional.of(
              entry.act() == Act.STORED ? Participant.Role.DESTINATION : Participant.Role.SOURCE);
      case QUERY, IMPORT -> Optional.of(Participant.Role.DESTINATION);
      case EXPORT -> Optional.of(Participant.Role.SOURCE);
      case APPLICATION_ACTIVITY -> Optional.of(Participant.Role.APPLICATION);
      case AUDIT_LOG_USED,
          BEGIN_TRANSFERRING,
          INSTANCES_ACCESSED,
          STUDY_DELETED,
          NETWORK_ENTRY,
          ORDER_RECORD,
          PATIENT_RECORD,
          PROCEDURE_RECORD,
          SECURITY_ALERT,
          USER_AUTHENTICATION ->
          Optional.empty();
    };
  }

  private Participant archive(Optional<Participant.Role> role, boolean requestor) {
    return new Participant(
        source,
        Optional.empty(),
        Optional.empty(),
        requestor,
        role.map(Participant.Role::code).stream().toList(),
        Optional.empty());
  }

  private static Participant caller(
      AuditEntry entry, Optional<Participant.Role> role, boolean told) {
    List<Code> roles = new ArrayList<>();
    role.map(Participant.Role::code).ifPresent(roles::add);
    String hat = entry.hat() == null ? entry.kind() : entry.hat();
    roles.add(new Code(hat, Code.OURS, hat));
    String name = entry.who();
    String user = name.isEmpty() ? entry.kind() : name;
    @Nullable String other = null;
    @Nullable String human = null;
    switch (entry.kind()) {
      case "person" -> human = name;
      case "program" -> {
        human = name.replaceFirst("/[^/]*$", "");
        other = human;
      }
      case "device" -> other = "AETITLES=" + name;
      case "patient" -> user = "patient " + name;
      case "share" -> {
        user = "share " + name;
        human = told ? entry.recipient() : null;
      }
      default -> {
        // A console's user and strangers have no other name.
      }
    }
    return new Participant(
        user,
        Optional.ofNullable(other),
        Optional.ofNullable(human),
        true,
        roles,
        accessPoint(entry.from()));
  }

  /// The device that another one has instances sent to.
  private static Participant destination(String device) {
    return new Participant(
        device,
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(Participant.Role.DESTINATION.code()),
        Optional.empty());
  }

  /// Who gets what leaves by a link or is given to a referrer.
  private static Participant recipient(AuditEntry entry, boolean told) {
    String who = told && entry.recipient() != null ? entry.recipient() : "";
    return new Participant(
        who.isEmpty() ? "recipient" : who,
        Optional.empty(),
        Optional.of(who).filter(name -> !name.isEmpty()),
        false,
        List.of(Participant.Role.DESTINATION_MEDIA.code()),
        Optional.empty());
  }

  private static Optional<AccessPoint> accessPoint(String from) {
    if (from.isEmpty()) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(from);
      return Optional.of(new AccessPoint(AccessPoint.Kind.IP_ADDRESS, address.getHostAddress()));
    } catch (IllegalArgumentException _) {
      return Optional.of(new AccessPoint(AccessPoint.Kind.MACHINE_NAME, from));
    }
  }

  private List<ParticipantObject> objects(
      AuditEntry entry, Event event, Optional<Whom> whom, String detail) {
    List<ParticipantObject> objects = new ArrayList<>();
    switch (event.kind()) {
      case QUERY -> objects.add(query(entry));
      case SECURITY_ALERT -> objects.add(alert(detail));
      case AUDIT_LOG_USED -> objects.add(log());
      case APPLICATION_ACTIVITY,
          BEGIN_TRANSFERRING,
          INSTANCES_ACCESSED,
          INSTANCES_TRANSFERRED,
          STUDY_DELETED,
          EXPORT,
          IMPORT,
          NETWORK_ENTRY,
          ORDER_RECORD,
          PATIENT_RECORD,
          PROCEDURE_RECORD,
          USER_AUTHENTICATION -> {
        // Nothing but the study and the patient.
      }
    }
    whom.ifPresent(known -> {
      objects.add(study(entry, known));
      objects.add(patient(known));
    });
    return objects;
  }

  /// The archive keeps no questions: they hold names that somebody typed.
  private static ParticipantObject query(AuditEntry entry) {
    return new ParticipantObject(
        ParticipantObject.Type.SYSTEM_OBJECT,
        OptionalInt.of(ParticipantObject.REPORT),
        OptionalInt.empty(),
        ParticipantObject.SOP_CLASS_UID,
        Worklist.NAME.equals(entry.detail()) ? WORKLIST_FIND : STUDY_ROOT_FIND,
        new ParticipantObject.Label.Query(new byte[0]),
        List.of(),
        Optional.empty());
  }

  private ParticipantObject alert(String detail) {
    return new ParticipantObject(
        ParticipantObject.Type.SYSTEM_OBJECT,
        OptionalInt.of(ParticipantObject.SECURITY_RESOURCE),
        OptionalInt.empty(),
        ParticipantObject.NODE_ID,
        source,
        new ParticipantObject.Label.Name("Leadglass"),
        List.of(new ParticipantObject.Detail("Alert Description", detail)),
        Optional.empty());
  }

  private static ParticipantObject log() {
    return new ParticipantObject(
        ParticipantObject.Type.SYSTEM_OBJECT,
        OptionalInt.of(ParticipantObject.SECURITY_RESOURCE),
        OptionalInt.empty(),
        ParticipantObject.RESOURCE_URI,
        "leadglass:trail",
        new ParticipantObject.Label.Name("Security Audit Log"),
        List.of(),
        Optional.empty());
  }

  private static ParticipantObject study(AuditEntry entry, Whom whom) {
    List<ParticipantObject.Detail> details = new ArrayList<>();
    boolean told = !whom.pseudonym();
    add(details, "reason", told ? entry.reason() : null);
    add(details, "purpose", told ? entry.purpose() : null);
    add(details, "recipient", told ? entry.recipient() : null);
    add(details, "Series Instance UID", told ? entry.series() : null);
    add(details, "visit", entry.ends() ? "ended" : null);
    String instance = told ? entry.instance() : null;
    ParticipantObject.SopClass count =
        new ParticipantObject.SopClass(
            Optional.empty(), instance == null ? List.of() : List.of(instance), entry.count());
    return new ParticipantObject(
        ParticipantObject.Type.SYSTEM_OBJECT,
        OptionalInt.of(ParticipantObject.REPORT),
        lifeCycle(entry),
        ParticipantObject.STUDY_INSTANCE_UID,
        whom.study(),
        new ParticipantObject.Label.Name("study"),
        details,
        Optional.of(
            new ParticipantObject.Description(
                List.of(), List.of(count), Optional.of(true).filter(_ -> whom.pseudonym()))));
  }

  private static OptionalInt lifeCycle(AuditEntry entry) {
    return switch (entry.act()) {
      case DELETED -> OptionalInt.of(ParticipantObject.LOGICAL_DELETION);
      case PURGED -> OptionalInt.of(ParticipantObject.PERMANENT_ERASURE);
      case STORED,
          SEARCHED,
          RETRIEVED,
          DESCRIBED,
          PREVIEWED,
          SECURITY,
          ACTIVITY,
          RESTORED,
          MOVED,
          HELD,
          ERASED,
          POLICY,
          QUARANTINE,
          EMERGENCY,
          SHARED,
          LOG_USED,
          ASKED,
          STATE,
          REVIEWED,
          SCHEDULED,
          PERFORMED ->
          OptionalInt.empty();
    };
  }

  private static void add(
      List<ParticipantObject.Detail> details, String type, @Nullable String value) {
    if (value != null) {
      details.add(new ParticipantObject.Detail(type, value));
    }
  }

  private static ParticipantObject patient(Whom whom) {
    List<ParticipantObject.Detail> details = new ArrayList<>();
    add(details, "Issuer of Patient ID", whom.issuer().orElse(null));
    return new ParticipantObject(
        ParticipantObject.Type.PERSON,
        OptionalInt.of(ParticipantObject.PATIENT),
        OptionalInt.empty(),
        ParticipantObject.PATIENT_NUMBER,
        whom.patient(),
        new ParticipantObject.Label.Name(whom.pseudonym() ? "pseudonym" : "patient"),
        details,
        whom.pseudonym()
            ? Optional.of(
                new ParticipantObject.Description(List.of(), List.of(), Optional.of(true)))
            : Optional.empty());
  }
}
