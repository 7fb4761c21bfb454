package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RetrieveScu.Retrieved;
import leadglass.testkit.DelayRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A reading room far away: 10 ms there, 10 ms back. `-Dleadglass.pull=1000` pulls as many.
class FarPullTest {
  private static final int INSTANCES = Integer.getInteger("leadglass.pull", 200);
  private static final Duration DELAY = Duration.ofMillis(10);
  private static final int WINDOW = 32;
  private static final double FASTER = 5;

  @TempDir private Path folder;

  private static double seconds(Clinic clinic, int port, int window) throws IOException {
    Pulled pulled = new Pulled();
    try (RequestedAssociation association =
        pulled.open(
            clinic,
            "READ1",
            port,
            window,
            RetrieveModel.STUDY_ROOT.get(),
            List.of(Clinic.EXPLICIT))) {
      long began = System.nanoTime();
      Retrieved retrieved = pulled.get(clinic, association, Pulled.keys("STUDY", Clinic.study(1)));
      long took = System.nanoTime() - began;
      assertThat(retrieved.status()).isZero();
      assertThat(pulled.instances).hasSize(INSTANCES);
      return took / 1e9;
    }
  }

  @Test
  void aWindowOf32PullsAtLeastFiveTimesAsFastAsOneOf1() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.reader("READ1");
      clinic.fill(1, 1, INSTANCES);
      seconds(clinic, clinic.server.port(), WINDOW); // warm
      try (DelayRelay far = DelayRelay.to(clinic.server.port(), DELAY)) {
        double one = seconds(clinic, far.port(), 1);
        double many = seconds(clinic, far.port(), WINDOW);

        System.out.printf(
            "%d instances over 10 ms each way: window 1 %.2f s, window %d %.2f s, ratio %.1f%n",
            INSTANCES, one, WINDOW, many, one / many);
        assertThat(one / many).isGreaterThanOrEqualTo(FASTER);
      }
    }
  }
}
