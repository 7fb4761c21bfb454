package leadglass.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChromiumTest {
  @Test
  void chromiumIsHere() {
    try (var chromium = new Chromium()) {
      assertThat(chromium.browser().version()).isNotEmpty();
    }
  }
}
