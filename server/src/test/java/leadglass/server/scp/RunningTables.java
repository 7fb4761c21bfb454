package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import leadglass.archive.Caller;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Gate;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.Services;
import leadglass.net.ul.UserInformation.UserIdentity;

/// Tables of the conformance statement that a running archive is asked for.
final class RunningTables {
  private static final Origin HERE = new Origin(Origin.Door.DIMSE, "127.0.0.1");

  /// PS3.7 §D.3.3.7.1, from 1.
  private static final List<String> IDENTITIES =
      List.of(
          "user name",
          "user name and passcode",
          "Kerberos service ticket",
          "SAML assertion",
          "JSON Web Token");

  private final Clinic clinic;
  private final Set<Uid> served;
  private final Map<Uid, Set<Integer>> fields = new HashMap<>();
  private final Gate gate = new Gate();

  RunningTables(Clinic clinic) {
    this.clinic = clinic;
    this.served = clinic.server.sopClasses();
    Outgoing outgoing =
        new Outgoing(
            clinic.archive,
            Clinic.TITLE,
            () -> clinic.identity("CT1"),
            Clock.systemUTC(),
            clinic.events::add);
    Pace pace = Pace.of(Clock.systemUTC(), Clinic.SOON);
    CommitmentReports reports = new CommitmentReports(clinic.archive, outgoing, clinic.events::add);
    for (Scp each : Scp.all(outgoing, pace, reports)) {
      fields.put(each.sopClass(), each.fields());
    }
  }

  private static Caller.Device device(Set<DeviceVerb> may) {
    return new Caller.Device("CT1", may, Optional.empty(), HERE);
  }

  /// What a device has to be enrolled to do.
  private String enrolment(Verb verb) {
    return Arrays.stream(DeviceVerb.values())
        .filter(each -> !gate.permits(device(EnumSet.complementOf(EnumSet.of(each))), verb))
        .map(DeviceVerb::word)
        .collect(Collectors.joining(", "));
  }

  String storage() {
    List<Uid> stored = Uids.storageSopClasses().stream().filter(served::contains).toList();
    Set<Uid> lane = LaneDoors.sopClasses();
    MarkdownTable table = new MarkdownTable("SOP class", "UID", "retired", "over a lane");
    for (Uid uid : stored) {
      boolean retired = Uids.find(uid).orElseThrow().retired();
      table.row(
          StatementTables.name(uid), uid, retired ? "yes" : "·", lane.contains(uid) ? "yes" : "·");
    }
    return stored.size()
        + " SOP classes, SCP and SCU; as SCU of what was asked for by C-GET and C-MOVE.\n\n"
        + table;
  }

  /// Every SOP class served that is not of storage.
  String others() {
    Set<Uid> rest = new HashSet<>(served);
    Uids.storageSopClasses().forEach(rest::remove);
    MarkdownTable table =
        new MarkdownTable(
            "SOP class", "UID", "role", "operations", "enrolled to", "transfer syntaxes");
    String syntaxes =
        StatementTables.transferSyntaxes(DeviceAdmission.ASKED).stream()
            .map(StatementTables::name)
            .map(name -> name.replaceFirst(":.*", ""))
            .collect(Collectors.joining(", "));
    table.row(
        StatementTables.name(Services.VERIFICATION),
        Services.VERIFICATION,
        "SCP",
        "C-ECHO",
        "anything",
        syntaxes);
    rest.remove(Services.VERIFICATION);
    DicomServer.verbs()
        .forEach((uid, verb) -> {
          table.row(
              StatementTables.name(uid), uid, "SCP", operations(uid), enrolment(verb), syntaxes);
          rest.remove(uid);
        });
    assertThat(rest).as("SOP classes without a row").isEmpty();
    return table.toString();
  }

  private String operations(Uid sopClass) {
    return Objects.requireNonNull(fields.get(sopClass), "a row of the registry").stream()
        .map(RunningTables::operation)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /// The name of the constant of a Command Field.
  private static String operation(int field) {
    for (Field each : CommandField.class.getFields()) {
      try {
        if (each.getType() == int.class && each.getInt(null) == field) {
          return each.getName().replace("_RQ", "").replace('_', '-');
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("a Command Field without a name");
  }

  String lanes() {
    Map<Uid, Verb> verbs = DicomServer.verbs();
    Set<Uid> storage = Set.copyOf(Uids.storageSopClasses());
    Set<Uid> lane = LaneDoors.sopClasses();
    MarkdownTable table = new MarkdownTable("SOP class", "UID", "over");
    table.row(
        "Storage: " + lane.stream().filter(storage::contains).count() + " SOP classes",
        "Section 1.1",
        "every lane");
    lane.stream()
        .filter(uid -> !storage.contains(uid))
        .sorted(Comparator.comparing(Uid::value))
        .forEach(uid ->
            table.row(
                StatementTables.name(uid),
                uid,
                verbs.containsKey(uid) ? "lanes with the worklist's switch" : "every lane"));
    return table.toString();
  }

  /// What becomes of an identity that proves nothing, of each type.
  String userIdentities() throws IOException {
    MarkdownTable table =
        new MarkdownTable(
            "type", "what is sent", "no audience configured", "an audience configured");
    clinic.enrol("CT1", EnumSet.of(DeviceVerb.STORE), 0);
    for (int type = 1; type <= IDENTITIES.size(); type++) {
      table.row(
          type,
          IDENTITIES.get(type - 1),
          becomes(type, JsonWebTokens.none()),
          becomes(type, _ -> new JsonWebTokens.Told.Wrong()));
    }
    return table.toString();
  }

  private String becomes(int type, JsonWebTokens tokens) {
    UserIdentity sent = new UserIdentity(type, true, "nobody", "nothing");
    return switch (new UserIdentities(tokens)
        .of(clinic.archive, HERE, device(EnumSet.of(DeviceVerb.STORE)), sent)) {
      case UserIdentities.Identity.Wrong() -> "checked; a wrong one is refused";
      case UserIdentities.Identity.Known _ -> "passed over, not answered";
    };
  }
}
