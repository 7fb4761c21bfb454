package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.AuditTrail.Who;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.message.EventKind;
import leadglass.audit.message.EventType;
import leadglass.audit.message.MessageXml;
import leadglass.audit.message.Outcome;
import leadglass.audit.message.Participant;
import leadglass.audit.message.PurposeOfUse;
import leadglass.testkit.AuditSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuditMessagesTest {
  private static final long NOON = 1_709_208_000_000L;
  private static final AuditMessages MESSAGES = new AuditMessages("pacs", true);
  private static final AuditMessages QUIET = new AuditMessages("pacs", false);
  private static final Whom NAMED = new Whom("2.25.1", "ID-1", Optional.of("Clinic"), false);
  private static final Whom HIDDEN = new Whom("2.25.9", "a".repeat(32), Optional.empty(), true);

  /// A row for each act: what it stands for. A new act without one fails.
  private static final Map<Act, String> ACTS = new EnumMap<>(Act.class);

  static {
    ACTS.put(Act.STORED, "INSTANCES_TRANSFERRED C");
    ACTS.put(Act.SEARCHED, "QUERY E");
    ACTS.put(Act.RETRIEVED, "INSTANCES_TRANSFERRED R");
    ACTS.put(Act.DESCRIBED, "INSTANCES_ACCESSED R");
    ACTS.put(Act.PREVIEWED, "INSTANCES_ACCESSED R");
    ACTS.put(Act.SECURITY, "SECURITY_ALERT E");
    ACTS.put(Act.ACTIVITY, "APPLICATION_ACTIVITY E");
    ACTS.put(Act.DELETED, "STUDY_DELETED D");
    ACTS.put(Act.RESTORED, "INSTANCES_ACCESSED U");
    ACTS.put(Act.PURGED, "STUDY_DELETED D");
    ACTS.put(Act.MOVED, "PATIENT_RECORD U");
    ACTS.put(Act.HELD, "SECURITY_ALERT E");
    ACTS.put(Act.ERASED, "PATIENT_RECORD U");
    ACTS.put(Act.POLICY, "SECURITY_ALERT E");
    ACTS.put(Act.QUARANTINE, "INSTANCES_ACCESSED U");
    ACTS.put(Act.EMERGENCY, "SECURITY_ALERT E");
    ACTS.put(Act.SHARED, "SECURITY_ALERT E");
    ACTS.put(Act.LOG_USED, "AUDIT_LOG_USED R");
    ACTS.put(Act.REVIEWED, "AUDIT_LOG_USED R");
    ACTS.put(Act.STATE, "SECURITY_ALERT E");
    ACTS.put(Act.ASKED, "PATIENT_RECORD U");
    ACTS.put(Act.SCHEDULED, "PROCEDURE_RECORD U");
    ACTS.put(Act.PERFORMED, "PROCEDURE_RECORD U");
  }

  /// A row for each door: what storing through it stands for.
  private static final Map<Origin.Door, EventKind> DOORS = new EnumMap<>(Origin.Door.class);

  static {
    DOORS.put(Origin.Door.DIMSE, EventKind.INSTANCES_TRANSFERRED);
    DOORS.put(Origin.Door.DICOMWEB, EventKind.INSTANCES_TRANSFERRED);
    DOORS.put(Origin.Door.PAGE, EventKind.IMPORT);
    DOORS.put(Origin.Door.CONSOLE, EventKind.IMPORT);
    DOORS.put(Origin.Door.ARCHIVE, EventKind.IMPORT);
  }

  /// One caller of each kind, and how a message names them.
  private record Row(Caller caller, String userId, Optional<String> alternative) {}

  private static List<Row> callers(Origin origin) {
    return List.of(
        new Row(new Caller.Stranger(origin), "stranger", Optional.empty()),
        new Row(
            new Caller.Person("mara", Role.RADIOLOGIST, EnumSet.of(Role.RADIOLOGIST), origin),
            "mara",
            Optional.empty()),
        new Row(
            new Caller.Program("t1", "mara", Set.of(), Set.of(), origin),
            "mara/t1",
            Optional.of("mara")),
        new Row(new Caller.Device("CT1", origin), "CT1", Optional.of("AETITLES=CT1")),
        new Row(
            new Caller.Share("0".repeat(32), Set.of(), false, origin),
            "share " + "0".repeat(32),
            Optional.empty()),
        new Row(new Caller.Patient("p1", Set.of(), origin), "patient p1", Optional.empty()),
        new Row(new Caller.Console("root", origin), "root", Optional.empty()));
  }

  static AuditEntry entry(
      Act act, boolean success, Who who, Origin origin, @Nullable String detail) {
    return new AuditEntry(
        NOON,
        act,
        success,
        who.kind(),
        who.name(),
        who.hat(),
        origin.door(),
        origin.address(),
        null,
        "2.25.1",
        "2.25.1.1",
        "2.25.1.1.1",
        3,
        false,
        detail,
        "a reason",
        "a second opinion",
        "Dr. Fiction");
  }

  private static AuditEntry entry(Act act, boolean success, @Nullable String detail) {
    return entry(
        act,
        success,
        new Who("person", "mara", "radiologist"),
        new Origin(Origin.Door.DICOMWEB, "192.0.2.7"),
        detail);
  }

  private static AuditMessage message(AuditEntry entry) {
    return MESSAGES.of(7, entry, Optional.of(NAMED));
  }

  @ParameterizedTest
  @EnumSource
  void everyActHasARowAndIsThatEvent(Act act) {
    AuditMessage.Event event = message(entry(act, true, "something")).event();
    assertThat(event.kind() + " " + event.action().code()).isEqualTo(ACTS.get(act));
  }

  @ParameterizedTest
  @EnumSource
  void everyDoorHasARow(Origin.Door door) {
    Origin origin = new Origin(door, "192.0.2.7");
    AuditEntry stored = entry(Act.STORED, true, new Who("device", "CT1", null), origin, null);
    assertThat(message(stored).event().kind()).isEqualTo(DOORS.get(door));
  }

  @Test
  void everyKindOfCallerHasARowAndIsNamed() {
    Origin origin = new Origin(Origin.Door.PAGE, "192.0.2.7");
    List<Class<?>> kinds = new ArrayList<>();
    for (Row row : callers(origin)) {
      kinds.add(row.caller().getClass());
      AuditEntry entry = entry(Act.RETRIEVED, true, Who.of(row.caller()), origin, null);
      Participant first = message(entry).participants().getFirst();
      assertThat(first.userId()).isEqualTo(row.userId());
      assertThat(first.alternativeUserId()).isEqualTo(row.alternative());
      assertThat(first.requestor()).isTrue();
      assertThat(first.at().orElseThrow().id()).isEqualTo("192.0.2.7");
    }
    assertThat(kinds).containsExactlyInAnyOrder(Caller.class.getPermittedSubclasses());
  }

  @Test
  void everyMessageFitsTheSchemaWhoeverDidWhatThroughWhicheverDoor() {
    for (Act act : Act.values()) {
      for (Origin.Door door : Origin.Door.values()) {
        for (String from : List.of("192.0.2.7", "2001:db8::1", "console", "many", "")) {
          Origin origin = new Origin(door, from);
          for (Row row : callers(origin)) {
            for (boolean success : List.of(true, false)) {
              AuditEntry entry = entry(act, success, Who.of(row.caller()), origin, "x opened");
              for (Optional<Whom> whom :
                  List.of(Optional.of(NAMED), Optional.of(HIDDEN), Optional.<Whom>empty())) {
                check(MESSAGES.of(7, entry, whom));
              }
            }
          }
          check(message(entry(act, true, new Who("archive", "", null), origin, null)));
        }
      }
    }
  }

  /// The schema takes its time; the same shape need not be looked at twice.
  private final Set<String> checked = new java.util.HashSet<>();

  private void check(AuditMessage message) {
    String xml = MessageXml.of(message);
    String shape = xml.replaceAll("=\"[^\"]*[a-z][^\"]*\"", "=\"x\"");
    if (checked.add(shape)) {
      assertThat(AuditSchema.faults(xml)).isEmpty();
    }
  }

  @ParameterizedTest(name = "{1}, {0}: {2} {3} {4}")
  @CsvSource({
    "true,  signed in with code of app, USER_AUTHENTICATION, LOGIN, SUCCESS",
    "false, sign-in refused, USER_AUTHENTICATION, LOGIN, MINOR_FAILURE",
    "false, sign-in refused: account disabled, USER_AUTHENTICATION, LOGIN, MAJOR_FAILURE",
    "false, session ended after 5 wrong codes, USER_AUTHENTICATION, LOGOUT, SERIOUS_FAILURE",
    "true,  signed out everywhere, USER_AUTHENTICATION, LOGOUT, SUCCESS",
    "false, unknown token refused, USER_AUTHENTICATION, LOGIN, MINOR_FAILURE",
    "false, share x refused: wrong passcode, USER_AUTHENTICATION, LOGIN, MINOR_FAILURE",
    "true,  role given: radiologist to mara, SECURITY_ALERT, SECURITY_ROLES_CHANGED, SUCCESS",
    "true,  token made: mara/x, SECURITY_ALERT, USER_SECURITY_ATTRIBUTES_CHANGED, SUCCESS",
    "true,  device enrolled: CT1, SECURITY_ALERT, NETWORK_CONFIGURATION, SUCCESS",
    "false, outside its hours refused, SECURITY_ALERT, NODE_AUTHENTICATION, MINOR_FAILURE",
    "false, stopped by a day's budget, SECURITY_ALERT, USE_OF_RESTRICTED_FUNCTION, MINOR_FAILURE",
    "true,  backup begun, SECURITY_ALERT, SOFTWARE_CONFIGURATION, SUCCESS",
    "true,  master key changed, SECURITY_ALERT, SECURITY_CONFIGURATION, SUCCESS",
    "false, whatever refused, SECURITY_ALERT, USE_OF_RESTRICTED_FUNCTION, MINOR_FAILURE",
    "true,  whatever else, SECURITY_ALERT, SECURITY_CONFIGURATION, SUCCESS",
  })
  void whatIsOfSecurityIsWhatItsWordsSay(
      boolean success, String detail, EventKind kind, EventType type, Outcome outcome) {
    AuditMessage.Event event = message(entry(Act.SECURITY, success, detail)).event();
    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.types()).containsExactly(type.code());
    assertThat(event.outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @CsvSource({
    "SHARED, 'share x made, to look at, until y', EXPORT, R",
    "SHARED, share x opened, EXPORT, R",
    "SHARED, given to referrer rosa, EXPORT, R",
    "SHARED, share x stopped, SECURITY_ALERT, E",
    "ERASED, 'erasure x done: patient y, studies 2', PATIENT_RECORD, D",
    "STORED, held before, INSTANCES_TRANSFERRED, R",
    "EMERGENCY, emergency access opened, SECURITY_ALERT, E",
    "ACTIVITY, 'stopped, 1.0', APPLICATION_ACTIVITY, E",
  })
  void anActMayStandForSeveralEvents(Act act, String detail, EventKind kind, String action) {
    AuditMessage.Event event = message(entry(act, true, detail)).event();
    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.action().code()).isEqualTo(action);
  }

  @Test
  void whereNamesAreHiddenNothingThatIdentifiesIsIn() {
    for (Act act : Act.values()) {
      AuditEntry entry = entry(act, true, "a day's budget exceeded by mara for a purpose: Fiction");
      String xml = MessageXml.of(QUIET.of(7, entry, Optional.of(HIDDEN)));
      String text = unpacked(xml);
      assertThat(text)
          .doesNotContain("2.25.1.")
          .doesNotContain("\"2.25.1\"")
          .doesNotContain("Fiction")
          .doesNotContain("a reason")
          .doesNotContain("second opinion");
    }
  }

  @Test
  void whatSomebodyTypedAboutABudgetIsToldWherePatientsAreNamedAlone() {
    AuditEntry entry =
        entry(Act.SECURITY, true, "a day's budget exceeded by person mara for a purpose: Fiction");
    assertThat(unpacked(MessageXml.of(MESSAGES.of(7, entry, Optional.empty()))))
        .contains("Fiction");
    assertThat(unpacked(MessageXml.of(QUIET.of(7, entry, Optional.empty()))))
        .contains("a day's budget exceeded by person mara")
        .doesNotContain("Fiction");
  }

  @Test
  void wherePatientsAreNamedReasonPurposeAndRecipientAreIn() {
    String text = unpacked(MessageXml.of(message(entry(Act.SHARED, true, "share x opened"))));
    assertThat(text)
        .contains("2.25.1.1.1")
        .contains("ID-1")
        .contains("Clinic")
        .contains("a reason")
        .contains("a second opinion")
        .contains("Dr. Fiction");
  }

  /// With what is in base64 readable.
  private static String unpacked(String xml) {
    StringBuilder text = new StringBuilder(xml);
    java.util.regex.Matcher values =
        java.util.regex.Pattern.compile(" value=\"([A-Za-z0-9+/=]*)\"").matcher(xml);
    while (values.find()) {
      text.append(
          new String(
              java.util.Base64.getDecoder().decode(values.group(1)),
              java.nio.charset.StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "person, radiologist, TREAT",
    "person, technologist, TREAT",
    "person, frontdesk, HOPERAT",
    "person, referrer, TREAT",
    "person, administrator, SYSADMIN",
    "person, auditor, HCOMPL",
    "person, witness, HCOMPL",
    "program, , HOPERAT",
    "device, , TREAT",
    "share, , COC",
    "console, , SYSADMIN",
  })
  void aPurposeIsPresumedByWhoLooks(String kind, String hat, PurposeOfUse purpose) {
    AuditEntry entry =
        entry(
            Act.RETRIEVED,
            true,
            new Who(kind, "x", hat),
            new Origin(Origin.Door.PAGE, "192.0.2.7"),
            null);
    assertThat(message(entry).event().purpose()).contains(purpose);
  }

  @Test
  void inAnEmergencyTheyAreTreatedInOne() {
    assertThat(message(entry(Act.RETRIEVED, true, AuditTrail.EMERGENCY)).event().purpose())
        .contains(PurposeOfUse.ETREAT);
  }

  @Test
  void whatADeviceHasSentElsewhereNamesTheDestination() {
    Origin origin = new Origin(Origin.Door.DIMSE, "192.0.2.7");
    AuditEntry moved =
        new AuditEntry(
            NOON,
            Act.RETRIEVED,
            true,
            "device",
            "READ1",
            null,
            origin.door(),
            origin.address(),
            null,
            "2.25.1",
            null,
            null,
            3,
            false,
            null,
            null,
            null,
            "device READ2");
    List<Participant> participants = message(moved).participants();

    assertThat(participants)
        .extracting(Participant::userId)
        .contains("READ1", "device READ2")
        .hasSize(3);
    assertThat(participants)
        .filteredOn(each -> each.roles().contains(Participant.Role.DESTINATION.code()))
        .extracting(Participant::userId)
        .containsExactly("device READ2");
    check(message(moved));
  }
}
