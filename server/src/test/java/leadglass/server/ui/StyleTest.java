package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Contrast of the colours (WCAG 2.2, 1.4.3 and 1.4.11), and what style sheets and scripts may
/// name.
class StyleTest {
  private static final Pattern TOKEN =
      Pattern.compile("--([a-z0-9-]+):\\s*light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)");

  private static String text(String name) throws IOException {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Light and dark value of every colour.
  private static Map<String, List<String>> tokens() throws IOException {
    Map<String, List<String>> tokens = new TreeMap<>();
    Matcher found = TOKEN.matcher(text("leadglass.css"));
    while (found.find()) {
      tokens.put(found.group(1), List.of(found.group(2), found.group(3)));
    }
    return tokens;
  }

  private static double luminance(String hex) {
    double[] parts = new double[3];
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      parts[i] = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }

  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  @ParameterizedTest
  @CsvSource({
    "text, bg, 4.5",
    "text, surface, 4.5",
    "text, surface-2, 4.5",
    "text, bad-soft, 4.5",
    "text, accent-soft, 4.5",
    "text, surface-3, 4.5",
    "text-2, bg, 4.5",
    "text-2, surface, 4.5",
    "text-2, surface-2, 4.5",
    "text-2, accent-soft, 4.5",
    "text-3, bg, 4.5",
    "text-3, surface, 4.5",
    "accent, bg, 4.5",
    "accent, surface, 4.5",
    "accent-strong, accent-soft, 4.5",
    "on-accent, accent, 4.5",
    "on-accent, accent-strong, 4.5",
    "ok, ok-soft, 4.5",
    "warn, warn-soft, 4.5",
    "bad, bad-soft, 4.5",
    "bad, surface, 4.5",
    "line-strong, surface, 3",
    "line-strong, bg, 3",
    "focus, surface, 3",
    "focus, bg, 3"
  })
  void textAndBordersCanBeSeenInBothThemes(String over, String under, double least)
      throws IOException {
    Map<String, List<String>> tokens = tokens();
    for (int theme = 0; theme < 2; theme++) {
      String one = tokens.getOrDefault(over, List.of()).get(theme);
      String other = tokens.getOrDefault(under, List.of()).get(theme);
      assertThat(contrast(one, other))
          .as("%s on %s, theme %d", over, under, theme)
          .isGreaterThanOrEqualTo(least);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"leadglass.css", "pages.css", "worklist.css"})
  void noStyleSheetLoadsAnything(String name) throws IOException {
    assertThat(text(name)).doesNotContain("url(").doesNotContain("@import");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "leadglass.js",
        "keys.js",
        "list.js",
        "upload.js",
        "files.js",
        "send.js",
        "passkey.js",
        "share.js"
      })
  void noScriptMakesMarkupOrCodeFromText(String name) throws IOException {
    assertThat(text(name))
        .doesNotContain("innerHTML")
        .doesNotContain("outerHTML")
        .doesNotContain("insertAdjacent")
        .doesNotContain("document.write")
        .doesNotContain("eval(")
        .doesNotContain("new Function")
        .doesNotContain("http:")
        .doesNotContain("https:");
  }
}
