package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Recoveries.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class RecoveriesTest {
  private final Premises premises = new Premises();
  private People.Enrolment first;
  private Caller.Person ada;

  @BeforeEach
  void found() throws IOException {
    first = premises.founded();
    ada = premises.in(first).caller();
  }

  private Recoveries recoveries() {
    return premises.identities().recoveries();
  }

  private Outcome recover(String name) throws IOException {
    return recoveries().recover(premises.console, name);
  }

  private void turn(Duration time) throws IOException {
    premises.clock.turn(time);
    premises.identities().sweep();
  }

  @Test
  void twoSheetsGiveALinkAtOnceAndEndWhatWasThere() throws Exception {
    People.Enrolment eva = premises.add("eva", Role.RADIOLOGIST);
    String session = premises.in(eva).secret();
    Tokens.Made.Token token =
        (Tokens.Made.Token)
            premises
                .tokens()
                .create(premises.console, "eva", Set.of(Caller.Scope.READ), Duration.ofHours(1));
    Invites.Made.Link link = premises.recovered("EVA");
    assertThat(premises.people().session(PAGE, session)).isEmpty();
    assertThat(premises.tokens().verify(PAGE, token.secret())).isEmpty();
    assertThat(premises.tryIn(PAGE, eva)).isEqualTo(new People.SignIn.Refused());
    People.Enrolment fresh = premises.joined(link);
    assertThat(premises.in(fresh).caller().held()).containsExactly(Role.RADIOLOGIST);
    assertThat(premises.tokens().verify(PAGE, token.secret())).isEmpty();
    assertThat(premises.events).contains(new ArchiveEvent.Recovered("eva"));
  }

  @Test
  void sheetsOfAnotherKeyOrMistypedOnesGiveNothing() throws Exception {
    People.Enrolment eva = premises.add("eva", Role.RADIOLOGIST);
    byte[] other = new byte[RecoverySheet.KEY_BYTES];
    List<EscrowSheet> sheets = EscrowSheet.of(other, new java.security.SecureRandom());
    String one = String.join(" ", sheets.get(0).groups());
    String two = String.join(" ", sheets.get(1).groups());
    assertThat(recoveries().recover(premises.console, "eva", one, two))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(recoveries().recover(premises.console, "eva", one, one))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(recoveries().recover(ada, "eva", one, two)).isInstanceOf(Outcome.Refused.class);
    assertThat(premises.tryIn(PAGE, eva)).isInstanceOf(People.SignIn.SignedIn.class);
  }

  @Test
  void anotherAdministratorConfirmsItAndUntilThenNothingEnds() throws Exception {
    People.Enrolment eva = premises.add("eva", Role.RADIOLOGIST);
    assertThat(recover("eva")).isEqualTo(new Outcome.Waits(Optional.empty()));
    assertThat(premises.events).contains(new ArchiveEvent.RecoveryAsked("eva"));
    Caller.Person in = premises.in(eva).caller();
    assertThat(recoveries().confirm(in, "eva")).isEqualTo(new Ruling.NotThere());
    assertThat(recoveries().confirm(premises.console, "eva")).isEqualTo(new Ruling.NotThere());
    turn(Duration.ofDays(3));
    assertThat(recover("eva")).isInstanceOf(Outcome.Waits.class);
    assertThat(recoveries().confirm(ada, "eva")).isEqualTo(new Ruling.Done("eva"));
    assertThat(premises.tryIn(PAGE, eva)).isInstanceOf(People.SignIn.SignedIn.class);
    Outcome.Link link = (Outcome.Link) recover("eva");
    assertThat(premises.tryIn(PAGE, eva)).isEqualTo(new People.SignIn.Refused());
    assertThat(premises.in(premises.joined(link.link()))).isNotNull();
    assertThat(premises.details()).contains("account recovered: eva, confirmed by ada");
  }

  @Test
  void whoIsAloneWaitsADayInWhichEverybodyIsTold() throws Exception {
    Caller.Person eva = premises.in(premises.add("eva", Role.AUDITOR)).caller();
    long due = premises.clock.millis() + Duration.ofDays(1).toMillis();
    assertThat(recover("ada")).isEqualTo(new Outcome.Waits(Optional.of(due)));
    assertThat(recoveries().list(eva)).hasSize(1);
    assertThat(recoveries().list(new Caller.Stranger(PAGE))).isEmpty();
    Caller program = new Caller.Program("id", "eva", Set.of(Role.AUDITOR), Set.of(), PAGE);
    assertThat(recoveries().list(program)).isEmpty();
    turn(Recoveries.LONE_WAIT.minusMillis(1));
    assertThat(recover("ada")).isInstanceOf(Outcome.Waits.class);
    turn(Duration.ofMillis(1));
    assertThat(recover("ada")).isInstanceOf(Outcome.Link.class);
  }

  @Test
  void nobodyConfirmsTheirOwnAndWhoeverStillHasTheirFactorsStopsIt() throws Exception {
    Caller.Person bea = premises.in(premises.add("bea", Role.ADMINISTRATOR)).caller();
    recover("bea");
    assertThat(recoveries().confirm(bea, "bea")).isInstanceOf(Ruling.Refused.class);
    assertThat(recoveries().takeBack(bea, "bea")).isEqualTo(new Ruling.Done("bea"));
    assertThat(recoveries().confirm(ada, "bea")).isEqualTo(new Ruling.NotThere());
    Caller.Person eva = premises.in(premises.add("eva", Role.AUDITOR)).caller();
    recover("bea");
    assertThat(recoveries().takeBack(eva, "bea")).isEqualTo(new Ruling.NotThere());
    assertThat(recoveries().takeBack(ada, "bea")).isEqualTo(new Ruling.Done("bea"));
  }

  @Test
  void aConfirmedOneIsFetchedWithinThreeDaysOrNotAtAll() throws Exception {
    premises.add("eva", Role.AUDITOR);
    recover("eva");
    recoveries().confirm(ada, "eva");
    turn(Recoveries.GOOD);
    assertThat(recover("eva")).isInstanceOf(Outcome.Waits.class);
    assertThat(recover("nobody")).isEqualTo(new Outcome.Refused(People.UNKNOWN));
  }

  @Test
  void theSessionOfARecoveredAdministratorDiesWithTheLinkAndNotBefore() throws Exception {
    String session = premises.in(first).secret();
    recover("ada");
    turn(Duration.ofMinutes(10));
    assertThat(premises.people().session(PAGE, session)).isPresent();
    premises.recovered("ada");
    assertThat(premises.people().session(PAGE, session)).isEmpty();
  }
}
