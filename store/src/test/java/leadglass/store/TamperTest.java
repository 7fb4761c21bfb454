package leadglass.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few trials of the campaign. `campaign/run tamper` does as many as one likes.
class TamperTest {
  private static final int TRIALS = 30;

  @Test
  void whateverIsBentIsFoundAndWithACheckpointKeptElsewhereAlsoWhatWasSignedAnew(
      @TempDir(factory = InMemory.class) Path folder) throws IOException {
    List<String> told = new ArrayList<>();

    TamperCampaign.Outcome outcome =
        TamperCampaign.run(folder, TRIALS, System.nanoTime() & 0xFFFF_FFFFL, told::add);

    assertThat(told).isEmpty();
    assertThat(outcome.insiders()).isEqualTo(TRIALS / 5);
  }
}
