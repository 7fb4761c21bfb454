package leadglass.archive;

import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.Lifecycle;
import leadglass.store.PatientRef;
import leadglass.store.SiteId;

class MemoryLifecycleTest extends LifecycleContract {
  private final HandClock clock = new HandClock();
  private final MemoryLifecycle memory = new MemoryLifecycle(clock);

  @Override
  Lifecycle lifecycle() {
    return memory;
  }

  @Override
  SiteId site() {
    return new SiteId("0".repeat(32));
  }

  @Override
  void file(String study, PatientRef patient) {
    memory.file(
        site(),
        leadglass.dicom.data.DataSet.builder()
            .utf8()
            .uid(Tag.STUDY_INSTANCE_UID, new Uid(study))
            .text(Tag.PATIENT_ID, Vr.LO, patient.id())
            .build(),
        clock.millis());
  }
}
