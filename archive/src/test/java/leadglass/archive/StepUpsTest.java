package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static leadglass.archive.Premises.password;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import leadglass.archive.People.SignIn;
import leadglass.archive.StepUps.StepUp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Factors proved again, clocks that are off, recovery codes made anew, and signing out everywhere.
class StepUpsTest {
  private final Premises premises = new Premises();
  private People.Enrolment eva;
  private SignIn.SignedIn in;

  @BeforeEach
  void signIn() throws IOException {
    premises.founded();
    eva = premises.add("eva", Role.RADIOLOGIST);
    in = premises.in(eva);
  }

  private StepUps stepUps() {
    return premises.identities().stepUps();
  }

  private OwnAccount own() {
    return premises.identities().ownAccount();
  }

  private String codeOff(Duration by) {
    long millis = premises.clock.millis() + by.toMillis();
    return Totp.code(Premises.secret(eva), Totp.step(millis));
  }

  @Test
  void aSignInIsFreshForFiveMinutesHoweverBusy() {
    assertThat(stepUps().fresh(in.secret())).isTrue();
    premises.clock.turn(Duration.ofMinutes(3));
    assertThat(premises.people().session(PAGE, in.secret())).isPresent();
    premises.clock.turn(Duration.ofMinutes(2).minusMillis(1));
    assertThat(stepUps().fresh(in.secret())).isTrue();
    premises.clock.turn(Duration.ofMillis(1));
    assertThat(stepUps().fresh(in.secret())).isFalse();
    premises.clock.turn(Duration.ofMinutes(-6));
    assertThat(stepUps().fresh(in.secret())).isFalse();
    assertThat(stepUps().fresh("no such secret")).isFalse();
  }

  @Test
  void aCodeMakesASessionFreshUnderAnotherSecretAndWorksOnce() throws Exception {
    premises.clock.turn(Duration.ofMinutes(6));
    String code = premises.code(eva);
    StepUp.Proved proved = (StepUp.Proved) stepUps().code(in.caller(), in.secret(), code);
    assertThat(proved.toString()).isEqualTo("Proved[]");
    assertThat(stepUps().fresh(proved.secret())).isTrue();
    assertThat(premises.people().session(PAGE, in.secret())).isEmpty();
    assertThat(premises.details().getLast()).isEqualTo("stepped up with a code");
    assertThat(stepUps().code(in.caller(), proved.secret(), code))
        .isEqualTo(new StepUp.Refused("That code is not right."));
  }

  @Test
  void aRecoveryCodeStepsUpOnce() throws Exception {
    String code = eva.recoveryCodes().getFirst();
    StepUp.Proved proved = (StepUp.Proved) stepUps().code(in.caller(), in.secret(), code);
    assertThat(premises.details().getLast()).isEqualTo("stepped up with a recovery code, 9 left");
    assertThat(stepUps().code(in.caller(), proved.secret(), code))
        .isInstanceOf(StepUp.Refused.class);
  }

