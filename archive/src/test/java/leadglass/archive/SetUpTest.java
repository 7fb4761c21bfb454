package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static leadglass.archive.Premises.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leadglass.archive.People.SignIn;
import leadglass.archive.SetUp.Step;
import leadglass.archive.SetUp.Step.Drafted;
import org.junit.jupiter.api.Test;

class SetUpTest {
  private static final String SITE = "Northlight Imaging";
  private final Premises premises = new Premises();

  private SetUp setUp() {
    return premises.setUp();
  }

  private static String rule(Step step) {
    return switch (step) {
      case Step.Refused(String rule) -> rule;
      case Step.Begun _, Drafted _, Step.Finished _ -> "";
    };
  }

  private String begun() throws IOException {
    return ((Step.Begun) setUp().begin(PAGE, setUp().freshCode())).ticket();
  }

  private Drafted drafted(String ticket) throws IOException {
    return (Drafted) setUp().draft(ticket, SITE, "ada", password(), true);
  }

  private Step confirmed(String ticket, Drafted draft) throws IOException {
    String code = premises.code(draft.enrolment());
    return setUp().confirm(PAGE, ticket, code, draft.sheet().get(draft.askedFor() - 1));
  }

  @Test
  void aCodeADraftAndBothProofsSetTheArchiveUp() throws Exception {
    String code = setUp().freshCode();
    assertThat(code).matches("[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}");
    String typed = code.toLowerCase(Locale.ROOT).replace("-", " ");
    String ticket = ((Step.Begun) setUp().begin(PAGE, typed)).ticket();
    Drafted draft = drafted(ticket);
    assertThat(setUp().drafted(ticket)).contains(draft);
    assertThat(RecoverySheet.parse(String.join(" ", draft.sheet())))
        .isInstanceOfSatisfying(
            RecoverySheet.Reading.Key.class,
            key -> assertThat(key.key()).isEqualTo(premises.masterKey));
    assertThat(setUp().done()).isFalse();
    assertThat(premises.registry.size()).isZero();

    assertThat(confirmed(ticket, draft)).isInstanceOf(Step.Finished.class);

    assertThat(setUp().done()).isTrue();
    assertThat(setUp().site()).contains(SITE);
    SignIn.SignedIn in = premises.in(draft.enrolment());
    assertThat(in.caller().held()).isEqualTo(Set.of(Role.ADMINISTRATOR, Role.RADIOLOGIST));
    assertThat(premises.details())
        .containsExactly(
            "set-up begun",
            "account added: ada (administrator, radiologist)",
            "archive set up: " + SITE,
            "signed in with password and a code, at set-up",
            "signed in with password and a code");
    premises.reopen();
    assertThat(setUp().site()).contains(SITE);
    assertThat(premises.people().list(premises.console)).hasSize(1);
  }

  @Test
  void withoutTheReadingRoleTheAdministratorSeesNoImages() throws Exception {
    String ticket = begun();
    Drafted draft = (Drafted) setUp().draft(ticket, SITE, "ada", password(), false);
    assertThat(confirmed(ticket, draft)).isInstanceOf(Step.Finished.class);
    assertThat(premises.in(draft.enrolment()).caller().held())
        .isEqualTo(Set.of(Role.ADMINISTRATOR));
  }

  @Test
  void theCodeOfSetUpDoesNotSignIn() throws Exception {
    String ticket = begun();
    Drafted draft = drafted(ticket);
    String code = premises.code(draft.enrolment());
    setUp().confirm(PAGE, ticket, code, draft.sheet().get(draft.askedFor() - 1));
    assertThat(premises.people().signIn(PAGE, "ada", password(), code))
        .isEqualTo(new SignIn.Refused());
  }

  @Test
  void aCodeMayBeTriedFiveTimes() throws Exception {
    String code = setUp().freshCode();
    for (int left = 4; left >= 0; left--) {
      String said = rule(setUp().begin(PAGE, "AAAA-AAAA"));
      assertThat(said)
          .startsWith("That code is not right.")
          .contains(left == 0 ? "No tries left" : left + (left == 1 ? " try left" : " tries left"));
      premises.clock.turn(Duration.ofMinutes(1));
    }
    assertThat(rule(setUp().begin(PAGE, code))).contains("Get a fresh one");
    premises.clock.turn(Duration.ofMinutes(1));
    assertThat(setUp().begin(PAGE, setUp().freshCode())).isInstanceOf(Step.Begun.class);
  }

  @Test
  void wrongCodesAreSlowed() throws Exception {
    String code = setUp().freshCode();
    for (int i = 0; i < 3; i++) {
      setUp().begin(PAGE, "AAAA-AAAA");
    }
    assertThat(rule(setUp().begin(PAGE, code)))
        .isEqualTo("Too many tries. Try again in 2 seconds.");
    premises.clock.turn(Duration.ofSeconds(2));
    assertThat(setUp().begin(PAGE, code)).isInstanceOf(Step.Begun.class);
  }

