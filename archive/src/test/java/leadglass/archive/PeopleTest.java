package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static leadglass.archive.Premises.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import leadglass.archive.People.Change;
import leadglass.archive.People.SignIn;
import org.junit.jupiter.api.Test;

class PeopleTest {
  private final Premises premises = new Premises();

  private People people() {
    return premises.people();
  }

  private static String rule(Change change) {
    return switch (change) {
      case Change.Done _ -> "";
      case Change.Refused(String rule) -> rule;
    };
  }

  private Change add(String name, String password) throws IOException {
    return people().add(premises.console, name, Set.of(Role.RADIOLOGIST), password.toCharArray());
  }

  @Test
  void anAccountIsListedWithItsRolesAndLastSignIn() throws Exception {
    People.Enrolment ada = premises.founded();
    premises.add("Bob", Role.TECHNOLOGIST, Role.FRONT_DESK);
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
                Optional.of(premises.clock.millis())),
            new People.Account(
                "Bob",
                Set.of(Role.TECHNOLOGIST, Role.FRONT_DESK),
                true,
                factors,
                Optional.empty()));
    List<People.Account> before = people().list(premises.console);
    premises.reopen();
    assertThat(people().list(premises.console)).isEqualTo(before);
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
      assertThat(rule(people().add(caller, "x", Set.of(Role.AUDITOR), password())))
          .isEqualTo("You may not do this.");
      assertThat(people().disable(caller, "eva")).contains("You may not do this.");
      assertThat(rule(people().reset(caller, "eva", password()))).isEqualTo("You may not do this.");
      assertThat(premises.trail.stream().filter(entry -> !entry.success())).hasSize(refusals + 3);
    }
    assertThat(rule(people().add(administrator, "max", Set.of(Role.AUDITOR), password())))
        .isEmpty();
    assertThat(rule(people().reset(administrator, "max", password())))
        .isEqualTo("You may not do this.");
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
  void aNameIsTakenWhateverItsCase() throws Exception {
    premises.founded();
    assertThat(rule(add("ADA", Premises.PASSWORD))).contains("already");
    premises.add("bob", Role.AUDITOR);
    people().disable(premises.console, "bob");
    assertThat(rule(add("Bob", Premises.PASSWORD))).contains("already");
  }

  @Test
  void ofManyAccountsOfOneNameOneIsMade() throws Exception {
    premises.founded();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var adds =
          IntStream.range(0, 6)
              .<Callable<Change>>mapToObj(_ -> () -> add("eva", Premises.PASSWORD))
              .toList();
      int made = 0;
      for (var change : threads.invokeAll(adds)) {
        made += change.get() instanceof Change.Done ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
  }

  @Test
  void badNamesPasswordsAndRolesAreRefusedWithARule() throws Exception {
    premises.founded();
    for (String name : new String[] {"", "a b", "a/b", "é", "x".repeat(65), "a\u0000", "ａｄａ"}) {
      assertThat(rule(add(name, Premises.PASSWORD))).startsWith("A name is 1 to 64");
    }
    assertThat(rule(add("bob", "short"))).isEqualTo("Take at least 12 characters.");
    assertThat(rule(add("bob", "x".repeat(300)))).isEqualTo("Take at most 256 characters.");
    assertThat(rule(add("bob", "password1234"))).contains("easy to guess");
    assertThat(rule(people().add(premises.console, "bob", Set.of(), password())))
        .isEqualTo("Name at least one role.");
    assertThat(people().list(premises.console)).hasSize(1);
  }

  @Test
  void thereIsNoAccountBeforeSetUp() throws Exception {
    assertThat(rule(add("bob", Premises.PASSWORD))).isEqualTo("Set the archive up first.");
    assertThat(premises.registry.size()).isZero();
  }

  @Test
  void aResetGivesOtherFactorsAndEndsTheOldOnes() throws Exception {
    premises.founded();
    People.Enrolment old = premises.add("eva", Role.RADIOLOGIST);
    people().disable(premises.console, "eva");
    char[] fresh = "quiet lantern 61 pelican".toCharArray();
    People.Enrolment now =
        ((Change.Done) people().reset(premises.console, "EVA", fresh)).enrolment();
    assertThat(fresh).containsOnly('\0');
    assertThat(now.name()).isEqualTo("eva");
    assertThat(now.totpUri()).isNotEqualTo(old.totpUri());
    assertThat(premises.tryIn(PAGE, old)).isEqualTo(new SignIn.Refused());
    String code = premises.code(now);
    assertThat(people().signIn(PAGE, "eva", "quiet lantern 61 pelican".toCharArray(), code))
        .isInstanceOf(SignIn.SignedIn.class);
    assertThat(rule(people().reset(premises.console, "nobody", password())))
        .isEqualTo("There is no account of that name.");
  }

  @Test
  void everyActIsInTheTrailBeforeItCounts() throws Exception {
    premises.founded();
    premises.atTrail = () -> assertThat(premises.registry.find("person", "eva")).isEmpty();
    premises.add("eva", Role.RADIOLOGIST);
    assertThat(premises.details().getLast()).isEqualTo("account added: eva (radiologist)");
    premises.atTrail =
        () ->
            assertThat(premises.registry.find("person", "eva").orElseThrow().version())
                .isEqualTo(1);
    people().disable(premises.console, "eva");
    assertThat(premises.details().getLast()).isEqualTo("account disabled: eva");
  }

  @Test
  void withoutTheTrailNothingChanges() throws Exception {
    premises.founded();
    premises.add("eva", Role.RADIOLOGIST);
    List<People.Account> before = people().list(premises.console);
    premises.trailBroken = true;
    assertThatThrownBy(() -> add("bob", Premises.PASSWORD)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> people().disable(premises.console, "eva"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> people().reset(premises.console, "eva", password()))
        .isInstanceOf(IOException.class);
    assertThat(people().list(premises.console)).isEqualTo(before);
    premises.reopen();
    assertThat(people().list(premises.console)).isEqualTo(before);
  }
}
