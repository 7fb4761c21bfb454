package leadglass.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Backup, wipe, restore, compare, at the pace of the disk. `bench/backup-campaign` runs it with 5
/// GB.
class BackupRateTest {
  private static final long MEGABYTES = Long.getLong("leadglass.backup.megabytes", 200);
  private static final int ROUNDS_MAX = 3;

  @TempDir private Path folder;

  /// Whether others keep the processors busy: dd needs hardly any, copying and hashing do.
  private static boolean isBusy() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load > 1.5 * Runtime.getRuntime().availableProcessors();
  }

  @Test
  void whatComesBackIsEqualAndComesAtHalfTheRateOfDdOrMore(TestReporter reporter)
      throws IOException {
    boolean fast = false;
    for (int round = 1; round <= ROUNDS_MAX && !fast; round++) {
      Path place = Files.createDirectory(folder.resolve("round" + round));
      BackupCampaign.Outcome outcome = BackupCampaign.run(place, MEGABYTES);
      Folders.delete(place);
      reporter.publishEntry("backup", outcome.words());
      assertThat(outcome.equal()).isTrue();
      assertThat(outcome.incrementalShare()).isLessThan(0.03);
      fast = outcome.isFast();
      assumeTrue(fast || !isBusy(), "others use the processors: the rate says nothing");
    }
    assertThat(fast).as("at least half the rate of dd in one of three rounds").isTrue();
  }
}
