package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PeopleTest {
  private final Premises premises = new Premises();

  private People people() {
    return premises.people();
  }

  @Test
  void anAccountIsListedWithItsRolesAndLastSignIn() throws Exception {
    People.Enrolment ada = premises.founded();
    premises.add("Bob", Role.TECHNOLOGIST, Role.FRONT_DESK);
    long bob = premises.clock.millis();
    premises.in(ada);
    Set<People.Factor> factors =
        Set.of(People.Factor.PASSWORD_AND_CODE, People.Factor.RECOVERY_CODE);
    assertThat(people().list(premises.console))
        .containsExactly(
            new People.Account(
                "ada",
                Set.of(Role.ADMINISTRATOR),
                true,
                factors,
                Optional.of(premises.clock.millis()),
                Set.of(),
                1),
            new People.Account(
                "Bob",
                Set.of(Role.TECHNOLOGIST, Role.FRONT_DESK),
                true,
                factors,
                Optional.of(bob),
                Set.of(),
                0));
    List<People.Account> before = people().list(premises.console);
    premises.reopen();
    assertThat(people().list(premises.console))
        .usingRecursiveComparison()
        .ignoringFields("sessions")
        .isEqualTo(before);
  }

  @Test
  void onlyAdministratorsAndTheConsoleManageAccounts() throws Exception {
    People.Enrolment ada = premises.founded();
    Caller administrator = premises.in(ada).caller();
    Caller radiologist = premises.in(premises.add("eva", Role.RADIOLOGIST)).caller();
    Caller stranger = new Caller.Stranger(PAGE);
    Caller device = new Caller.Device("CT1", PAGE);
    Caller program = new Caller.Program("id", "ada", Set.of(Role.ADMINISTRATOR), Set.of(), PAGE);
    for (Caller caller : List.of(radiologist, stranger, device, program)) {
      int refusals = (int) premises.trail.stream().filter(entry -> !entry.success()).count();
      assertThat(people().list(caller)).isEmpty();
      assertThat(premises.invites().invite(caller, "x", Set.of(Role.AUDITOR)))
          .isEqualTo(new Invites.Made.Refused("You may not do this."));
      assertThat(people().disable(caller, "eva")).contains("You may not do this.");
      assertThat(premises.identities().recoveries().recover(caller, "eva"))
          .isInstanceOf(Recoveries.Outcome.Refused.class);
      assertThat(premises.trail.stream().filter(entry -> !entry.success())).hasSize(refusals + 3);
    }
    assertThat(premises.invites().invite(administrator, "max", Set.of(Role.AUDITOR)))
        .isInstanceOf(Invites.Made.Link.class);
    assertThat(premises.identities().recoveries().recover(administrator, "eva"))
        .isInstanceOf(Recoveries.Outcome.Refused.class);
  }

  @Test
  void theLastAdministratorStays() throws Exception {
    premises.founded();
    assertThat(people().disable(premises.console, "ada"))
        .contains("This is the last administrator. Add another one first.");
    premises.add("bea", Role.ADMINISTRATOR);
    assertThat(people().disable(premises.console, "ADA")).isEmpty();
    assertThat(people().disable(premises.console, "bea")).isPresent();
    assertThat(people().disable(premises.console, "ada")).isEmpty();
  }

  @Test
  void whatWasHandedOutInTheirNameIsToldThatTheyLeft() throws Exception {
    premises.founded();
    People.Enrolment eva = premises.add("Eva", Role.RADIOLOGIST);
    List<String> left = new java.util.ArrayList<>();
    people().whenDisabled(left::add);
    String session = premises.in(eva).secret();
    people().disable(premises.console, "eva");
    assertThat(left).containsExactly("Eva");
    assertThat(people().session(PAGE, session)).isEmpty();
    assertThat(people().disable(premises.console, "nobody")).isPresent();
    assertThat(left).hasSize(1);
  }

  @Test
  void administratorsDisabledAtOnceLeaveOne() throws Exception {
    premises.founded();
    for (int i = 0; i < 5; i++) {
      premises.add("a" + i, Role.ADMINISTRATOR);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var changes =
          premises.people().list(premises.console).stream()
              .<Callable<Optional<String>>>map(
                  account -> () -> people().disable(premises.console, account.name()))
              .toList();
      for (var change : threads.invokeAll(changes)) {
        change.get();
      }
    }
    assertThat(people().list(premises.console).stream().filter(People.Account::enabled)).hasSize(1);
  }

  @Test
  void withoutTheTrailNothingChanges() throws Exception {
    premises.founded();
    premises.add("eva", Role.RADIOLOGIST);
    List<People.Account> before = people().list(premises.console);
    premises.trailBroken = true;
    assertThatThrownBy(
            () -> premises.invites().invite(premises.console, "bob", Set.of(Role.AUDITOR)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> people().disable(premises.console, "eva"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> premises.recovered("eva")).isInstanceOf(IOException.class);
    assertThat(people().list(premises.console)).isEqualTo(before);
    premises.reopen();
    assertThat(people().list(premises.console)).isEqualTo(before);
  }
}
