package leadglass.archive;

import static leadglass.archive.Premises.ELSEWHERE;
import static leadglass.archive.Premises.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import leadglass.archive.People.SignIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final Premises premises = new Premises();
  private People.Enrolment eva;

  @BeforeEach
  void found() throws IOException {
    premises.founded();
    eva = premises.add("eva", Role.ADMINISTRATOR, Role.RADIOLOGIST);
  }

  private boolean alive(String secret) {
    return premises.people().session(PAGE, secret).isPresent();
  }

  @Test
  void aSessionEndsAfterFifteenIdleMinutes() throws Exception {
    String secret = premises.in(eva).secret();
    premises.clock.turn(Duration.ofMinutes(15).minusMillis(1));
    assertThat(alive(secret)).isTrue();
    premises.clock.turn(Duration.ofMinutes(15));
    assertThat(alive(secret)).isFalse();
    premises.clock.turn(Duration.ofMinutes(-15));
    assertThat(alive(secret)).isFalse();
  }

  @Test
  void aSessionEndsAfterTwelveHoursHoweverBusy() throws Exception {
    String secret = premises.in(eva).secret();
    for (int minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
      premises.clock.turn(Duration.ofMinutes(10));
      assertThat(alive(secret)).isTrue();
    }
    premises.clock.turn(Duration.ofMinutes(10));
    assertThat(alive(secret)).isFalse();
  }

  @Test
  void everySignInHasASecretOfItsOwnOf256Bits() throws Exception {
    String first = premises.in(eva).secret();
    String second = premises.in(eva).secret();
    assertThat(first).hasSize(43).isNotEqualTo(second);
    assertThat(alive(first)).isTrue();
    assertThat(alive(second)).isTrue();
  }

  @Test
  void aSecretThatIsNoneIsNobodys() {
    assertThat(alive("")).isFalse();
    assertThat(alive("x".repeat(43))).isFalse();
    assertThat(alive("é".repeat(100_000))).isFalse();
  }

  @Test
  void aSessionTellsWhereEachRequestCameFrom() throws Exception {
    String secret = premises.in(eva).secret();
    assertThat(premises.people().session(ELSEWHERE, secret).orElseThrow().origin())
        .isEqualTo(ELSEWHERE);
  }

  @Test
  void signingOutEndsIt() throws Exception {
    String secret = premises.in(eva).secret();
    premises.people().signOut(PAGE, secret);
    assertThat(alive(secret)).isFalse();
    assertThat(premises.details().getLast()).isEqualTo("signed out");
    int entries = premises.trail.size();
    premises.people().signOut(PAGE, secret);
    assertThat(premises.trail).hasSize(entries);
  }

  @Test
  void disablingEndsItAtOnce() throws Exception {
    String secret = premises.in(eva).secret();
    assertThat(premises.people().disable(premises.console, "eva")).isEmpty();
    assertThat(alive(secret)).isFalse();
  }

  @Test
  void resettingEndsItAtOnce() throws Exception {
    String secret = premises.in(eva).secret();
    premises.recovered("eva");
    assertThat(alive(secret)).isFalse();
  }

  @Test
  void anotherHatIsWornAndRecorded() throws Exception {
    SignIn.SignedIn in = premises.in(eva);
    assertThat(in.caller().hat()).isEqualTo(Role.RADIOLOGIST);
    assertThat(premises.people().wear(in.caller(), in.secret(), Role.ADMINISTRATOR)).isTrue();
    assertThat(premises.people().session(PAGE, in.secret()).orElseThrow().hat())
        .isEqualTo(Role.ADMINISTRATOR);
    assertThat(premises.trail.getLast())
        .isEqualTo(
            new Premises.Entry(
                new AuditTrail.Who("person", "eva", "administrator"),
                PAGE,
                true,
                "hat changed from radiologist"));
  }

  @Test
  void aChangeOfHatCanTakeANewSecret() throws Exception {
    SignIn.SignedIn in = premises.in(eva);
    SignIn.SignedIn other =
        premises.people().changeHat(in.caller(), in.secret(), Role.ADMINISTRATOR).orElseThrow();
    assertThat(alive(in.secret())).isFalse();
    assertThat(premises.people().session(PAGE, other.secret())).contains(other.caller());
    assertThat(other.caller().hat()).isEqualTo(Role.ADMINISTRATOR);
    premises.clock.turn(Duration.ofHours(12).minusMinutes(1));
    assertThat(alive(other.secret())).isFalse();
  }

  @Test
  void aHatNotHeldAndASessionOfSomebodyElseAreRefused() throws Exception {
    SignIn.SignedIn in = premises.in(eva);
    SignIn.SignedIn other = premises.in(premises.add("max", Role.TECHNOLOGIST));
    assertThat(premises.people().wear(in.caller(), in.secret(), Role.AUDITOR)).isFalse();
    assertThat(premises.people().wear(other.caller(), in.secret(), Role.ADMINISTRATOR)).isFalse();
    assertThat(premises.people().wear(in.caller(), "nothing", Role.ADMINISTRATOR)).isFalse();
    assertThat(premises.people().session(PAGE, in.secret()).orElseThrow().hat())
        .isEqualTo(Role.RADIOLOGIST);
    assertThat(premises.trail).anyMatch(entry -> !entry.success());
  }

  @Test
  void onePersonHasABoundedNumberOfSessions() {
    HandClock clock = new HandClock();
    Sessions sessions = new Sessions(clock, new Secrets(new SecureRandom()));
    List<String> secrets = new ArrayList<>();
    String other = sessions.begin("max", 1, Role.TECHNOLOGIST);
    for (int i = 0; i < 3 * Sessions.PER_PERSON_MAX; i++) {
      secrets.add(sessions.begin("eva", 1, Role.RADIOLOGIST));
    }
    assertThat(sessions.count()).isEqualTo(Sessions.PER_PERSON_MAX + 1);
    assertThat(sessions.touch(secrets.getFirst())).isEmpty();
    assertThat(sessions.touch(secrets.getLast())).isPresent();
    assertThat(sessions.touch(other)).isPresent();
  }

  @Test
  void thereIsABoundedNumberOfSessionsInAll() {
    Sessions sessions = new Sessions(new HandClock(), new Secrets(new SecureRandom()));
    for (int i = 0; i < Sessions.COUNT_MAX + 20; i++) {
      sessions.begin("person" + i, 1, Role.RADIOLOGIST);
    }
    assertThat(sessions.count()).isEqualTo(Sessions.COUNT_MAX);
  }
}
