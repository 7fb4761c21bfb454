package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of a campaign. `campaign/run disclosures` has ten million entries.
class DisclosuresCampaignTest {
  private static final long ENTRIES = 20_000;

  @TempDir private Path folder;

  @Test
  void disclosuresOfAPatientAreWhatTheClinicDidAndWhatAScanOfEverythingFinds() throws IOException {
    long seed = System.nanoTime() & 0xFFFF_FFFFL;
    List<String> said = new ArrayList<>();
    DisclosuresCampaign.Outcome outcome =
        DisclosuresCampaign.run(folder, ENTRIES, seed, false, said::add);
    assertThat(outcome.differences()).as("seed %d: %s", seed, said).isEmpty();
  }
}
