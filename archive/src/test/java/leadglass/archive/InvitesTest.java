package leadglass.archive;

import static leadglass.archive.Premises.ELSEWHERE;
import static leadglass.archive.Premises.PAGE;
import static leadglass.archive.Premises.password;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import leadglass.archive.Invites.Made;
import leadglass.archive.Invites.Opened;
import leadglass.archive.Invites.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvitesTest {
  private static final Passkeys.Host HOST = Passkeys.Host.of("localhost:8443").orElseThrow();

  private final Premises premises = new Premises();

  @BeforeEach
  void found() throws IOException {
    premises.founded();
  }

  private Invites invites() {
    return premises.invites();
  }

  private Made invite(String name, Role... roles) throws IOException {
    return invites().invite(premises.console, name, Set.of(roles));
  }

  private Made.Link link(String name) throws IOException {
    return (Made.Link) invite(name, Role.RADIOLOGIST);
  }

  private static String rule(Made made) {
    return made instanceof Made.Refused(String rule) ? rule : "";
  }

  @Test
  void whoeverIsInvitedMakesTheirOwnFactorsAndIsIn() throws Exception {
    Made.Link link = link("Eva");
    String ticket = premises.ticket(link);
    assertThat(invites().joining(ticket)).contains("Eva");
    People.Enrolment shown = ((Step.Drafted) invites().password(ticket, password())).enrolment();
    assertThat(premises.people().list(premises.console)).hasSize(1);
    Step.Joined joined = (Step.Joined) invites().confirm(PAGE, ticket, premises.code(shown));
    assertThat(premises.people().session(PAGE, joined.in().secret()).orElseThrow().held())
        .containsExactly(Role.RADIOLOGIST);
    assertThat(premises.details())
        .contains("account added: Eva (radiologist), invited by root")
        .last()
        .isEqualTo("signed in with password and a code");
    assertThat(premises.tryIn(PAGE, shown)).isInstanceOf(People.SignIn.SignedIn.class);
  }

  @Test
  void aCodeThatJoinedDoesNotSignIn() throws Exception {
    String ticket = premises.ticket(link("eva"));
    People.Enrolment shown = ((Step.Drafted) invites().password(ticket, password())).enrolment();
    String code = premises.code(shown);
    assertThat(invites().confirm(PAGE, ticket, code)).isInstanceOf(Step.Joined.class);
    assertThat(premises.people().signIn(PAGE, "eva", password(), code))
        .isEqualTo(new People.SignIn.Refused());
  }

  @Test
  void aPasskeyAloneJoinsAndNeverAPasswordAfterIt() throws Exception {
    String ticket = premises.ticket(link("eva"));
    SoftAuthenticator phone = new SoftAuthenticator(SoftAuthenticator.Kind.ES256);
    Passkeys.Question asked = invites().adding(ticket, HOST).orElseThrow();
    Step step = invites().passkey(PAGE, ticket, HOST, asked.ticket(), "phone", phone.make(asked));
    String secret = ((Step.Joined) step).in().secret();
    assertThat(premises.details()).last().isEqualTo("signed in with a passkey");
    assertThat(premises.people().list(premises.console).getLast().factors())
        .containsExactly(People.Factor.PASSKEY);
    for (String tried : List.of("", Premises.PASSWORD)) {
      assertThat(premises.people().signIn(ELSEWHERE, "eva", tried.toCharArray(), "000000"))
          .isEqualTo(new People.SignIn.Refused());
    }
    Caller.Person eva = premises.people().session(PAGE, secret).orElseThrow();
    OwnAccount own = premises.identities().ownAccount();
    String only = own.of(eva).passkeys().getFirst().name();
    assertThat(own.of(eva).password()).isFalse();
    assertThat(own.remove(eva, secret, only).orElseThrow()).contains("only way in");
  }

  @Test
  void aSecondFactorOfAnotherKindIsMadeAtOnce() throws Exception {
    String ticket = premises.ticket(link("eva"));
    SoftAuthenticator phone = new SoftAuthenticator(SoftAuthenticator.Kind.ES256);
    Passkeys.Question asked = invites().adding(ticket, HOST).orElseThrow();
    Step step = invites().passkey(PAGE, ticket, HOST, asked.ticket(), "phone", phone.make(asked));
    People.SignIn.SignedIn in = ((Step.Joined) step).in();
    OwnPassword password = premises.identities().ownPassword();
    assertThat(password.draft(in.caller(), in.secret(), password())).isEmpty();
    People.Enrolment shown = password.drafted(in.secret()).orElseThrow();
    assertThat(password.confirm(in.caller(), in.secret(), "000000")).isPresent();
    assertThat(password.confirm(in.caller(), in.secret(), premises.code(shown))).isEmpty();
    assertThat(premises.tryIn(PAGE, shown)).isInstanceOf(People.SignIn.SignedIn.class);
    OwnAccount.Own own = premises.identities().ownAccount().of(in.caller());
    assertThat(own.password()).isTrue();
    assertThat(own.recoveryCodesLeft()).isEqualTo(10);
    assertThat(own.passkeys()).hasSize(1);
  }

  @Test
  void aNewPasswordEndsTheOtherSessionsAndNeedsAFreshFactor() throws Exception {
    People.Enrolment eva = premises.add("eva", Role.AUDITOR);
    People.SignIn.SignedIn one = premises.in(eva);
    People.SignIn.SignedIn other = premises.in(eva);
    OwnPassword password = premises.identities().ownPassword();
    char[] fresh = "quiet lantern 61 pelican".toCharArray();
    assertThat(password.draft(one.caller(), one.secret(), fresh)).isEmpty();
    assertThat(fresh).containsOnly('\0');
    String code = premises.code(password.drafted(one.secret()).orElseThrow());
    assertThat(password.confirm(one.caller(), one.secret(), code)).isEmpty();
    assertThat(premises.people().session(PAGE, one.secret())).isPresent();
    assertThat(premises.people().session(PAGE, other.secret())).isEmpty();
    assertThat(premises.tryIn(PAGE, eva)).isEqualTo(new People.SignIn.Refused());
    premises.clock.turn(Duration.ofMinutes(6));
    assertThat(password.draft(one.caller(), one.secret(), password()))
        .contains("Prove that it is you first.");
  }

  @Test
  void wrongUsedEndedAndTakenBackLinksAnswerAlike() throws Exception {
    Opened.Wrong wrong = new Opened.Wrong();
    Made.Link used = link("eva");
    premises.joined(used);
    assertThat(invites().open(PAGE, used.secret())).isEqualTo(wrong);
    Made.Link back = link("max");
    assertThat(invites().takeBack(premises.console, "MAX")).isEqualTo(new Ruling.Done("max"));
    assertThat(invites().open(ELSEWHERE, back.secret())).isEqualTo(wrong);
    Made.Link replaced = link("tom");
    Made.Link ended = link("tom");
    assertThat(invites().open(ELSEWHERE, replaced.secret())).isEqualTo(wrong);
    premises.clock.turn(Invites.TTL.minusMillis(1));
    assertThat(invites().open(PAGE, ended.secret())).isInstanceOf(Opened.Ticket.class);
    premises.clock.turn(Duration.ofMillis(1));
    assertThat(invites().open(PAGE, ended.secret())).isEqualTo(wrong);
    assertThat(invites().list(premises.console)).isEmpty();
  }

  @Test
  void whoGuessesLinksIsSlowedBySourceAlone() throws Exception {
    Made.Link link = link("eva");
    for (int i = 0; i < 3; i++) {
      assertThat(invites().open(ELSEWHERE, "guess" + i)).isEqualTo(new Opened.Wrong());
    }
    assertThat(invites().open(ELSEWHERE, link.secret())).isInstanceOf(Opened.Slowed.class);
    assertThat(invites().open(PAGE, link.secret())).isInstanceOf(Opened.Ticket.class);
    premises.clock.turn(Duration.ofSeconds(3));
    assertThat(invites().open(ELSEWHERE, link.secret())).isInstanceOf(Opened.Ticket.class);
  }

  @Test
  void ofTwoBrowsersTheOneThatOpenedItLastJoins() throws Exception {
    Made.Link link = link("eva");
    String first = premises.ticket(link);
    String last = premises.ticket(link);
    assertThat(invites().joining(first)).isEmpty();
    assertThat(invites().password(first, password())).isEqualTo(new Step.Ended());
    assertThat(invites().password(last, password())).isInstanceOf(Step.Drafted.class);
    premises.clock.turn(Joins.TTL);
    assertThat(invites().drafted(last)).isEmpty();
  }

  @Test
  void withoutTheCodeOfTheSecondFactorThereIsNoAccountAndNoSession() throws Exception {
    String ticket = premises.ticket(link("eva"));
    assertThat(invites().confirm(PAGE, ticket, "000000")).isEqualTo(new Step.Ended());
    People.Enrolment shown = ((Step.Drafted) invites().password(ticket, password())).enrolment();
    assertThat(invites().confirm(PAGE, ticket, "12345")).isInstanceOf(Step.Refused.class);
    String late = Totp.code(Premises.secret(shown), Totp.step(premises.clock.millis()) + 8);
    assertThat(((Step.Refused) invites().confirm(PAGE, ticket, late)).rule())
        .contains("clock of your device");
    assertThat(premises.people().list(premises.console)).hasSize(1);
  }

  @Test
  void badNamesPasswordsAndRolesAreRefusedWithARule() throws Exception {
    for (String name : new String[] {"", "a b", "a/b", "é", "x".repeat(65), "a\u0000", "ａｄａ"}) {
      assertThat(rule(invite(name, Role.AUDITOR))).startsWith("A name is 1 to 64");
    }
    assertThat(rule(invite("bob"))).isEqualTo("Name at least one role.");
    assertThat(rule(invite("ADA", Role.AUDITOR))).contains("already");
    String ticket = premises.ticket(link("bob"));
    for (String weak : List.of("short", "x".repeat(300), "password1234")) {
      assertThat(invites().password(ticket, weak.toCharArray())).isInstanceOf(Step.Refused.class);
    }
    assertThat(rule(new Premises().invites().invite(premises.console, "x", Set.of(Role.AUDITOR))))
        .isEqualTo("Set the archive up first.");
  }

  @Test
  void whoWasDisabledInvitesNobodyAndIsInvitedByNobody() throws Exception {
    Caller.Person bea = premises.in(premises.add("bea", Role.ADMINISTRATOR)).caller();
    Made.Link theirs = (Made.Link) invites().invite(bea, "eva", Set.of(Role.RADIOLOGIST));
    premises.people().disable(premises.console, "bea");
    assertThat(invites().open(PAGE, theirs.secret())).isEqualTo(new Opened.Wrong());
    Made.Link again = premises.recovered("bea");
    premises.people().disable(premises.console, "bea");
    assertThat(invites().open(ELSEWHERE, again.secret())).isEqualTo(new Opened.Wrong());
  }

  @Test
  void ofManyWhoJoinByOneLinkAtOnceOneDoes() throws Exception {
    String ticket = premises.ticket(link("eva"));
    People.Enrolment shown = ((Step.Drafted) invites().password(ticket, password())).enrolment();
    String code = premises.code(shown);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var joins =
          IntStream.range(0, 6)
              .<Callable<Step>>mapToObj(_ -> () -> invites().confirm(PAGE, ticket, code))
              .toList();
      int joined = 0;
      for (var each : threads.invokeAll(joins)) {
        joined += each.get() instanceof Step.Joined ? 1 : 0;
      }
      assertThat(joined).isEqualTo(1);
    }
  }

  @Test
  void aLinkSurvivesARestartAndIsKeptAsAHash() throws Exception {
    Made.Link link = link("eva");
    premises.reopen();
    assertThat(invites().list(premises.console)).hasSize(1);
    assertThat(invites().open(PAGE, link.secret())).isInstanceOf(Opened.Ticket.class);
    assertThat(premises.registry.list(InviteRecord.KIND).getFirst().toString())
        .doesNotContain(link.secret());
  }
}
