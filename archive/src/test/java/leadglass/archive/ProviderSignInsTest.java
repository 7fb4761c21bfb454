package leadglass.archive;

import static leadglass.archive.Premises.ELSEWHERE;
import static leadglass.archive.Premises.PAGE;
import static leadglass.archive.Premises.password;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.OwedFactors.Answer;
import leadglass.archive.ProviderSignIns.Arrival;
import leadglass.archive.ProviderSignIns.Back;
import leadglass.archive.ProviderSignIns.Proved;
import leadglass.archive.ProviderSignIns.Question;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderSignInsTest {
  private static final String ISSUER = "https://id.example.org";
  private static final Passkeys.Host HOST = Passkeys.Host.of("pacs.example.org").orElseThrow();
  private static final String BROWSER = "b".repeat(43);

  private final Premises premises = new Premises();

  @BeforeEach
  void found() throws IOException {
    premises.founded();
  }

  private ProviderSignIns providers() {
    return premises.identities().providers();
  }

  private OwedFactors owed() {
    return premises.identities().owedFactors();
  }

  private Proved proved(String subject, String wish, boolean strong, Role... roles) {
    Optional<Long> now = Optional.of(premises.clock.millis());
    return new Proved("hospital", ISSUER, subject, wish, Set.of(roles), strong, now);
  }

  private Arrival.In in(Proved proved) throws IOException {
    return (Arrival.In) providers().arrive(PAGE, proved);
  }

  private String owing(Proved proved) throws IOException {
    return ((Arrival.Owes) providers().arrive(PAGE, proved)).secret();
  }

  /// Somebody whose provider asks for no second factor, with one enrolled here.
  private People.Enrolment enrolled(String subject) throws IOException {
    String secret = owing(proved(subject, "grace", false, Role.RADIOLOGIST));
    People.Enrolment shown = owed().owed(secret).orElseThrow().enrolment().orElseThrow();
    assertThat(owed().code(PAGE, secret, premises.code(shown))).isInstanceOf(Answer.In.class);
    return shown;
  }

  @Test
  void whoComesTheFirstTimeGetsAnAccountWithTheRolesOfTheirGroups() throws Exception {
    Arrival.In in = in(proved("1", "grace@example.org", true, Role.RADIOLOGIST));
    assertThat(in.caller().name()).isEqualTo("grace@hospital");
    assertThat(in.caller().held()).containsExactly(Role.RADIOLOGIST);
    assertThat(premises.people().session(PAGE, in.secret())).contains(in.caller());
    assertThat(premises.details())
        .contains("account added: grace@hospital (radiologist), of provider hospital")
        .endsWith("signed in with provider hospital, which asked for a second factor");
    assertThat(premises.people().list(premises.console))
        .filteredOn(account -> account.name().equals("grace@hospital"))
        .extracting(People.Account::factors)
        .containsExactly(Set.of(People.Factor.PROVIDER));
  }

  @Test
  void anAccountIsFoundByIssuerAndSubjectAndByNothingElse() throws Exception {
    assertThat(in(proved("1", "grace", true, Role.RADIOLOGIST)).caller().name())
        .isEqualTo("grace@hospital");
    assertThat(in(proved("1", "renamed", true, Role.RADIOLOGIST)).caller().name())
        .isEqualTo("grace@hospital");
    assertThat(in(proved("2", "grace", true, Role.RADIOLOGIST)).caller().name())
        .isEqualTo("grace-2@hospital");
    Proved other =
        new Proved(
            "clinic", "https://other", "1", "ada", Set.of(Role.WITNESS), true, Optional.empty());
    assertThat(in(other).caller().name()).isEqualTo("ada@clinic");
    assertThat(in(proved("3", "ada", true, Role.AUDITOR)).caller().name())
        .isEqualTo("ada@hospital");
    premises.reopen();
    assertThat(in(proved("2", "x", true, Role.RADIOLOGIST)).caller().name())
        .isEqualTo("grace-2@hospital");
  }

  @Test
  void namesFromElsewhereKeepToOurLetters() throws Exception {
    assertThat(in(proved("1", "\u202e<b>Ö\n ", true, Role.WITNESS)).caller().name())
        .isEqualTo("b@hospital");
    assertThat(in(proved("2", "Ö", true, Role.WITNESS)).caller().name())
        .isEqualTo("person@hospital");
    assertThat(in(proved("3", "x".repeat(9000), true, Role.WITNESS)).caller().name())
        .hasSizeLessThan(64);
  }

  @Test
  void rolesAreTakenAnewAtEachSignIn() throws Exception {
    Arrival.In first = in(proved("1", "grace", true, Role.RADIOLOGIST, Role.ADMINISTRATOR));
    Arrival.In second = in(proved("1", "grace", true, Role.TECHNOLOGIST));
    assertThat(second.caller().held()).containsExactly(Role.TECHNOLOGIST);
    assertThat(premises.people().session(PAGE, first.secret())).isEmpty();
    assertThat(premises.details())
        .contains(
            "roles of grace@hospital by provider hospital: [technologist],"
                + " before [administrator, radiologist]");
  }

  @Test
  void whoeverHasNoRoleAnyMoreIsLetInNoMoreAndTheirSessionsEnd() throws Exception {
    assertThat(providers().arrive(PAGE, proved("1", "grace", true)))
        .isInstanceOf(Arrival.Refused.class);
    assertThat(premises.people().list(premises.console)).hasSize(1);
    Arrival.In in = in(proved("1", "grace", true, Role.RADIOLOGIST));
    assertThat(providers().arrive(PAGE, proved("1", "grace", true)))
        .isInstanceOf(Arrival.Refused.class);
    assertThat(premises.people().session(PAGE, in.secret())).isEmpty();
  }

  @Test
  void aDisabledAccountStaysOutWhateverTheProviderSays() throws Exception {
    Arrival.In in = in(proved("1", "grace", true, Role.RADIOLOGIST));
    assertThat(premises.people().disable(premises.console, "grace@hospital")).isEmpty();
    assertThat(premises.people().session(PAGE, in.secret())).isEmpty();
    assertThat(providers().arrive(PAGE, proved("1", "grace", true, Role.RADIOLOGIST)))
        .isInstanceOf(Arrival.Refused.class);
    assertThat(providers().readmit(premises.console, "grace@hospital")).isEmpty();
    assertThat(in(proved("1", "grace", true, Role.RADIOLOGIST)).caller().name())
        .isEqualTo("grace@hospital");
  }

  @Test
  void withoutASecondFactorThereIsNoSessionButAPageToEnrolOne() throws Exception {
    String secret = owing(proved("1", "grace", false, Role.RADIOLOGIST));
    assertThat(premises.people().session(PAGE, secret)).isEmpty();
    OwedFactors.Owed asked = owed().owed(secret).orElseThrow();
    assertThat(owed().code(PAGE, secret, "000000")).isInstanceOf(Answer.Wrong.class);
    People.Enrolment shown = asked.enrolment().orElseThrow();
    assertThat(owed().code(PAGE, secret, shown.recoveryCodes().getFirst()))
        .isInstanceOf(Answer.Wrong.class);
    Answer.In in = (Answer.In) owed().code(PAGE, secret, premises.code(shown));
    assertThat(in.recoveryCodes()).hasSize(RecoveryCodes.COUNT);
    assertThat(premises.people().session(PAGE, in.secret())).contains(in.caller());
    assertThat(owed().owed(secret)).isEmpty();
    assertThat(owed().code(PAGE, secret, premises.code(shown))).isInstanceOf(Answer.Ended.class);
  }

  @Test
  void theFactorEnrolledOnceIsAskedForEachTimeAndACodeWorksOnce() throws Exception {
    People.Enrolment factor = enrolled("1");
    String secret = owing(proved("1", "grace", false, Role.RADIOLOGIST));
    assertThat(owed().owed(secret).orElseThrow().enrolment()).isEmpty();
    String code = premises.code(factor);
    assertThat(owed().code(PAGE, secret, code)).isInstanceOf(Answer.In.class);
    String next = owing(proved("1", "grace", false, Role.RADIOLOGIST));
    assertThat(owed().code(PAGE, next, code)).isInstanceOf(Answer.Wrong.class);
    String recovery = factor.recoveryCodes().getFirst();
    premises.clock.turn(Duration.ofMinutes(6));
    assertThat(owed().code(PAGE, next, recovery)).isInstanceOf(Answer.In.class);
  }

  @Test
  void twoWhoWouldEnrolAtOnceAreOnePerson() throws Exception {
    Proved grace = proved("1", "grace", false, Role.RADIOLOGIST);
    String first = owing(grace);
    String second = owing(grace);
    People.Enrolment late = owed().owed(second).orElseThrow().enrolment().orElseThrow();
    People.Enrolment early = owed().owed(first).orElseThrow().enrolment().orElseThrow();
    assertThat(owed().code(PAGE, first, premises.code(early))).isInstanceOf(Answer.In.class);
    assertThat(owed().code(PAGE, second, premises.code(late))).isInstanceOf(Answer.Ended.class);
  }

  @Test
  void wrongCodesEndTheTryAndTimeDoes() throws Exception {
    enrolled("1");
    String secret = owing(proved("1", "grace", false, Role.RADIOLOGIST));
    for (int i = 1; i < StepUps.WRONG_MAX; i++) {
      assertThat(owed().code(PAGE, secret, "000000")).isInstanceOf(Answer.Wrong.class);
      premises.clock.turn(Duration.ofMinutes(1));
    }
    assertThat(owed().code(PAGE, secret, "000000")).isInstanceOf(Answer.Ended.class);
    String other = owing(proved("1", "grace", false, Role.RADIOLOGIST));
    premises.clock.turn(HalfSignIns.TTL);
    assertThat(owed().owed(other)).isEmpty();
  }

  @Test
  void disablingEndsAHalfSignInToo() throws Exception {
    People.Enrolment factor = enrolled("1");
    String secret = owing(proved("1", "grace", false, Role.RADIOLOGIST));
    assertThat(premises.people().disable(premises.console, "grace@hospital")).isEmpty();
    assertThat(owed().code(PAGE, secret, premises.code(factor))).isInstanceOf(Answer.Ended.class);
  }

  @Test
  void anAccountOfAProviderHasNoOtherWayIn() throws Exception {
    People.Enrolment factor = enrolled("1");
    assertThat(
            premises
                .people()
                .signIn(ELSEWHERE, "grace@hospital", password(), premises.code(factor)))
        .isInstanceOf(People.SignIn.Refused.class);
    assertThat(premises.identities().recoveries().recover(premises.console, "grace@hospital"))
        .isInstanceOf(Recoveries.Outcome.Refused.class);
    assertThat(providers().isLinked("Grace@hospital")).isTrue();
    assertThat(providers().isLinked("ada")).isFalse();
  }

  @Test
  void anAdministratorOfAProviderDoesNotReplaceTheLastOfOurs() throws Exception {
    in(proved("1", "grace", true, Role.ADMINISTRATOR));
    assertThat(premises.people().disable(premises.console, "ada")).isPresent();
    assertThat(premises.people().disable(premises.console, "grace@hospital")).isEmpty();
  }

  @Test
  void aSessionIsFreshOnlyAsLongAsTheProvidersQuestion() throws Exception {
    StepUps stepUps = premises.identities().stepUps();
    assertThat(stepUps.fresh(in(proved("1", "grace", true, Role.RADIOLOGIST)).secret())).isTrue();
    long longAgo = premises.clock.millis() - StepUps.FRESH.toMillis();
    for (Optional<Long> at : List.of(Optional.of(longAgo), Optional.<Long>empty())) {
      Proved old = new Proved("hospital", ISSUER, "1", "grace", Set.of(Role.RADIOLOGIST), true, at);
      assertThat(stepUps.fresh(in(old).secret())).isFalse();
    }
    Optional<Long> future = Optional.of(premises.clock.millis() + 3_600_000);
    Proved ahead =
        new Proved("hospital", ISSUER, "1", "grace", Set.of(Role.RADIOLOGIST), true, future);
    String secret = in(ahead).secret();
    premises.clock.turn(StepUps.FRESH);
    assertThat(stepUps.fresh(secret)).isFalse();
  }

  @Test
  void aStateComesBackOnceToTheSameBrowserFromTheSameProviderInTime() throws Exception {
    Question question = providers().leaving(HOST, BROWSER, "hospital");
    String other = "c".repeat(43);
    assertThat(providers().back(PAGE, HOST, BROWSER, "hospital", question.state()))
        .isEqualTo(new Back.Right(question));
    assertThat(providers().back(PAGE, HOST, BROWSER, "hospital", question.state()))
        .isInstanceOf(Back.Wrong.class);
    premises.clock.turn(Duration.ofHours(2));
    Question late = providers().leaving(HOST, BROWSER, "hospital");
    premises.clock.turn(ProviderSignIns.BACK_WITHIN);
    assertThat(providers().back(PAGE, HOST, BROWSER, "hospital", late.state()))
        .isInstanceOf(Back.Wrong.class);
    premises.clock.turn(Duration.ofHours(2));
    Question elsewhere = providers().leaving(HOST, BROWSER, "hospital");
    assertThat(providers().back(PAGE, HOST, other, "hospital", elsewhere.state()))
        .isInstanceOf(Back.Wrong.class);
    premises.clock.turn(Duration.ofHours(2));
    Question mixed = providers().leaving(HOST, BROWSER, "hospital");
    assertThat(providers().back(PAGE, HOST, BROWSER, "clinic", mixed.state()))
        .isInstanceOf(Back.Wrong.class);
    assertThat(question.toString()).doesNotContain(question.state());
  }

  @Test
  void whoeverTriesStatesIsSlowed() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(providers().back(PAGE, HOST, BROWSER, "hospital", "none"))
          .isInstanceOf(Back.Wrong.class);
    }
    assertThat(providers().back(PAGE, HOST, BROWSER, "hospital", "none"))
        .isInstanceOf(Back.TooSoon.class);
  }

  @Test
  void aPowerCutBetweenLinkAndAccountLeavesNobodyOut() throws Exception {
    new Links(premises.registry).put(new LinkRecord(ISSUER, "1", "grace@hospital", false));
    premises.reopen();
    assertThat(in(proved("1", "grace", true, Role.RADIOLOGIST)).caller().name())
        .isEqualTo("grace@hospital");
  }

  @Test
  void whoeverATokenVouchesForStandsUntilItEndsOrTheAccountDoes() throws IOException {
    in(proved("1", "grace", true, Role.RADIOLOGIST, Role.TECHNOLOGIST));
    Proved token = proved("1", "", false, Role.RADIOLOGIST, Role.AUDITOR);
    long ends = premises.clock.millis() + 1000;
    ProviderSignIns.Vouched vouched = providers().vouched(PAGE, token, ends).orElseThrow();
    assertThat(vouched.program().held()).as("what both have").containsExactly(Role.RADIOLOGIST);
    assertThat(providers().stands(vouched)).isTrue();
    in(proved("1", "grace", true, Role.TECHNOLOGIST));
    assertThat(providers().stands(vouched)).as("in another group since").isFalse();
    in(proved("1", "grace", true, Role.RADIOLOGIST));
    assertThat(providers().stands(vouched)).isTrue();
    premises.clock.turn(Duration.ofSeconds(2));
    assertThat(providers().stands(vouched)).as("ended").isFalse();
  }

  @Test
  void aTokenMakesNoAccount() throws IOException {
    Proved stranger = proved("9", "grace", true, Role.RADIOLOGIST);
    assertThat(providers().vouched(PAGE, stranger, Long.MAX_VALUE)).isEmpty();
    assertThat(providers().vouched(PAGE, proved("9", "", true), Long.MAX_VALUE)).isEmpty();
  }
}
