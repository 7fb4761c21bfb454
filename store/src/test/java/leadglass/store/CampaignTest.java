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
  private static final int CAMPAIGNS_MAX = 8;

  private final long seed = System.nanoTime() & 0xFFFF_FFFFL;
  private final List<String> told = new ArrayList<>();

  @Test
  void whateverWasAcknowledgedIsTrueWheneverTheProcessIsKilled() throws IOException {
    acknowledges(TRIALS, each -> KillCampaign.run(Floor.solid(), TRIALS, each, told::add));
  }

  @Test
  void whateverWasAcknowledgedIsTrueWhateverAFileSystemForgets() throws IOException {
    Optional<String> missing = LossyFileSystem.missing();
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    acknowledges(0, each -> KillCampaign.run(Floor.lossy(), TRIALS_LOSSY, each, told::add));
  }

  @Test
  void whateverWasAcknowledgedIsTrueWheneverThePowerGoes() throws IOException {
    acknowledges(TRIALS, each -> CutCampaign.run(TRIALS, each, told::add));
  }

  private interface Campaign {
    Tally run(long seed) throws IOException;
  }

  /// Few trials may all be ended before anything is asked of the archive, in its upgrade or while
  /// it opens: such a campaign showed nothing, and there is another.
  private void acknowledges(long more, Campaign campaign) throws IOException {
    long acknowledged = 0;
    for (int again = 0; acknowledged <= more && again < CAMPAIGNS_MAX; again++) {
      acknowledged = campaign.run(seed + again).acknowledged.get();
      assertThat(told).isEmpty();
    }
    assertThat(acknowledged).isGreaterThan(more);
  }
}