  @Test
  void theFifthWrongCodeEndsTheSession() throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThat(stepUps().code(in.caller(), in.secret(), "000000"))
          .isEqualTo(new StepUp.Refused("That code is not right."));
      premises.clock.turn(Duration.ofMinutes(2));
    }
    assertThat(premises.people().session(PAGE, in.secret())).isPresent();
    assertThat(stepUps().code(in.caller(), in.secret(), "000000")).isEqualTo(new StepUp.Ended());
    assertThat(premises.people().session(PAGE, in.secret())).isEmpty();
    assertThat(premises.details().getLast()).isEqualTo("session ended after 5 wrong codes");
  }

  @Test
  void wrongCodesAreSlowed() throws Exception {
    for (int i = 0; i < 3; i++) {
      stepUps().code(in.caller(), in.secret(), "000000");
    }
    assertThat(stepUps().code(in.caller(), in.secret(), premises.code(eva)))
        .isInstanceOf(StepUp.Proved.class); // half a minute later
    for (int i = 0; i < 3; i++) {
      stepUps().code(in.caller(), in.secret(), "000000");
    }
    assertThat(stepUps().code(in.caller(), in.secret(), "000000"))
        .isEqualTo(new StepUp.Refused("Too many tries. Try again in 2 seconds."));
  }

  @Test
  void aClockThatIsOffIsNamedOnlyAfterTheRightPassword() throws Exception {
    premises.clock.turn(Duration.ofHours(1));
    People people = premises.people();
    SignIn slow = people.signIn(PAGE, "eva", password(), codeOff(Duration.ofMinutes(-4)));
    assertThat(slow).isInstanceOf(SignIn.ClockOff.class);
    assertThat(((SignIn.ClockOff) slow).rule())
        .contains("about 4 minutes behind")
        .doesNotContain("password");
    premises.clock.turn(Duration.ofMinutes(1));
    SignIn fast = people.signIn(PAGE, "eva", password(), codeOff(Duration.ofMinutes(9)));
    assertThat(((SignIn.ClockOff) fast).rule()).contains("about 9 minutes ahead");
    premises.clock.turn(Duration.ofMinutes(5));
    assertThat(people.signIn(PAGE, "eva", "wrong".toCharArray(), codeOff(Duration.ofMinutes(-4))))
        .isEqualTo(new SignIn.Refused());
    premises.clock.turn(Duration.ofMinutes(5));
    assertThat(people.signIn(PAGE, "eva", password(), codeOff(Duration.ofMinutes(12))))
        .isEqualTo(new SignIn.Refused());
    assertThat(premises.details()).contains("sign-in refused: code of another time");
  }

  @Test
  void aCodeThatWasUsedIsNoSignOfAClock() throws Exception {
    String used = codeOff(Duration.ZERO);
    premises.clock.turn(Duration.ofMinutes(3));
    assertThat(premises.people().signIn(PAGE, "eva", password(), used))
        .isEqualTo(new SignIn.Refused());
  }

  @Test
  void aDisabledAccountLearnsNothingOfClocks() throws Exception {
    premises.people().disable(premises.console, "eva");
    premises.clock.turn(Duration.ofHours(1));
    assertThat(premises.people().signIn(PAGE, "eva", password(), codeOff(Duration.ofMinutes(-4))))
        .isEqualTo(new SignIn.Refused());
  }

  @Test
  void wrongCodesOfAnotherTimeAreSlowedLikeAny() throws Exception {
    premises.clock.turn(Duration.ofHours(1));
    String code = codeOff(Duration.ofMinutes(-4));
    for (int i = 0; i < 3; i++) {
      assertThat(premises.people().signIn(PAGE, "eva", password(), code))
          .isInstanceOf(SignIn.ClockOff.class);
    }
    assertThat(premises.people().signIn(PAGE, "eva", password(), code))
        .isInstanceOf(SignIn.TooSoon.class);
  }

  @Test
  void freshRecoveryCodesEndTheOldOnes() throws Exception {
    List<String> codes = own().recoveryCodes(in.caller(), in.secret()).orElseThrow();
    assertThat(codes).hasSize(10).doesNotContainAnyElementsOf(eva.recoveryCodes());
    assertThat(premises.details().getLast()).isEqualTo("recovery codes made anew");
    People people = premises.people();
    assertThat(people.signIn(PAGE, "eva", password(), eva.recoveryCodes().getFirst()))
        .isEqualTo(new SignIn.Refused());
    assertThat(people.signIn(PAGE, "eva", password(), codes.getFirst()))
        .isInstanceOf(SignIn.SignedIn.class);
    assertThat(own().of(in.caller()).recoveryCodesLeft()).isEqualTo(9);
    premises.clock.turn(Duration.ofMinutes(5));
    assertThat(own().recoveryCodes(in.caller(), in.secret())).isEmpty();
    assertThat(own().remove(in.caller(), in.secret(), "none")).contains(StepUps.FRESH_NEEDED);
  }

  @Test
  void signingOutEverywhereEndsEverySessionOfOneselfAlone() throws Exception {
    SignIn.SignedIn second = premises.in(eva);
    SignIn.SignedIn bob = premises.in(premises.add("bob", Role.RADIOLOGIST));
    assertThat(own().of(in.caller()).sessions()).isEqualTo(2);
    own().signOutEverywhere(in.caller());
    assertThat(premises.people().session(PAGE, in.secret())).isEmpty();
    assertThat(premises.people().session(PAGE, second.secret())).isEmpty();
    assertThat(premises.people().session(PAGE, bob.secret())).isPresent();
    assertThat(premises.details().getLast()).isEqualTo("signed out everywhere");
  }

  @Test
  void anAdministratorEndsSomebodysSessions() throws Exception {
    assertThat(premises.people().signOut(in.caller(), "eva")).contains("You may not do this.");
    assertThat(premises.people().signOut(premises.console, "nobody")).isPresent();
    assertThat(premises.people().signOut(premises.console, "EVA")).isEmpty();
    assertThat(premises.people().session(PAGE, in.secret())).isEmpty();
    assertThat(premises.tryIn(PAGE, eva)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void aRecordOfBeforePasskeysIsRead() throws Exception {
    String old =
        new String(
                premises.registry.find("person", "eva").orElseThrow().document(),
                java.nio.charset.StandardCharsets.UTF_8)
            .replaceAll(",\"handle\":null", "")
            .replaceAll(",\"passkeys\":\\[\\]", "");
    assertThat(old).doesNotContain("passkeys").doesNotContain("handle");
    long version = premises.registry.find("person", "eva").orElseThrow().version();
    premises.registry.put(
        "person", "eva", version, old.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    premises.reopen();
    assertThat(premises.tryIn(PAGE, eva)).isInstanceOf(SignIn.SignedIn.class);
    assertThat(own().of(in.caller()).passkeys()).isEmpty();
  }
}
