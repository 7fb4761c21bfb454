package leadglass.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.SecurityFacts;

/// An archive as a report sees it: one where all is well, one where nothing is, and changes to
/// them.
final class SampleFacts {
  static final long NOW = 1_764_000_000_000L;
  static final long DAY = 86_400_000L;

  /// What stands in the annex alone: none of it may leave the house.
  static final List<String> NAMES =
      List.of(
          "quillada",
          "CT1",
          "file:/media/stick/master.key",
          "/mnt/nas/leadglass",
          "10.1.2.3",
          "pacs.example");

  private SampleFacts() {}

  static ReportFacts good() {
    return new ReportFacts(
        security(true),
        "0.1.0",
        true,
        Optional.of(new ReportFacts.Forwarding(true, 0)),
        true,
        0,
        Optional.of(new ReportFacts.Witnessed(990, false, false)));
  }

  static ReportFacts bad() {
    return new ReportFacts(
        security(false),
        "0.1.0",
        true,
        Optional.of(new ReportFacts.Forwarding(false, 4_000)),
        true,
        2,
        Optional.of(new ReportFacts.Witnessed(990, true, true)));
  }

  static ReportFacts with(ReportFacts report, SecurityFacts security) {
    return new ReportFacts(
        security,
        report.version(),
        report.running(),
        report.forwarding(),
        report.forwardingSet(),
        report.contradicted(),
        report.witness());
  }

  private static SecurityFacts security(boolean good) {
    return new SecurityFacts(
        NOW,
        "Praxis Łuczak at pacs.example <b>",
        Optional.of(whole(good)),
        people(good),
        good ? 0 : 1,
        good ? 0 : 2,
        3,
        List.of(
            new SecurityFacts.Device(
                "CT1", "quillada", good ? "valid" : "ended", Optional.of(NOW + 300 * DAY), false)),
        List.of(
            new SecurityFacts.Answered("Device CT1", good ? "quillada" : "", good ? "" : "nobody"),
            new SecurityFacts.Answered("Backups to /mnt/nas/leadglass", "quillada", "")),
        good ? List.of() : List.of("Device CT1 at 10.1.2.3: nobody is named"),
        good ? 0 : 5,
        Optional.of(new SecurityFacts.Trail(1_000, 990, 1, good ? 0 : 1)),
        new SecurityFacts.Reviews(4, good ? 0 : 3, good ? 0 : 1),
        new SecurityFacts.Budgets(150, 2_000, good ? 0 : 2),
        new SecurityFacts.Lifecycle(good ? List.of("all: 10 years") : List.of(), 1, 1, 1, 1, 2, 30),
        good
            ? Optional.empty()
            : Optional.of(new SecurityFacts.FromOutside(7, NOW - DAY, NOW - 1_000)),
        new SecurityFacts.Sessions(15, 12, 12));
  }

  private static SecurityFacts.Whole whole(boolean good) {
    return new SecurityFacts.Whole(
        new SecurityFacts.Holdings(10, 1_000, 1L << 30, 1L << 40, good, !good),
        new SecurityFacts.Key(
            "file",
            "file:/media/stick/master.key",
            !good,
            good ? Optional.of(NOW - DAY) : Optional.empty(),
            good ? Optional.of(NOW - DAY) : Optional.empty()),
        copies(good),
        new SecurityFacts.Packs(3, NOW - DAY, NOW - DAY, good ? 0 : 2),
        good ? List.of() : List.of(new SecurityFacts.Risk("no-backup", "There is no backup yet.")),
        Optional.of(new SecurityFacts.Exposed(good ? "A" : "B", NOW - DAY / 2, "inside")));
  }

  private static SecurityFacts.Copies copies(boolean good) {
    Optional<Long> lately = Optional.of(NOW - DAY);
    return new SecurityFacts.Copies(
        good ? lately : Optional.of(NOW - 30 * DAY),
        !good,
        !good,
        Optional.empty(),
        lately,
        good,
        false,
        List.of("/mnt/nas/leadglass"));
  }

  private static List<SecurityFacts.Person> people(boolean good) {
    List<SecurityFacts.Person> people = new ArrayList<>();
    people.add(person("quillada", List.of("administrator"), good));
    if (good) {
      people.add(person("bea", List.of("administrator"), true));
      people.add(person("cem", List.of("auditor"), true));
      people.add(person("dov", List.of("radiologist", "witness"), true));
    }
    return people;
  }

  private static SecurityFacts.Person person(String name, List<String> roles, boolean good) {
    return new SecurityFacts.Person(
        name,
        true,
        roles,
        good ? List.of() : roles,
        true,
        good,
        false,
        good,
        Optional.of(good ? NOW - DAY : NOW - 200 * DAY));
  }

  static SecurityFacts without(SecurityFacts from, Optional<SecurityFacts.Whole> whole) {
    return new SecurityFacts(
        from.atMillis(),
        from.site(),
        whole,
        from.people(),
        from.rolesAsked(),
        from.recoveriesAsked(),
        from.tokens(),
        from.devices(),
        from.duty(),
        from.blocks(),
        from.consoleActs(),
        from.trail(),
        from.reviews(),
        from.budgets(),
        from.lifecycle(),
        from.outside(),
        from.sessions());
  }

  /// The same with nothing backed up and nothing rehearsed.
  static ReportFacts unsaved(ReportFacts from) {
    SecurityFacts.Whole whole = from.security().whole().orElseThrow();
    SecurityFacts.Copies none =
        new SecurityFacts.Copies(
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            List.of());
    return with(
        from,
        without(
            from.security(),
            Optional.of(
                new SecurityFacts.Whole(
                    whole.holdings(),
                    whole.key(),
                    none,
                    whole.packs(),
                    whole.concerns(),
                    whole.exposed()))));
  }

  /// The same with another look at the doors.
  static ReportFacts exposed(ReportFacts from, Optional<SecurityFacts.Exposed> exposed) {
    SecurityFacts.Whole whole = from.security().whole().orElseThrow();
    return with(
        from,
        without(
            from.security(),
            Optional.of(
                new SecurityFacts.Whole(
                    whole.holdings(),
                    whole.key(),
                    whole.copies(),
                    whole.packs(),
                    whole.concerns(),
                    exposed))));
  }
}
