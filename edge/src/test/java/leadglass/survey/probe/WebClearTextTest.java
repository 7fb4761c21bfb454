package leadglass.survey.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import leadglass.survey.Level;
import leadglass.survey.http.Content;
import leadglass.survey.http.Heard;
import leadglass.survey.http.ShapeWatch;
import leadglass.survey.http.Sign;
import org.junit.jupiter.api.Test;

/// Off this machine, which tests never leave.
class WebClearTextTest {
  private static Page page(int status, boolean password, Sign... signs) {
    Heard heard = new Heard(status, Content.HTML, Set.of(signs), Optional.empty(), false);
    return new Page(heard, ShapeWatch.Shape.OTHER, Optional.empty(), password, false, false, false);
  }

  @Test
  void aPasswordThatCrossesANetworkInClearIsNominal() {
    Page nowhere = page(404, false);
    Site form = new Site(page(200, true), nowhere);
    Site basic = new Site(page(401, false, Sign.BASIC), nowhere);
    Site bearer = new Site(page(401, false, Sign.OTHER_SCHEME), nowhere);
    assertThat(WebClearText.decision(false, form).level()).isEqualTo(Level.NOMINAL);
    assertThat(WebClearText.decision(false, basic).level()).isEqualTo(Level.NOMINAL);
    assertThat(WebClearText.decision(true, basic).level()).isEqualTo(Level.NOTE);
    assertThat(WebClearText.decision(false, bearer).level()).isEqualTo(Level.CLOSED);
  }
}
