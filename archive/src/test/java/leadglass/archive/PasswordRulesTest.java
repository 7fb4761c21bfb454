package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

  private static boolean refused(String password) {
    return PasswordRules.refusal(password.toCharArray(), "mlind", "Northlight Imaging").isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short 1!kX",
        "passwordpassword",
        "Password123456",
        "P@ssw0rd!2024!!",
        "pa55w0rdpa55w0rd",
        "leadglass2026",
        "L3adGl4ss!L3adGl4ss!",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "xK9xK9xK9xK9xK9",
        "abcdefghijklmnop",
        "987654321098765",
        "qwertyuiopasdfgh",
        "1qaz2wsx3edc4rfv",
        "asdfghjklasdfghjkl",
        "letmein1234567",
        "Welcome2Radiology",
        "hospital-clinic-pacs",
        "Summer2025Summer2026",
        "administrator1",
        "northlight2026!",
        "Northlight-Imaging-1",
        "mlind mlind mlind",
        "xy-MLind-7tRq0zPw",
        "19801985199020002010",
        "!!!!!!!!!!!!aB",
      })
  void whatEverybodyTriesFirstIsRefused(String password) {
    assertThat(refused(password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "violet tractor 88 umbrella",
        "kR7#vq2Zw9mX",
        "gurkensalat und nebelhorn",
        "tRq0zPw8Lf4g",
        "password kR7#vq2Zw9mX",
        "三つの言葉を並べて覚えておく",
        "🦊🪁🧭🌵🥁🛶🧵🪴🎲🧊🍋🔭",
      })
  void aSecretIsTaken(String password) {
    assertThat(refused(password)).isFalse();
  }

  @Test
  void lengthIsCountedInCharactersAndBounded() {
    assertThat(refused("🦊🪁🧭🌵🥁🛶🧵🪴🎲🧊🍋")).isTrue();
    StringBuilder words = new StringBuilder();
    for (int i = 0; words.codePointCount(0, words.length()) < 256; i++) {
      words.appendCodePoint(0x4e00 + i * 7);
    }
    assertThat(refused(words.toString())).isFalse();
    assertThat(refused(words + "x")).isTrue();
  }

  @Test
  void theRuleTellsNothingOfThePassword() {
    assertThat(PasswordRules.refusal("kR7-mlind-vq2Zw9mX".toCharArray(), "mlind", "").orElseThrow())
        .doesNotContain("kR7", "mlind");
  }
}