  @Test
  void aCodeEndsAfterAQuarterOfAnHourAndWhenItWasUsedAndWhenThereIsAnother() throws Exception {
    String old = setUp().freshCode();
    premises.clock.turn(SetUp.CODE_TTL);
    assertThat(rule(setUp().begin(PAGE, old))).contains("Get a fresh one");
    String first = setUp().freshCode();
    String second = setUp().freshCode();
    assertThat(rule(setUp().begin(PAGE, first))).contains("4 tries left");
    premises.clock.turn(SetUp.CODE_TTL.minusMillis(1));
    assertThat(setUp().begin(PAGE, second)).isInstanceOf(Step.Begun.class);
    assertThat(rule(setUp().begin(PAGE, second))).contains("Get a fresh one");
  }

  @Test
  void withoutACodeThereIsNothingToTry() throws Exception {
    assertThat(rule(setUp().begin(PAGE, "AAAA-AAAA"))).contains("Get a fresh one");
    assertThat(rule(setUp().begin(PAGE, ""))).contains("Get a fresh one");
    setUp().freshCode();
    assertThat(rule(setUp().begin(PAGE, "A".repeat(1_000_000)))).contains("4 tries left");
  }

  @Test
  void aWrongTicketDoesNothing() throws Exception {
    String ticket = begun();
    drafted(ticket);
    for (String other : new String[] {"", ticket.substring(1), ticket + "x"}) {
      char[] password = password();
      assertThat(rule(setUp().draft(other, SITE, "eve", password, true))).contains("has ended");
      assertThat(password).containsOnly('\0');
      assertThat(setUp().drafted(other)).isEmpty();
      assertThat(rule(setUp().confirm(PAGE, other, "000000", "0000"))).contains("has ended");
    }
    assertThat(setUp().drafted(ticket)).isPresent();
  }

  @Test
  void aSetUpThatRestsForAnHourEnds() throws Exception {
    String ticket = begun();
    Drafted draft = drafted(ticket);
    premises.clock.turn(Duration.ofHours(1));
    assertThat(rule(confirmed(ticket, draft))).contains("has ended");
  }

  @Test
  void badWordsAreRefusedAndMayBeCorrected() throws Exception {
    String ticket = begun();
    for (String site : new String[] {"", "   ", "x".repeat(65), "a\nb", "a\u202eb"}) {
      assertThat(rule(setUp().draft(ticket, site, "ada", password(), true)))
          .startsWith("The site's name");
    }
    assertThat(rule(setUp().draft(ticket, SITE, "a b", password(), true))).startsWith("A name is");
    assertThat(rule(setUp().draft(ticket, SITE, "ada", "Northlight2026!".toCharArray(), true)))
        .contains("easy to guess");
    assertThat(setUp().drafted(ticket)).isEmpty();
    assertThat(rule(setUp().confirm(PAGE, ticket, "000000", "0000"))).isNotEmpty();
    Drafted first = drafted(ticket);
    Drafted second = (Drafted) setUp().draft(ticket, "Other", "eve", password(), false);
    assertThat(rule(confirmed(ticket, first))).isNotEmpty();
    assertThat(confirmed(ticket, second)).isInstanceOf(Step.Finished.class);
    assertThat(setUp().site()).contains("Other");
  }

  @Test
  void bothProofsAreDemanded() throws Exception {
    String ticket = begun();
    Drafted draft = drafted(ticket);
    String group = draft.sheet().get(draft.askedFor() - 1);
    assertThat(rule(setUp().confirm(PAGE, ticket, "12345", group))).contains("six digits");
    String code = premises.code(draft.enrolment());
    assertThat(rule(setUp().confirm(PAGE, ticket, code, "0000")))
        .isEqualTo("Group " + draft.askedFor() + " says something else.");
    assertThat(setUp().done()).isFalse();
    assertThat(premises.registry.size()).isZero();
    assertThat(setUp().confirm(PAGE, ticket, code, group.toLowerCase(Locale.ROOT)))
        .isInstanceOf(Step.Finished.class);
  }

  @Test
  void ofTwoWhoSetUpTheOneWithTheNewerCodeGoesOn() throws Exception {
    String first = begun();
    Drafted early = drafted(first);
    String second = begun();
    Drafted late = (Drafted) setUp().draft(second, "Second", "bea", password(), false);
    assertThat(rule(confirmed(first, early))).contains("has ended");
    assertThat(confirmed(second, late)).isInstanceOf(Step.Finished.class);
    assertThat(setUp().site()).contains("Second");
    assertThat(premises.people().list(premises.console)).hasSize(1);
  }

