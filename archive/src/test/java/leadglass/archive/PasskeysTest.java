package leadglass.archive;

import static leadglass.archive.Premises.ELSEWHERE;
import static leadglass.archive.Premises.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import leadglass.archive.People.SignIn;
import leadglass.archive.SoftAuthenticator.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PasskeysTest {
  private static final Passkeys.Host HOST =
      new Passkeys.Host("localhost", "https://localhost:8443");
  private static final String BROWSER = "a browser's secret";

  private final Premises premises = new Premises();
  private final SoftAuthenticator phone = new SoftAuthenticator(Kind.ES256);
  private People.Enrolment eva;
  private SignIn.SignedIn in;

  @BeforeEach
  void signIn() throws IOException {
    premises.founded();
    eva = premises.add("eva", Role.RADIOLOGIST);
    in = premises.in(eva);
  }

  private Passkeys passkeys() {
    return premises.identities().passkeys();
  }

  private OwnAccount.Own own() {
    return premises.identities().ownAccount().of(in.caller());
  }

  private Optional<String> add(SoftAuthenticator authenticator) throws IOException {
    Passkeys.Question question = passkeys().adding(in.caller(), in.secret(), HOST).orElseThrow();
    Passkeys.Attested made = authenticator.make(question);
    return passkeys().add(in.caller(), in.secret(), HOST, question.ticket(), "My phone", made);
  }

  private SignIn tryIn(SoftAuthenticator authenticator) throws IOException {
    Passkeys.Question question = passkeys().signingIn(HOST, BROWSER);
    return tryIn(question, authenticator.sign(question));
  }

  private SignIn tryIn(Passkeys.Question question, Passkeys.Asserted signed) throws IOException {
    return passkeys().signIn(PAGE, HOST, BROWSER, question.ticket(), signed);
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "EDDSA", "RS256"})
  void aPasskeySignsInWithoutANameOrACode(Kind kind) throws Exception {
    SoftAuthenticator authenticator = new SoftAuthenticator(kind);
    assertThat(add(authenticator)).isEmpty();
    assertThat(premises.details().getLast()).startsWith("passkey added: ");
    assertThat(authenticator.handle).hasSize(32);
    premises.reopen();
    SignIn.SignedIn again = (SignIn.SignedIn) tryIn(authenticator);
    assertThat(again.caller().name()).isEqualTo("eva");
    assertThat(premises.people().session(PAGE, again.secret())).contains(again.caller());
    assertThat(premises.trail.getLast().detail()).isEqualTo("signed in with a passkey");
    OwnAccount.Passkey seen = own().passkeys().getFirst();
    assertThat(seen.label()).isEqualTo("My phone");
    assertThat(seen.host()).isEqualTo("localhost");
    assertThat(seen.usedMillis()).contains(premises.clock.millis());
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256_SHORT", "ES384"})
  void keysThatAreTooShortOrOfOtherAlgorithmsAreRefused(Kind kind) throws Exception {
    assertThat(add(new SoftAuthenticator(kind))).isPresent();
    assertThat(own().passkeys()).isEmpty();
  }

  @Test
  void aPasskeyIsNotAddedWithoutAFreshFactor() throws Exception {
    Passkeys.Question question = passkeys().adding(in.caller(), in.secret(), HOST).orElseThrow();
    premises.clock.turn(Duration.ofMinutes(5));
    assertThat(premises.people().session(PAGE, in.secret())).isPresent();
    assertThat(passkeys().adding(in.caller(), in.secret(), HOST)).isEmpty();
    assertThat(
            passkeys()
                .add(
                    in.caller(),
                    in.secret(),
                    HOST,
                    question.ticket(),
                    "Phone",
                    phone.make(question)))
        .contains("Prove that it is you first.");
  }

  @Test
  void whatWasMadeForAnotherQuestionIsNotAdded() throws Exception {
    Passkeys.Question question = passkeys().adding(in.caller(), in.secret(), HOST).orElseThrow();
    Passkeys.Question other = passkeys().adding(in.caller(), in.secret(), HOST).orElseThrow();
    Passkeys.Attested made = phone.make(question);
    assertThat(passkeys().add(in.caller(), in.secret(), HOST, other.ticket(), "Phone", made))
        .isPresent();
    SignIn.SignedIn second = premises.in(eva);
    assertThat(
            passkeys()
                .add(second.caller(), second.secret(), HOST, question.ticket(), "Phone", made))
        .isPresent();
    assertThat(own().passkeys()).isEmpty();
  }

  @Test
  void withoutVerifyingItsUserOrForAnotherNameNothingIsAdded() throws Exception {
    phone.verifies = false;
    assertThat(add(phone)).isPresent();
    phone.verifies = true;
    phone.origin = "https://localhost:9443";
    assertThat(add(phone)).isPresent();
    phone.origin = HOST.origin();
    phone.host = "example.org";
    assertThat(add(phone)).isPresent();
    phone.host = "localhost";
    phone.crossOrigin = true;
    assertThat(add(phone)).isPresent();
    phone.crossOrigin = false;
    assertThat(add(phone)).isEmpty();
  }

  @Test
  void anIdIsOneAccountsAlone() throws Exception {
    assertThat(add(phone)).isEmpty();
    assertThat(add(phone)).isPresent();
    in = premises.in(premises.add("bob", Role.RADIOLOGIST));
    assertThat(add(phone)).isPresent();
    assertThat(own().passkeys()).isEmpty();
  }

  @Test
  void ofManyWhoBringOneIdAtOnceOneKeepsIt() throws Exception {
    List<SignIn.SignedIn> people = new java.util.ArrayList<>();
    for (int i = 0; i < 6; i++) {
      people.add(premises.in(premises.add("p" + i, Role.RADIOLOGIST)));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tries =
          people.stream()
              .<Callable<Boolean>>map(person ->
                  () -> {
                    SoftAuthenticator same = new SoftAuthenticator(Kind.ES256);
                    same.id = phone.id;
                    Passkeys.Question question =
                        passkeys().adding(person.caller(), person.secret(), HOST).orElseThrow();
                    return passkeys()
                        .add(
                            person.caller(),
                            person.secret(),
                            HOST,
                            question.ticket(),
                            "Phone",
                            same.make(question))
                        .isEmpty();
                  })
              .toList();
      int added = 0;
      for (var result : threads.invokeAll(tries)) {
        added += result.get() ? 1 : 0;
      }
      assertThat(added).isEqualTo(1);
    }
  }

  @Test
  void anAccountHasTenPasskeysAtMost() throws Exception {
    for (int i = 0; i < Passkeys.COUNT_MAX; i++) {
      assertThat(add(new SoftAuthenticator(Kind.EDDSA))).isEmpty();
    }
    assertThat(add(phone)).hasValueSatisfying(rule -> assertThat(rule).contains("at most 10"));
  }

  @Test
  void aChallengeWorksOnce() throws Exception {
    assertThat(add(phone)).isEmpty();
    Passkeys.Question question = passkeys().signingIn(HOST, BROWSER);
    Passkeys.Asserted signed = phone.sign(question);
    assertThat(tryIn(question, signed)).isInstanceOf(SignIn.SignedIn.class);
    assertThat(tryIn(question, signed)).isEqualTo(new SignIn.Refused());
    assertThat(tryIn(question, phone.sign(question))).isEqualTo(new SignIn.Refused());
    assertThat(premises.details().getLast()).isEqualTo("sign-in with a passkey refused");
  }

  @Test
  void ofManyWhoBringOneAnswerAtOnceOneGetsIn() throws Exception {
    assertThat(add(phone)).isEmpty();
    Passkeys.Question question = passkeys().signingIn(HOST, BROWSER);
    Passkeys.Asserted signed = phone.sign(question);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tries =
          IntStream.range(0, 8)
              .<Callable<SignIn>>mapToObj(i ->
                  () -> {
                    Origin origin = new Origin(Origin.Door.PAGE, "203.0.113." + i);
                    return passkeys().signIn(origin, HOST, BROWSER, question.ticket(), signed);
                  })
              .toList();
      int entered = 0;
      for (var result : threads.invokeAll(tries)) {
        entered += result.get() instanceof SignIn.SignedIn ? 1 : 0;
      }
      assertThat(entered).isEqualTo(1);
    }
  }

  @Test
  void aChallengeEndsAfterFiveMinutes() throws Exception {
    assertThat(add(phone)).isEmpty();
    Passkeys.Question question = passkeys().signingIn(HOST, BROWSER);
    premises.clock.turn(Duration.ofMinutes(5).minusMillis(1));
    assertThat(tryIn(question, phone.sign(question))).isInstanceOf(SignIn.SignedIn.class);
    Passkeys.Question late = passkeys().signingIn(HOST, BROWSER);
    premises.clock.turn(Duration.ofMinutes(5));
    assertThat(tryIn(late, phone.sign(late))).isEqualTo(new SignIn.Refused());
  }

  @Test
  void aChallengeIsOfOneBrowserOneActAndOneHost() throws Exception {
    assertThat(add(phone)).isEmpty();
    Passkeys.Question question = passkeys().signingIn(HOST, "another browser");
    assertThat(tryIn(question, phone.sign(question))).isEqualTo(new SignIn.Refused());
    Passkeys.Question stepUp = passkeys().steppingUp(in.caller(), in.secret(), HOST).orElseThrow();
    assertThat(passkeys().signIn(PAGE, HOST, in.secret(), stepUp.ticket(), phone.sign(stepUp)))
        .isEqualTo(new SignIn.Refused());
    Passkeys.Host other = new Passkeys.Host("localhost", "https://localhost");
    Passkeys.Question elsewhere = passkeys().signingIn(other, BROWSER);
    assertThat(tryIn(elsewhere, phone.sign(elsewhere))).isEqualTo(new SignIn.Refused());
    premises.clock.turn(Duration.ofMinutes(1));
    assertThat(tryIn(phone)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void aTicketOfOnesOwnMakingIsNone() throws Exception {
    assertThat(add(phone)).isEmpty();
    Passkeys.Question question = passkeys().signingIn(HOST, BROWSER);
    Passkeys.Asserted signed = phone.sign(question);
    for (String ticket : new String[] {"", "x", "!", "A".repeat(43), "A".repeat(9000)}) {
      assertThat(passkeys().signIn(ELSEWHERE, HOST, BROWSER, ticket, signed))
          .isInstanceOfAny(SignIn.Refused.class, SignIn.TooSoon.class);
    }
    premises.reopen();
    assertThat(tryIn(question, signed)).isEqualTo(new SignIn.Refused());
  }

  @Test
  void anotherOriginOrHostIsRefused() throws Exception {
    assertThat(add(phone)).isEmpty();
    phone.origin = "https://localhost.example.org:8443";
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    phone.origin = "http://localhost:8443";
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    phone.origin = HOST.origin();
    phone.host = "example.org";
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    phone.host = "localhost";
    premises.clock.turn(Duration.ofMinutes(6));
    assertThat(tryIn(phone)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void aPasskeyWorksUnderTheNameItWasMadeForOnly() throws Exception {
    assertThat(add(phone)).isEmpty();
    Passkeys.Host other = new Passkeys.Host("pacs.example", "https://pacs.example");
    phone.host = "pacs.example";
    phone.origin = "https://pacs.example";
    Passkeys.Question question = passkeys().signingIn(other, BROWSER);
    assertThat(passkeys().signIn(PAGE, other, BROWSER, question.ticket(), phone.sign(question)))
        .isEqualTo(new SignIn.Refused());
    assertThat(passkeys().steppingUp(in.caller(), in.secret(), other)).isEmpty();
  }

  @Test
  void whoWasNotVerifiedIsRefused() throws Exception {
    assertThat(add(phone)).isEmpty();
    phone.verifies = false;
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
  }

  @Test
  void aCounterThatGoesBackEndsThePasskeyAndIsInTheTrail() throws Exception {
    phone.counter = 7;
    assertThat(add(phone)).isEmpty();
    assertThat(tryIn(phone)).isInstanceOf(SignIn.SignedIn.class);
    phone.countsBy = 0;
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    assertThat(premises.details())
        .anyMatch(detail ->
            detail.startsWith("passkey ")
                && detail.contains(" of eva refused from now on: its counter went back"));
    assertThat(own().passkeys().getFirst().suspect()).isTrue();
    phone.countsBy = 5;
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    premises.reopen();
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    assertThat(premises.people().list(premises.console).getLast().factors())
        .containsExactly(People.Factor.PASSWORD_AND_CODE, People.Factor.RECOVERY_CODE);
  }

  @Test
  void anAuthenticatorThatDoesNotCountIsFine() throws Exception {
    phone.countsBy = 0;
    assertThat(add(phone)).isEmpty();
    assertThat(tryIn(phone)).isInstanceOf(SignIn.SignedIn.class);
    assertThat(tryIn(phone)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void anUnknownPasskeyIsRefused() throws Exception {
    phone.handle = new byte[32];
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    assertThat(add(phone)).isEmpty();
    assertThat(premises.identities().ownAccount().remove(in.caller(), in.secret(), name()))
        .isEmpty();
    assertThat(premises.details().getLast()).startsWith("passkey removed: ");
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    assertThat(add(phone)).isEmpty();
  }

  private String name() {
    return own().passkeys().getFirst().name();
  }

  @Test
  void thePasskeyOfADisabledOrResetAccountIsRefused() throws Exception {
    assertThat(add(phone)).isEmpty();
    premises.people().disable(premises.console, "eva");
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    premises.recovered("eva");
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
  }

  @Test
  void theUserHandleHasToBeTheAccounts() throws Exception {
    assertThat(add(phone)).isEmpty();
    byte[] right = phone.handle;
    phone.handle = new byte[0];
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    phone.handle = new byte[32];
    assertThat(tryIn(phone)).isEqualTo(new SignIn.Refused());
    phone.handle = right;
    assertThat(tryIn(phone)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void anythingTamperedWithIsRefused() throws Exception {
    assertThat(add(phone)).isEmpty();
    Random random = new Random(20261125);
    for (int i = 0; i < 200; i++) {
      premises.clock.turn(Duration.ofMinutes(6));
      Passkeys.Question question = passkeys().signingIn(HOST, BROWSER);
      Passkeys.Asserted signed = phone.sign(question);
      byte[][] parts = {
        signed.clientData().clone(), signed.authenticatorData().clone(), signed.signature().clone()
      };
      byte[] part = parts[i % parts.length];
      int at = random.nextInt(part.length);
      if (i % 7 == 6) {
        parts[i % parts.length] = Arrays.copyOf(part, at);
      } else {
        part[at] ^= (byte) (1 << random.nextInt(8));
      }
      SignIn outcome =
          tryIn(
              question,
              new Passkeys.Asserted(phone.id, parts[0], parts[1], parts[2], phone.handle));
      assertThat(outcome)
          .as("part %d, byte %d", i % parts.length, at)
          .isEqualTo(new SignIn.Refused());
    }
    premises.clock.turn(Duration.ofMinutes(6));
    assertThat(tryIn(phone)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void whatIsNoAttestationIsRefused() throws Exception {
    Random random = new Random(1125);
    for (int i = 0; i < 300; i++) {
      Passkeys.Question question = passkeys().adding(in.caller(), in.secret(), HOST).orElseThrow();
      Passkeys.Attested made = phone.make(question);
      byte[] broken = made.attestation().clone();
      int at = random.nextInt(63); // up to the flags; id and key may be any
      broken = i % 5 == 4 ? Arrays.copyOf(broken, at) : broken;
      if (i % 5 != 4) {
        broken[at] ^= (byte) 0x40;
      }
      Passkeys.Attested bad = new Passkeys.Attested(made.clientData(), broken);
      Optional<String> refused =
          passkeys().add(in.caller(), in.secret(), HOST, question.ticket(), "Phone", bad);
      assertThat(refused).as("byte %d", at).isPresent();
    }
    assertThat(own().passkeys()).isEmpty();
  }

  @Test
  void whatIsTooLongIsRefusedBeforeItIsRead() throws Exception {
    assertThat(add(phone)).isEmpty();
    Passkeys.Question question = passkeys().signingIn(HOST, BROWSER);
    Passkeys.Asserted signed = phone.sign(question);
    byte[] padded = Arrays.copyOf(signed.clientData(), 5000);
    Arrays.fill(padded, signed.clientData().length, padded.length, (byte) ' ');
    assertThat(
            tryIn(
                question,
                new Passkeys.Asserted(
                    phone.id,
                    padded,
                    signed.authenticatorData(),
                    signed.signature(),
                    phone.handle)))
        .isEqualTo(new SignIn.Refused());
  }

  @Test
  void wrongTriesFromOneAddressAreSlowedAndKeepNobodyElseWaiting() throws Exception {
    assertThat(add(phone)).isEmpty();
    SoftAuthenticator stranger = new SoftAuthenticator(Kind.EDDSA);
    Passkeys.Question question = passkeys().signingIn(HOST, BROWSER);
    SignIn last = new SignIn.Refused();
    for (int i = 0; i < 20; i++) {
      last =
          passkeys().signIn(ELSEWHERE, HOST, BROWSER, question.ticket(), stranger.sign(question));
    }
    assertThat(last).isInstanceOf(SignIn.TooSoon.class);
    assertThat(tryIn(phone)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void aStepUpWithAPasskeyIsFreshUnderAnotherSecret() throws Exception {
    assertThat(add(phone)).isEmpty();
    premises.clock.turn(Duration.ofMinutes(5));
    StepUps stepUps = premises.identities().stepUps();
    assertThat(stepUps.fresh(in.secret())).isFalse();
    Passkeys.Question question =
        passkeys().steppingUp(in.caller(), in.secret(), HOST).orElseThrow();
    assertThat(question.known()).hasSize(1);
    StepUps.StepUp.Proved proved =
        (StepUps.StepUp.Proved)
            passkeys()
                .stepUp(in.caller(), in.secret(), HOST, question.ticket(), phone.sign(question));
    assertThat(stepUps.fresh(proved.secret())).isTrue();
    assertThat(premises.people().session(PAGE, in.secret())).isEmpty();
    assertThat(premises.people().session(PAGE, proved.secret())).contains(in.caller());
    assertThat(premises.details().getLast()).isEqualTo("stepped up with a passkey");
  }

  @Test
  void nobodyStepsUpWithSomebodyElsesPasskey() throws Exception {
    assertThat(add(phone)).isEmpty();
    SignIn.SignedIn bob = premises.in(premises.add("bob", Role.RADIOLOGIST));
    assertThat(passkeys().steppingUp(bob.caller(), bob.secret(), HOST)).isEmpty();
    Passkeys.Question evas = passkeys().steppingUp(in.caller(), in.secret(), HOST).orElseThrow();
    assertThat(passkeys().stepUp(bob.caller(), bob.secret(), HOST, evas.ticket(), phone.sign(evas)))
        .isEqualTo(new StepUps.StepUp.Refused("That passkey is not right here."));
  }

  @Test
  void aHostIsANameAndNeverAnAddress() {
    assertThat(Passkeys.Host.of("localhost:8443")).contains(HOST);
    assertThat(Passkeys.Host.of("PACS.example:443"))
        .contains(new Passkeys.Host("pacs.example", "https://pacs.example"));
    for (String address :
        new String[] {
          "127.0.0.1:8443",
          "[::1]:8443",
          "[::1]",
          "10.0.4.7",
          "127.1:8443",
          "",
          ":8443",
          "a b",
          "::1"
        }) {
      assertThat(Passkeys.Host.of(address)).as(address).isEmpty();
    }
  }

  @Test
  void nothingOfItShowsInText() throws Exception {
    Passkeys.Question question = passkeys().adding(in.caller(), in.secret(), HOST).orElseThrow();
    assertThat(question.toString()).isEqualTo("Question[]");
    assertThat(phone.make(question).toString()).isEqualTo("Attested[]");
    assertThat(phone.sign(question).toString()).isEqualTo("Asserted[]");
  }
}
