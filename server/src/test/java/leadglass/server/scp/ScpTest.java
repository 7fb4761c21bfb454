package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.dimse.Services;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The running registry.
class ScpTest {
  @TempDir private Path folder;

  @Test
  void everySopClassServedSaysWhatADeviceNeedsForIt() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      Set<Uid> served = new HashSet<>(clinic.server.sopClasses());
      served.removeAll(Uids.storageSopClasses());
      served.remove(Services.VERIFICATION);

      assertThat(DicomServer.verbs().keySet()).isEqualTo(served);
    }
  }
}
