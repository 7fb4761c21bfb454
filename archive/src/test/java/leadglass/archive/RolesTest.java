package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Roles.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class RolesTest {
  private final Premises premises = new Premises();
  private Caller.Person ada;

  @BeforeEach
  void found() throws IOException {
    ada = premises.in(premises.founded()).caller();
  }

  private Roles roles() {
    return premises.identities().roles();
  }

  private Set<Role> held(String name) {
    return premises.people().list(premises.console).stream()
        .filter(account -> account.name().equals(name))
        .findFirst()
        .orElseThrow()
        .roles();
  }

  private void turn(Duration time) throws IOException {
    premises.clock.turn(time);
    premises.identities().sweep();
  }

  @Test
  void anAdministratorGivesOthersARoleAtOnce() throws Exception {
    premises.add("eva", Role.TECHNOLOGIST);
    assertThat(roles().give(ada, "EVA", Role.RADIOLOGIST))
        .isEqualTo(new Given.Done(Optional.empty()));
    assertThat(held("eva")).containsExactlyInAnyOrder(Role.TECHNOLOGIST, Role.RADIOLOGIST);
    assertThat(premises.details()).last().isEqualTo("role given: radiologist to eva");
    assertThat(roles().give(ada, "eva", Role.RADIOLOGIST)).isInstanceOf(Given.Refused.class);
    turn(Duration.ofDays(30));
    assertThat(held("eva")).contains(Role.RADIOLOGIST);
  }

  @Test
  void aRoleForOneselfNeedsAnotherAdministrator() throws Exception {
    Caller.Person bea = premises.in(premises.add("bea", Role.ADMINISTRATOR)).caller();
    assertThat(roles().give(ada, "ada", Role.RADIOLOGIST))
        .isEqualTo(new Given.Waits(Optional.empty()));
    assertThat(roles().give(ada, "ADA", Role.RADIOLOGIST)).isInstanceOf(Given.Refused.class);
    Roles.Request asked = roles().requests(bea).getFirst();
    assertThat(roles().confirm(ada, asked.name())).isInstanceOf(Ruling.Refused.class);
    assertThat(roles().confirm(premises.console, asked.name())).isEqualTo(new Ruling.NotThere());
    turn(Duration.ofDays(13));
    assertThat(held("ada")).containsExactly(Role.ADMINISTRATOR);
    assertThat(roles().confirm(bea, asked.name())).isEqualTo(new Ruling.Done("ada"));
    assertThat(held("ada")).contains(Role.RADIOLOGIST);
    assertThat(roles().requests(bea)).isEmpty();
    assertThat(roles().confirm(bea, asked.name())).isEqualTo(new Ruling.NotThere());
  }

  @Test
  void whoIsAloneWaitsThreeDaysInWhichEverybodyIsTold() throws Exception {
    Caller.Person eva = premises.in(premises.add("eva", Role.TECHNOLOGIST)).caller();
    assertThat(roles().give(ada, "ada", Role.RADIOLOGIST)).isInstanceOf(Given.Waits.class);
    assertThat(roles().requests(eva)).hasSize(1);
    assertThat(roles().requests(new Caller.Stranger(PAGE))).isEmpty();
    Caller program = new Caller.Program("id", "eva", Set.of(Role.AUDITOR), Set.of(), PAGE);
    assertThat(roles().requests(program)).isEmpty();
    turn(Roles.LONE_WAIT.minusMillis(1));
    assertThat(held("ada")).containsExactly(Role.ADMINISTRATOR);
    turn(Duration.ofMillis(1));
    assertThat(held("ada")).contains(Role.RADIOLOGIST);
    assertThat(premises.details())
        .last()
        .isEqualTo("role given after 72 hours: radiologist to ada");
  }

  @Test
  void whoEverDisablesTheOtherAdministratorBeginsToWaitThen() throws Exception {
    premises.add("bea", Role.ADMINISTRATOR);
    roles().give(ada, "ada", Role.RADIOLOGIST);
    turn(Roles.LONE_WAIT.minusMillis(1));
    premises.people().disable(ada, "bea");
    turn(Duration.ofMinutes(1));
    turn(Roles.LONE_WAIT.minusMillis(1));
    assertThat(held("ada")).containsExactly(Role.ADMINISTRATOR);
    turn(Duration.ofMillis(1));
    assertThat(held("ada")).contains(Role.RADIOLOGIST);
  }

  @Test
  void aRequestIsTakenBack() throws Exception {
    roles().give(ada, "ada", Role.RADIOLOGIST);
    Caller.Person eva = premises.in(premises.add("eva", Role.TECHNOLOGIST)).caller();
    String name = roles().requests(ada).getFirst().name();
    assertThat(roles().takeBack(eva, name)).isEqualTo(new Ruling.NotThere());
    assertThat(roles().takeBack(ada, name)).isEqualTo(new Ruling.Done("ada"));
    turn(Roles.LONE_WAIT);
    assertThat(held("ada")).containsExactly(Role.ADMINISTRATOR);
  }

  @Test
  void theConsoleIsNoWayRoundTheSecondAdministrator() throws Exception {
    assertThat(roles().give(premises.console, "ada", Role.RADIOLOGIST))
        .isInstanceOf(Given.Waits.class);
    assertThat(held("ada")).containsExactly(Role.ADMINISTRATOR);
  }

  @Test
  void aRoleOfTheConsoleWorksAtOnceAndEndsAfterADay() throws Exception {
    People.Enrolment person = premises.add("eva", Role.TECHNOLOGIST);
    long ends = premises.clock.millis() + Duration.ofDays(1).toMillis();
    assertThat(roles().give(premises.console, "eva", Role.RADIOLOGIST))
        .isEqualTo(new Given.Done(Optional.of(ends)));
    assertThat(premises.in(person).caller().hat()).isEqualTo(Role.RADIOLOGIST);
    assertThat(roles().take(ada, "eva", Role.TECHNOLOGIST)).isPresent();
    turn(Duration.ofDays(1));
    assertThat(held("eva")).containsExactly(Role.TECHNOLOGIST);
    assertThat(premises.details())
        .last()
        .isEqualTo("role ended, nobody confirmed it: radiologist of eva");
  }

  @Test
  void itsOwnerKeepsItByAFactorOfTheirOwn() throws Exception {
    People.Enrolment person = premises.add("eva", Role.TECHNOLOGIST);
    roles().give(premises.console, "eva", Role.RADIOLOGIST);
    People.SignIn.SignedIn in = premises.in(person);
    assertThat(roles().unconfirmed(in.caller())).hasSize(1);
    premises.clock.turn(Duration.ofMinutes(6));
    assertThat(roles().keep(in.caller(), in.secret(), Role.RADIOLOGIST))
        .isInstanceOf(Ruling.Refused.class);
    People.SignIn.SignedIn fresh = premises.in(person);
    assertThat(roles().keep(fresh.caller(), fresh.secret(), Role.RADIOLOGIST))
        .isEqualTo(new Ruling.Done("radiologist"));
    turn(Duration.ofDays(2));
    assertThat(held("eva")).contains(Role.RADIOLOGIST);
    assertThat(roles().unconfirmed(fresh.caller())).isEmpty();
  }

  @Test
  void theLastAdministratorKeepsTheRoleAndEverybodyKeepsOne() throws Exception {
    assertThat(roles().take(ada, "ada", Role.ADMINISTRATOR)).contains(People.LAST);
    premises.add("eva", Role.RADIOLOGIST);
    assertThat(roles().take(ada, "eva", Role.RADIOLOGIST).orElseThrow()).contains("only role");
    roles().give(premises.console, "eva", Role.ADMINISTRATOR);
    assertThat(roles().take(premises.console, "ada", Role.ADMINISTRATOR)).contains(People.LAST);
    assertThat(premises.people().disable(premises.console, "ada")).contains(People.LAST);
    assertThat(roles().take(ada, "eva", Role.ADMINISTRATOR)).isEmpty();
  }

  @Test
  void aRoleThatIsTakenEndsTheSessionThatWearsIt() throws Exception {
    People.SignIn.SignedIn in =
        premises.in(premises.add("eva", Role.TECHNOLOGIST, Role.RADIOLOGIST));
    assertThat(roles().take(ada, "eva", Role.RADIOLOGIST)).isEmpty();
    assertThat(premises.people().session(PAGE, in.secret())).isEmpty();
  }
}
