package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import leadglass.archive.Caller.Scope;
import leadglass.archive.Tokens.Made;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final Origin WEB = new Origin(Origin.Door.DICOMWEB, "192.0.2.20");
  private static final Duration TTL = Duration.ofDays(90);
  private final Premises premises = new Premises();
  private People.Enrolment eva;

  @BeforeEach
  void found() throws IOException {
    premises.founded();
    eva = premises.add("eva", Role.RADIOLOGIST, Role.TECHNOLOGIST);
  }

  private Tokens tokens() {
    return premises.tokens();
  }

  private Made.Token made(Scope... scopes) throws IOException {
    return (Made.Token) tokens().create(premises.console, "eva", Set.of(scopes), TTL);
  }

  private boolean works(String secret) {
    return tokens().verify(WEB, secret).isPresent();
  }

  private static String rule(Made made) {
    return switch (made) {
      case Made.Token _ -> "";
      case Made.Refused(String rule) -> rule;
    };
  }

  @Test
  void aTokenStandsForItsOwnerWithinItsScopes() throws Exception {
    Made.Token token = made(Scope.READ);
    assertThat(token.secret()).matches("lg1_[a-z2-7]{10}_[a-z2-7]{59}");
    assertThat(token.toConfirm()).isTrue();
    assertThat(token.endsMillis())
        .isEqualTo(premises.clock.millis() + Tokens.CONSOLE_TTL.toMillis());
    Caller.Program program = tokens().verify(WEB, token.secret()).orElseThrow();
    assertThat(program.owner()).isEqualTo("eva");
    assertThat(program.id()).isEqualTo(token.secret().substring(4, 14));
    assertThat(program.scopes()).containsExactly(Scope.READ);
    assertThat(program.held()).containsExactlyInAnyOrder(Role.RADIOLOGIST, Role.TECHNOLOGIST);
    assertThat(program.origin()).isEqualTo(WEB);
    assertThat(premises.details().getLast())
        .isEqualTo("token made: eva/" + program.id() + " [READ]");
  }

  @Test
  void whoeverStaysByATokenStandsAsLongAsItIsWhatItWas() throws Exception {
    Made.Token token = made(Scope.READ);
    Caller.Program program = tokens().verify(WEB, token.secret()).orElseThrow();
    assertThat(tokens().stands(program)).isTrue();
    tokens().revoke(premises.console, program.id());
    assertThat(tokens().stands(program)).isFalse();

    Caller.Program other = tokens().verify(WEB, made(Scope.READ).secret()).orElseThrow();
    premises.clock.turn(TTL);
    assertThat(tokens().stands(other)).as("ended").isFalse();
  }

  @Test
  void aTokenOfTheConsoleEndsAfterADayUnlessItsOwnerConfirmsIt() throws Exception {
    Made.Token token = made(Scope.READ);
    People.SignIn.SignedIn stale = premises.in(eva);
    premises.clock.turn(Duration.ofMinutes(6));
    String id = token.secret().substring(4, 14);
    assertThat(tokens().keep(stale.caller(), stale.secret(), id))
        .isInstanceOf(Ruling.Refused.class);
    People.SignIn.SignedIn other = premises.in(premises.add("tom", Role.RADIOLOGIST));
    assertThat(tokens().keep(other.caller(), other.secret(), id)).isEqualTo(new Ruling.NotThere());
    premises.clock.turn(Tokens.CONSOLE_TTL);
    assertThat(works(token.secret())).isFalse();
    People.SignIn.SignedIn late = premises.in(eva);
    assertThat(tokens().keep(late.caller(), late.secret(), id)).isEqualTo(new Ruling.NotThere());
  }

  @Test
  void aConfirmedTokenOutlivesARestartAndEndsInTime() throws Exception {
    long made = premises.clock.millis();
    Made.Token token = made(Scope.READ);
    People.SignIn.SignedIn in = premises.in(eva);
    assertThat(tokens().keep(in.caller(), in.secret(), token.secret().substring(4, 14)))
        .isInstanceOf(Ruling.Done.class);
    premises.reopen();
    assertThat(works(token.secret())).isTrue();
    premises.clock.turn(TTL.minusMillis(1).minusMillis(premises.clock.millis() - made));
    assertThat(works(token.secret())).isTrue();
    premises.clock.turn(Duration.ofMillis(1));
    assertThat(works(token.secret())).isFalse();
  }

  @Test
  void onlyTheHashIsKept() throws Exception {
    Made.Token token = made(Scope.READ);
    byte[] document =
        premises.registry.find("token", token.secret().substring(4, 14)).orElseThrow().document();
    assertThat(new String(document, StandardCharsets.UTF_8))
        .doesNotContain(token.secret().substring(15, 40));
    assertThat(token.toString()).isEqualTo("Token[]");
  }

  @Test
  void everyChangedCharacterIsNoticedAsATypingMistake() throws Exception {
    String secret = made(Scope.READ).secret();
    for (int at = 0; at < secret.length(); at++) {
      char other = secret.charAt(at) == 'a' ? 'b' : 'a';
      String changed = secret.substring(0, at) + other + secret.substring(at + 1);
      assertThat(TokenText.read(changed)).isEmpty();
      assertThat(works(changed)).isFalse();
    }
    for (String other :
        new String[] {
          "", secret.substring(1), secret + "a", secret.toUpperCase(Locale.ROOT), "é".repeat(74)
        }) {
      assertThat(works(other)).isFalse();
    }
    assertThat(works(secret)).isTrue();
  }

  @Test
  void anotherSecretUnderAKnownIdIsRefused() throws Exception {
    String first = made(Scope.READ).secret();
    String other = TokenText.fresh(new SecureRandom()).text();
    String summed = first.substring(0, 15) + other.substring(15, other.length() - 7);
    String forged = summed + TokenText.sum(summed);
    assertThat(TokenText.read(forged)).isPresent();
    assertThat(works(forged)).isFalse();
    assertThat(premises.details()).contains("unknown token refused");
    assertThat(works(first)).isTrue();
  }

  @Test
  void guessesFromOneAddressAreSlowedAndOtherAddressesAreNot() throws Exception {
    String token = made(Scope.READ).secret();
    for (int i = 0; i < 6; i++) {
      assertThat(works(TokenText.fresh(new SecureRandom()).text())).isFalse();
    }
    assertThat(works(token)).isFalse();
    assertThat(tokens().verify(PAGE, token)).isPresent();
    premises.clock.turn(Duration.ofSeconds(1));
    assertThat(works(token)).isTrue();
    assertThat(premises.details()).contains("unknown token refused", "token too soon");
  }

  @Test
  void anEndedTokenThatKeepsKnockingSlowsNobody() throws Exception {
    String ended =
        ((Made.Token)
                tokens().create(premises.console, "eva", Set.of(Scope.READ), Duration.ofMinutes(1)))
            .secret();
    String token = made(Scope.READ).secret();
    premises.clock.turn(Duration.ofMinutes(2));
    for (int i = 0; i < 100; i++) {
      assertThat(works(ended)).isFalse();
    }
    assertThat(works(token)).isTrue();
  }

  @Test
  void disablingOrResettingTheOwnerEndsTheToken() throws Exception {
    String token = made(Scope.READ).secret();
    premises.people().disable(premises.console, "eva");
    assertThat(works(token)).isFalse();
    premises.joined(premises.recovered("eva"));
    assertThat(works(token)).isFalse();
    assertThat(works(made(Scope.WRITE).secret())).isTrue();
  }

  @Test
  void aPersonMakesTheirOwnTokensAlone() throws Exception {
    Caller.Person person = premises.in(eva).caller();
    assertThat(rule(tokens().create(person, "EVA", Set.of(Scope.READ), TTL))).isEmpty();
    String alone = "You can make tokens for yourself alone.";
    assertThat(rule(tokens().create(person, "ada", Set.of(Scope.READ), TTL))).isEqualTo(alone);
    assertThat(rule(tokens().create(person, "nobody", Set.of(Scope.READ), TTL))).isEqualTo(alone);
    Caller program = tokens().verify(WEB, made(Scope.WRITE).secret()).orElseThrow();
    assertThat(rule(tokens().create(program, "eva", Set.of(Scope.READ), TTL))).isEqualTo(alone);
    Caller stranger = new Caller.Stranger(PAGE);
    assertThat(rule(tokens().create(stranger, "eva", Set.of(Scope.READ), TTL))).isEqualTo(alone);
  }

  @Test
  void aTokenForAWitnessMayNothingBeside() throws IOException {
    assertThat(
            rule(tokens().create(premises.console, "eva", Set.of(Scope.WITNESS, Scope.AUDIT), TTL)))
        .contains("does nothing else");
    assertThat(rule(tokens().create(premises.console, "eva", Set.of(Scope.WITNESS), TTL)))
        .isEmpty();
  }

  @Test
  void ownerScopeAndLifeAreChecked() throws Exception {
    Caller console = premises.console;
    Set<Scope> read = Set.of(Scope.READ);
    assertThat(rule(tokens().create(console, "nobody", read, TTL))).contains("no enabled account");
    assertThat(rule(tokens().create(console, "eva", Set.of(), TTL))).contains("may do");
    for (Duration ttl :
        new Duration[] {
          Duration.ZERO, Duration.ofDays(-1), Tokens.TTL_MAX.plusMillis(1), Duration.ofSeconds(1)
        }) {
      assertThat(rule(tokens().create(console, "eva", read, ttl))).contains("366 days");
    }
    assertThat(rule(tokens().create(console, "eva", read, Tokens.TTL_MAX))).isEmpty();
    premises.people().disable(console, "eva");
    assertThat(rule(tokens().create(console, "eva", read, TTL))).contains("no enabled account");
  }

  @Test
  void anAccountHasABoundedNumberOfTokensAndEndedOnesGo() throws Exception {
    for (int i = 0; i < 100; i++) {
      made(Scope.READ);
    }
    assertThat(rule(tokens().create(premises.console, "eva", Set.of(Scope.READ), TTL)))
        .contains("100 tokens");
    premises.clock.turn(TTL);
    made(Scope.READ);
    assertThat(premises.registry.list("token")).hasSize(1);
  }

  @Test
  void withoutTheTrailNoTokenIsMadeAndARefusalIsNoAnswer() {
    premises.trailBroken = true;
    assertThatThrownBy(() -> made(Scope.READ)).isInstanceOf(IOException.class);
    assertThat(premises.registry.list("token")).isEmpty();
    assertThatThrownBy(() -> works("guess")).isInstanceOf(UncheckedIOException.class);
  }
}
