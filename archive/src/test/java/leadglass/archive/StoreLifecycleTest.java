package leadglass.archive;

import java.io.IOException;
import java.nio.file.Path;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.Lifecycle;
import leadglass.store.PatientRef;
import leadglass.store.SiteId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class StoreLifecycleTest extends LifecycleContract {
  @TempDir private Path folder;
  private OpenArchive open;
  private int count;

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  @Override
  Lifecycle lifecycle() {
    return open.store.lifecycle();
  }

  @Override
  SiteId site() {
    return open.store.sites().getFirst();
  }

  @Override
  void file(String study, PatientRef patient) throws IOException {
    String instance = study + ".7." + ++count;
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid(instance))
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.PATIENT_ID, Vr.LO, patient.id())
            .uid(Tag.STUDY_INSTANCE_UID, new Uid(study))
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(study + ".7"));
    open.store(Samples.pixels(made, 1, 0).build());
  }
}
