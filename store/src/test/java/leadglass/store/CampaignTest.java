package leadglass.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A few trials of each campaign. `campaign/run` does as many as one likes.
class CampaignTest {
  private static final int TRIALS = 4;
  private static final int TRIALS_LOSSY = 2;

  private final long seed = System.nanoTime() & 0xFFFF_FFFFL;
  private final List<String> told = new ArrayList<>();

  @Test
  void whateverWasAcknowledgedIsTrueWheneverTheProcessIsKilled() throws IOException {
    Tally tally = KillCampaign.run(Floor.solid(), TRIALS, seed, told::add);
    assertThat(told).isEmpty();
    assertThat(tally.acknowledged.get()).isGreaterThan(TRIALS);
  }

  @Test
  void whateverWasAcknowledgedIsTrueWhateverAFileSystemForgets() throws IOException {
    Optional<String> missing = LossyFileSystem.missing();
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    Tally tally = KillCampaign.run(Floor.lossy(), TRIALS_LOSSY, seed, told::add);
    assertThat(told).isEmpty();
    assertThat(tally.acknowledged.get()).isPositive();
  }

  @Test
  void whateverWasAcknowledgedIsTrueWheneverThePowerGoes() throws IOException {
    Tally tally = CutCampaign.run(TRIALS, seed, told::add);
    assertThat(told).isEmpty();
    assertThat(tally.acknowledged.get()).isGreaterThan(TRIALS);
  }
}
