package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import leadglass.archive.Act;
import leadglass.archive.AuditEntry;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.testkit.AuditSchema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A year of a small clinic by a script, through the doors themselves: TLS, DIMSE, DICOMweb, pages,
/// links, a patient's passkey, the console's socket. The trail has what the script has, one for
/// one; so have the accounting of disclosures and the patient's page.
///
/// `-Dleadglass.year.seed=N` plays another year. The clock is the script's, but for two things:
/// what destroys waits for days that were counted while the archive ran (ADR 100), which nobody can
/// move, so nothing is destroyed; and clients look at certificates as of a day in summer.
@SuppressWarnings("NullAway.Init")
class ClinicYearTest {
  private static final long SEED = Long.getLong("leadglass.year.seed", 20250101);
  private static final String YEAR = "seed " + SEED;

  @TempDir private static Path folder;
  private static YearClinic clinic;
  private static YearDoors doors;
  private static int deeds;
  private static long before;
  private static List<String> read = List.of();
  private static String disclosures = "";
  private static List<String> exported = List.of();
  private static long sizeAtExport;
  private static List<YearEntry> recorded = List.of();

  @BeforeAll
  static void live() throws IOException {
    try (YearClinic open = new YearClinic(folder, new Random(SEED))) {
      clinic = open;
      doors = open.doors;
      open.nextDay(2);
      before = open.running.archive().auditLog().size();
      YearScript script = new YearScript(open);
      script.play();
      deeds = script.done();
      read = script.outside().reads(open.studyOf(0));
      ask();
    }
    List<AuditEntry> all = clinic.premises.audit(clinic.clock);
    recorded = new ArrayList<>();
    for (AuditEntry each : all.subList((int) before, all.size())) {
      recorded.add(YearEntry.of(each, clinic.patients()));
    }
  }

