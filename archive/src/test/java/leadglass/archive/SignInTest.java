package leadglass.archive;

import static leadglass.archive.Premises.ELSEWHERE;
import static leadglass.archive.Premises.PAGE;
import static leadglass.archive.Premises.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import leadglass.archive.People.SignIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInTest {
  private final Premises premises = new Premises();
  private People.Enrolment ada;

  @BeforeEach
  void found() throws IOException {
    ada = premises.founded();
  }

  private People people() {
    return premises.people();
  }

  @Test
  void passwordAndCodeOpenASession() throws Exception {
    SignIn.SignedIn in = premises.in(ada);
    assertThat(in.caller())
        .isEqualTo(new Caller.Person("ada", Role.ADMINISTRATOR, Set.of(Role.ADMINISTRATOR), PAGE));
    assertThat(people().session(PAGE, in.secret())).contains(in.caller());
    assertThat(premises.trail.getLast())
        .isEqualTo(
            new Premises.Entry(
                new AuditTrail.Who("person", "ada", "administrator"),
                PAGE,
                true,
                "signed in with password and a code"));
  }

  @Test
  void whoHoldsOneRoleWearsItWhicheverItIs() {
    for (Role role : Role.values()) {
      assertThat(SignIns.firstHat(Set.of(role))).isEqualTo(role);
    }
  }

  @Test
  void theNameIsTheSameWhateverItsCase() throws Exception {
    String code = premises.code(ada);
    assertThat(people().signIn(PAGE, "ADA", password(), code)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void everyOtherTryHasOneAnswer() throws Exception {
    premises.add("gone", Role.RADIOLOGIST);
    People.Enrolment bob = premises.add("bob", Role.RADIOLOGIST);
    people().disable(premises.console, "bob");
    SignIn refused = new SignIn.Refused();
    String code = premises.code(ada);
    assertThat(people().signIn(PAGE, "ada", "not it at all".toCharArray(), code))
        .isEqualTo(refused);
    assertThat(people().signIn(ELSEWHERE, "ada", password(), "")).isEqualTo(refused);
    assertThat(people().signIn(ELSEWHERE, "nobody", password(), code)).isEqualTo(refused);
    Origin third = new Origin(Origin.Door.PAGE, "203.0.113.1");
    assertThat(people().signIn(third, "", new char[0], "")).isEqualTo(refused);
    assertThat(people().signIn(third, "a b\u0000".repeat(5000), new char[9000], "1".repeat(9000)))
        .isEqualTo(refused);
    Origin fourth = new Origin(Origin.Door.PAGE, "203.0.113.2");
    assertThat(premises.tryIn(fourth, bob)).isEqualTo(refused);
  }

  @Test
  void aStrangerLeavesNothingButAnAddress() throws Exception {
    premises.trail.clear();
    premises.wrong(PAGE, "ada");
    premises.wrong(ELSEWHERE, "secret-name-of-nobody");
    assertThat(premises.trail)
        .containsExactly(
            new Premises.Entry(
                new AuditTrail.Who("stranger", "", null), PAGE, false, "sign-in refused"),
            new Premises.Entry(
                new AuditTrail.Who("stranger", "", null), ELSEWHERE, false, "sign-in refused"));
  }

  @Test
  void aCodeWorksOnce() throws Exception {
    String code = premises.code(ada);
    assertThat(people().signIn(PAGE, "ada", password(), code)).isInstanceOf(SignIn.SignedIn.class);
    assertThat(people().signIn(PAGE, "ada", password(), code)).isEqualTo(new SignIn.Refused());
    premises.reopen();
    assertThat(people().signIn(PAGE, "ada", password(), code)).isEqualTo(new SignIn.Refused());
  }

  @Test
  void ofManyWhoUseOneCodeAtOnceOneGetsIn() throws Exception {
    String code = premises.code(ada);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tries =
          IntStream.range(0, 8)
              .<Callable<SignIn>>mapToObj(i ->
                  () -> {
                    Origin origin = new Origin(Origin.Door.PAGE, "203.0.113." + i);
                    return premises.people().signIn(origin, "ada", password(), code);
                  })
              .toList();
      int in = 0;
      for (var result : threads.invokeAll(tries)) {
        in += result.get() instanceof SignIn.SignedIn ? 1 : 0;
      }
      assertThat(in).isEqualTo(1);
    }
  }

  @Test
  void aRecoveryCodeReplacesTheSecondFactorOnce() throws Exception {
    assertThat(ada.recoveryCodes()).hasSize(10).doesNotHaveDuplicates();
    String typed = ada.recoveryCodes().get(4).toLowerCase(java.util.Locale.ROOT).replace("-", " ");
    assertThat(people().signIn(PAGE, "ada", password(), typed)).isInstanceOf(SignIn.SignedIn.class);
    assertThat(premises.details().getLast())
        .isEqualTo("signed in with password and a recovery code, 9 left");
    assertThat(people().signIn(PAGE, "ada", password(), typed)).isEqualTo(new SignIn.Refused());
    premises.reopen();
    assertThat(people().signIn(PAGE, "ada", password(), typed)).isEqualTo(new SignIn.Refused());
    assertThat(people().signIn(PAGE, "ada", password(), ada.recoveryCodes().get(5)))
        .isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void aRecoveryCodeWithoutThePasswordIsNotSpent() throws Exception {
    String code = ada.recoveryCodes().getFirst();
    people().signIn(ELSEWHERE, "ada", "not it at all".toCharArray(), code);
    assertThat(people().signIn(PAGE, "ada", password(), code)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void wrongTriesAreSlowedForAccountsThatExistAndThoseThatDont() throws Exception {
    for (String name : new String[] {"ada", "nobody"}) {
      Origin origin = new Origin(Origin.Door.PAGE, "203.0.113." + name.length());
      for (int i = 0; i < 3; i++) {
        assertThat(premises.wrong(origin, name)).isEqualTo(new SignIn.Refused());
      }
      assertThat(premises.wrong(origin, name)).isEqualTo(new SignIn.TooSoon(Duration.ofSeconds(2)));
    }
    assertThat(premises.events)
        .contains(new ArchiveEvent.TriesSlowed(Origin.Door.PAGE, 2))
        .contains(new ArchiveEvent.AccessRefused(Origin.Door.PAGE));
    premises.clock.turn(Duration.ofSeconds(2));
    assertThat(premises.tryIn(new Origin(Origin.Door.PAGE, "203.0.113.3"), ada))
        .isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void thePasswordIsOverwritten() throws Exception {
    char[] password = password();
    people().signIn(PAGE, "ada", password, "000000");
    assertThat(password).containsOnly('\0');
    char[] right = password();
    people().signIn(PAGE, "ada", right, premises.code(ada));
    assertThat(right).containsOnly('\0');
  }

  @Test
  void whoeverHasAReadingRoleWearsItFirst() throws Exception {
    assertThat(premises.in(premises.add("a", Role.ADMINISTRATOR, Role.RADIOLOGIST)).caller().hat())
        .isEqualTo(Role.RADIOLOGIST);
    assertThat(premises.in(premises.add("b", Role.TECHNOLOGIST, Role.RADIOLOGIST)).caller().hat())
        .isEqualTo(Role.RADIOLOGIST);
    assertThat(premises.in(premises.add("c", Role.ADMINISTRATOR, Role.AUDITOR)).caller().hat())
        .isEqualTo(Role.ADMINISTRATOR);
    assertThat(premises.in(premises.add("d", Role.AUDITOR)).caller().hat()).isEqualTo(Role.AUDITOR);
  }

  /// With no room for another hash, whoever waits for one is told to come back: so is a name that
  /// is nobody's, which costs as much as any.
  @Test
  void aNameThatIsNobodysCostsAHashToo() throws Exception {
    Passwords passwords = new Passwords(new SecureRandom(), new Passwords.Cost(64, 1));
    Enrolments enrolments = new Enrolments(passwords, new SecureRandom());
    SignIns signIns =
        new SignIns(
            new Accounts(premises.registry),
            new Links(premises.registry),
            passwords,
            new Sessions(premises.clock, new Secrets(new SecureRandom())),
            (who, origin, success, detail) -> {},
            new Refusals((who, origin, success, detail) -> {}, premises.clock, _ -> {}),
            premises.clock,
            enrolments.nobody());
    CountDownLatch open = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        threads.execute(() -> passwords.permitted(() -> PasswordsTest.waitFor(open)));
      }
      PasswordsTest.awaitCrowd(passwords, 10);
      for (String name : new String[] {"ada", "nobody", "", "not a name"}) {
        for (int i = 0; i < 10; i++) {
          assertThat(signIns.signIn(PAGE, name, password(), "000000"))
              .isEqualTo(new SignIn.TooSoon(Duration.ofSeconds(2)));
        }
      }
      open.countDown();
    }
  }

  @Test
  void withoutTheTrailNobodyGetsIn() throws Exception {
    String code = premises.code(ada);
    premises.trailBroken = true;
    assertThatThrownBy(() -> people().signIn(PAGE, "ada", password(), code))
        .isInstanceOf(IOException.class);
    premises.trailBroken = false;
    assertThat(people().signIn(PAGE, "ada", password(), code)).isEqualTo(new SignIn.Refused());
  }

  @Test
  void anAnswerShowsNothingInText() throws Exception {
    SignIn.SignedIn in = premises.in(ada);
    assertThat(in.toString()).isEqualTo("SignedIn[]");
    assertThat(ada.toString()).isEqualTo("Enrolment[]");
  }
}