  @Test
  void ofManyWhoFinishAtOnceOneDoes() throws Exception {
    String ticket = begun();
    Drafted draft = drafted(ticket);
    String code = premises.code(draft.enrolment());
    String group = draft.sheet().get(draft.askedFor() - 1);
    Callable<Boolean> page =
        () -> setUp().confirm(PAGE, ticket, code, group) instanceof Step.Finished;
    Callable<Boolean> console =
        () -> {
          try {
            premises.founded();
            return true;
          } catch (IllegalStateException _) {
            return false;
          }
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int won = 0;
      for (var result : threads.invokeAll(List.of(page, console, page, console, page))) {
        won += result.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
    assertThat(premises.people().list(premises.console)).hasSize(1);
    assertThat(premises.details().stream().filter(d -> d.startsWith("archive set up"))).hasSize(1);
  }

  @Test
  void ofTwoProcessesOnOneRegistryOneSetsUp() throws Exception {
    Identities other = premises.opened();
    premises.founded();
    SetUp.Person bea = new SetUp.Person("bea", password(), Role.ADMINISTRATOR);
    assertThatThrownBy(() -> other.setUp().unattended(premises.console, "Other", List.of(bea)))
        .isInstanceOf(IllegalStateException.class);
    premises.reopen();
    assertThat(setUp().site()).contains(SITE);
    assertThat(premises.people().list(premises.console))
        .extracting(People.Account::name)
        .containsExactly("ada");
  }

  @Test
  void aPowerCutBetweenSiteAndAccountsIsMadeGoodAtTheNextStart() throws Exception {
    People.Enrolment ada = premises.founded();
    // As it would be found: the site as first written, no account.
    Documents<SiteRecord> sites = new Documents<>(premises.registry, "site", SiteRecord.class);
    Documents<AccountRecord> people =
        new Documents<>(premises.registry, "person", AccountRecord.class);
    AccountRecord account = people.find("ada").orElseThrow().document();
    premises.registry.remove("person", "ada");
    premises.registry.remove("site", "site");
    sites.put("site", 0, new SiteRecord(SITE, 1, List.of(account)));
    premises.reopen();
    assertThat(setUp().done()).isTrue();
    assertThat(premises.in(ada).caller().name()).isEqualTo("ada");
    assertThat(sites.find("site").orElseThrow().document().founders()).isEmpty();
  }

  @Test
  void afterwardsNothingDoesAnything() throws Exception {
    String ticket = begun();
    Drafted draft = drafted(ticket);
    confirmed(ticket, draft);
    assertThat(rule(setUp().begin(PAGE, "AAAA-AAAA"))).contains("is set up");
    assertThat(rule(setUp().draft(ticket, SITE, "eve", password(), true))).contains("is set up");
    assertThat(setUp().drafted(ticket)).isEmpty();
    assertThat(rule(confirmed(ticket, draft))).contains("is set up");
    assertThatThrownBy(() -> setUp().freshCode()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(premises::founded).isInstanceOf(IllegalStateException.class);
    assertThat(premises.people().list(premises.console)).hasSize(1);
  }

  @Test
  void unattendedSetUpMakesEverybodyAtOnce() throws Exception {
    char[] ada = password();
    SetUp.Unattended made =
        setUp()
            .unattended(
                premises.console,
                SITE,
                List.of(
                    new SetUp.Person("ada", ada, Role.ADMINISTRATOR),
                    new SetUp.Person("eva", password(), Role.RADIOLOGIST)));
    assertThat(ada).containsOnly('\0');
    assertThat(made.enrolments()).extracting(People.Enrolment::name).containsExactly("ada", "eva");
    assertThat(made.sheet()).hasSize(18);
    assertThat(made.toString()).isEqualTo("Unattended[]");
    assertThat(premises.in(made.enrolments().getLast()).caller().hat()).isEqualTo(Role.RADIOLOGIST);
  }

  @Test
  void unattendedSetUpIsForTheConsoleAndChecksItsWords() throws Exception {
    SetUp.Person ada = new SetUp.Person("ada", password(), Role.ADMINISTRATOR);
    assertThatThrownBy(() -> setUp().unattended(new Caller.Stranger(PAGE), SITE, List.of(ada)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("console");
    assertThat(premises.details()).containsExactly("unattended set-up refused");
    for (List<SetUp.Person> people :
        List.of(
            List.<SetUp.Person>of(),
            List.of(new SetUp.Person("eva", password(), Role.RADIOLOGIST)),
            List.of(new SetUp.Person("ada", "short".toCharArray(), Role.ADMINISTRATOR)),
            List.of(
                new SetUp.Person("ada", password(), Role.ADMINISTRATOR),
                new SetUp.Person("ADA", password(), Role.RADIOLOGIST)))) {
      assertThatThrownBy(() -> setUp().unattended(premises.console, SITE, people))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(setUp().done()).isFalse();
    assertThat(premises.registry.size()).isZero();
  }

  @Test
  void withoutTheTrailNothingIsSetUp() throws Exception {
    String ticket = begun();
    Drafted draft = drafted(ticket);
    premises.trailBroken = true;
    assertThatThrownBy(() -> confirmed(ticket, draft)).isInstanceOf(IOException.class);
    assertThat(setUp().done()).isFalse();
    assertThat(premises.registry.size()).isZero();
    premises.trailBroken = false;
    assertThat(confirmed(ticket, draft)).isInstanceOf(Step.Finished.class);
  }

  @Test
  void nothingOfItShowsInText() throws Exception {
    String ticket = begun();
    assertThat(drafted(ticket).toString()).isEqualTo("Drafted[]");
    assertThat(new Step.Begun(ticket).toString()).isEqualTo("Begun[]");
  }
}