  /// What the console is told in the end, which is in the trail as well, and that the archive
  /// stops.
  private static void ask() throws IOException {
    YearLedger ledger = clinic.ledger;
    disclosures =
        clinic.console(0, "audit", "disclosures", "--patient", mostGiven(), "--format", "csv");
    ledger.expect(YearClinic.consoleUser(), Act.LOG_USED, "accounting of disclosures");
    Path file = folder.resolve("all.xml");
    clinic.console(0, "audit", "export", "--out", file, "--quiet");
    ledger.expect(YearClinic.consoleUser(), Act.LOG_USED, "exported as xml");
    sizeAtExport = clinic.running.archive().auditLog().size();
    exported =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("<AuditMessage>"))
            .toList();
    clinic.ledger.leave(); // closing ends every visit
    YearEntry.Who archive = new YearEntry.Who("console", "archive", "", Origin.Door.ARCHIVE);
    ledger.expect(archive, Act.ACTIVITY, "stopped, unpacked");
  }

  /// Whose images were given to most people outside.
  private static String mostGiven() {
    Map<String, Long> times = new HashMap<>();
    for (YearLedger.Given each : clinic.ledger.given()) {
      if (isOutside(each.first())) {
        times.merge(patientOf(each.first().study()), 1L, Long::sum);
      }
    }
    return times.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private static String patientOf(String study) {
    return clinic.patients().getOrDefault(study, study);
  }

  private static boolean isOutside(YearEntry first) {
    return !first.kind().equals("person") || first.hat().equals("referrer");
  }

  private static List<String> lines(Collection<YearEntry> entries) {
    return entries.stream().map(YearEntry::line).toList();
  }

  @Test
  void itIsAYearOfManyDeeds() {
    assertThat(deeds).as(YEAR).isBetween(110, 200);
    assertThat(clinic.clock.instant())
        .as(YEAR)
        .isBetween("2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z");
  }

  @Test
  void theTrailHasWhatTheScriptHasOneForOne() {
    assertThat(lines(recorded))
        .as(YEAR)
        .containsExactlyInAnyOrderElementsOf(lines(clinic.ledger.entries()));
    assertThat(recorded).as(YEAR).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
  }

  /// A new way in has no row here, and fails until the year goes through it.
  @Test
  void theTableHasARowForEveryDoorAndTheYearGoesThroughThemAll() {
    assertThat(YearDoors.table().keySet()).isEqualTo(doors.all());
    Set<String> unused = new TreeSet<>();
    YearDoors.table()
        .forEach((row, deed) -> {
          if (!deed.startsWith(YearDoors.NOT_USED) && !doors.used().contains(row)) {
            unused.add(row);
          }
        });
    assertThat(unused).as(YEAR).isEmpty();
  }

  /// Who is who at a door, and whether they were let.
  private static String standing(YearEntry entry) {
    String role =
        entry.kind().equals("program") ? entry.who().replaceFirst("/.*", "") : entry.hat();
    String who = (entry.kind() + " " + role).strip();
    return who + " " + entry.door() + (entry.success() ? "" : " refused");
  }

  @Test
  void everybodyComesThroughEveryDoorThatTheyHaveAndIsRefusedAtOthers() {
    Set<String> expected = new TreeSet<>();
    for (Role role : Role.values()) {
      boolean sees =
          switch (role) {
            case RADIOLOGIST, TECHNOLOGIST, FRONT_DESK, REFERRER -> true;
            case ADMINISTRATOR, AUDITOR, WITNESS -> false;
          };
      boolean is = role == Role.RADIOLOGIST || role == Role.TECHNOLOGIST;
      expected.add("person " + role.word() + " PAGE");
      if (sees) {
        expected.add("person " + role.word() + " DICOMWEB");
      }
      if (sees || role == Role.AUDITOR) {
        expected.add("program " + role.word() + " DICOMWEB");
      }
      if (!is && role != Role.REFERRER) {
        expected.add("person " + role.word() + " DICOMWEB refused");
      }
      expected.add("program " + role.word() + " DICOMWEB refused");
    }
    expected.addAll(
        List.of(
            "person radiologist PAGE refused", // a wrong code
            "person radiologist DICOMWEB refused", // braked
            "device DIMSE",
            "device DIMSE refused",
            "share PAGE",
            "share PAGE refused",
            "share DICOMWEB",
            "share DICOMWEB refused",
            "patient PAGE",
            "patient DICOMWEB",
            "stranger PAGE",
            "stranger PAGE refused",
            "stranger DICOMWEB refused",
            "stranger DIMSE refused",
            "console CONSOLE",
            "console ARCHIVE",
            "archive ARCHIVE"));
    Set<String> found = new TreeSet<>();
    recorded.forEach(each -> found.add(standing(each)));
    assertThat(found).as(YEAR).isEqualTo(expected);
  }

  @Test
  void theAccountingOfThePatientWhoWasGivenMostIsTheScriptsOwnList() {
    String patient = mostGiven();
    List<String> expected = new ArrayList<>();
    for (YearLedger.Given each : clinic.ledger.given()) {
      YearEntry first = each.first();
      if (isOutside(first) && patientOf(first.study()).equals(patient)) {
        expected.add(
            String.join(
                ",",
                first.at().toString(),
                recipient(first),
                first.study(),
                what(first.act()),
                Long.toString(each.instances()),
                first.purpose().isEmpty() ? "false" : first.purpose() + ",true"));
      }
    }
    List<String> told = disclosures.lines().skip(1).map(ClinicYearTest::row).toList();
    assertThat(told).as(YEAR).isEqualTo(expected);
    assertThat(told).hasSizeGreaterThan(20);
  }

  /// Without what the script does not say: kind, frames, bytes, a presumed purpose.
  private static String row(String csv) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char each = csv.charAt(i);
      if (each == '"') {
        quoted = !quoted;
      } else if (each == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(each);
      }
    }
    boolean stated = cells.get(9).equals("true");
    return String.join(
        ",",
        cells.get(0),
        cells.get(1),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        stated ? cells.get(8) + ",true" : "false");
  }

  private static String recipient(YearEntry first) {
    return switch (first.kind()) {
      case "share" -> YearOutside.RECIPIENT + " (link " + first.who().substring(0, 8) + ")";
      case "program" -> "program " + first.who();
      case "patient" -> "the patient (" + first.who() + ")";
      default -> first.who() + ", " + first.hat();
    };
  }

  private static String what(Act act) {
    return switch (act) {
      case RETRIEVED -> "images";
      case PREVIEWED -> "previews";
      default -> "description, no picture";
    };
  }

  @Test
  void thePatientReadsExactlyTheScriptsAccessesInWords() {
    List<String> expected = new ArrayList<>();
    for (YearLedger.Told each : clinic.ledger.told()) {
      if (patientOf(each.study).equals("YEAR-0") && !each.who.kind().equals("patient")) {
        expected.addFirst(YearWords.line(each));
      }
    }
    assertThat(read).as(YEAR).isEqualTo(expected);
    assertThat(read).hasSizeGreaterThan(20);
  }

  @Test
  void everyEntryIsAMessageThatFitsTheSchema() {
    assertThat(exported).hasSize((int) sizeAtExport);
    for (String message : exported) {
      assertThat(AuditSchema.faults(message)).as(message).isEmpty();
    }
  }

  @Test
  void theTrailIsConsistent() {
    Command verified = Command.run("audit", "verify", "--data", clinic.premises.data());
    assertThat(verified.exit()).as(verified.err()).isZero();
    assertThat(verified.out()).contains("Consistent up to ");
  }
}
