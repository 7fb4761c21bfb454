package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a report of a site's security is made of, and who has it made.
class SecurityEvidenceTest {

  @Test
  void administratorsAuditorsAndTheConsoleHaveItMadeAndTheTrailSaysSo(@TempDir Path folder)
      throws IOException {
    try (OpenArchive open = OpenArchive.in(folder)) {
      for (Caller each :
          List.of(
              OpenArchive.person(Role.ADMINISTRATOR),
              OpenArchive.person(Role.AUDITOR),
              Ward.CONSOLE)) {
        assertThat(open.archive.securityEvidence().gather(each)).isPresent();
        assertThat(open.trail().getLast())
            .contains("security report made")
            .contains("LOG_USED")
            .contains("\"success\":true");
      }
    }
  }

  @Test
  void nobodyElseLearnsAnythingAndThatTheyAskedIsKnown(@TempDir Path folder) throws IOException {
    try (OpenArchive open = OpenArchive.in(folder)) {
      Caller program =
          new Caller.Program(
              "id", "mara", Set.of(Role.AUDITOR), Set.of(Caller.Scope.AUDIT), Ward.PAGE);
      for (Caller each :
          List.of(
              OpenArchive.person(Role.RADIOLOGIST),
              OpenArchive.person(Role.WITNESS),
              OpenArchive.device(),
              program,
              new Caller.Stranger(Ward.PAGE))) {
        assertThat(open.archive.securityEvidence().gather(each)).isEmpty();
        assertThat(open.trail().getLast())
            .contains("security report made refused")
            .contains("\"success\":false");
      }
    }
  }

  @Test
  void itSaysHowItIs(@TempDir Path folder) throws IOException {
    try (OpenArchive open = OpenArchive.in(folder)) {
      SecurityFacts facts = open.archive.securityEvidence().gather(Ward.CONSOLE).orElseThrow();
      SecurityFacts.Whole whole = facts.whole().orElseThrow();
      assertThat(facts.atMillis()).isEqualTo(OpenArchive.CLOCK.millis());
      assertThat(whole.copies().backupMillis()).isEmpty();
      assertThat(whole.concerns()).extracting(SecurityFacts.Risk::word).contains("no-backup");
      assertThat(whole.key().kind()).isEqualTo("file");
      assertThat(facts.trail().orElseThrow().entries()).isPositive();
      assertThat(facts.budgets().patients()).isEqualTo(Brakes.Limits.USUAL.patientsPerDay());
      assertThat(facts.duty()).isNotEmpty().allMatch(row -> !row.wrong().isEmpty());
      assertThat(facts.outside()).isEmpty();
      open.archive.outside().connected(true);
      assertThat(open.archive.securityEvidence().gather(Ward.CONSOLE).orElseThrow().outside())
          .map(SecurityFacts.FromOutside::count)
          .contains(1L);
    }
  }

  @Test
  void whatIsOfTheWholeArchiveIsNotToldToAFurtherSitesPeople(@TempDir Path folder)
      throws IOException {
    try (OpenArchive open = OpenArchive.in(folder)) {
      char[] password = "quiet amber lanterns".toCharArray();
      List<SetUp.Person> first = List.of(new SetUp.Person("mara", password, Role.ADMINISTRATOR));
      open.archive.setUp().unattended(Ward.CONSOLE, "House", first);
      open.archive
          .tenants()
          .add(
              Ward.CONSOLE,
              new Tenants.Site("north", "Clinic North", "north.example.org", "NORTH"),
              List.of(
                  new SetUp.Person(
                      "noor", "quiet amber lanterns".toCharArray(), Role.ADMINISTRATOR)));
      SecurityEvidence north =
          open.archive.tenants().named("north").orElseThrow().securityEvidence();
      SecurityFacts theirs = north.gather(OpenArchive.person(Role.ADMINISTRATOR)).orElseThrow();
      assertThat(theirs.whole()).isEmpty();
      assertThat(theirs.trail()).isEmpty();
      assertThat(theirs.site()).isEqualTo("Clinic North");
      assertThat(theirs.people()).extracting(SecurityFacts.Person::name).containsExactly("noor");
      assertThat(north.gather(Ward.CONSOLE).orElseThrow().whole()).isPresent();
    }
  }

  @Test
  void makingItIsNoActThatAnAdministratorHasToSee(@TempDir Path folder) throws IOException {
    try (OpenArchive open = OpenArchive.in(folder)) {
      open.archive.securityEvidence().gather(Ward.CONSOLE);
      assertThat(open.archive.securityEvidence().gather(Ward.CONSOLE).orElseThrow().consoleActs())
          .isZero();
    }
  }
}
