package leadglass.server.scp;

import static leadglass.server.scp.Consultation.STRANGER;
import static leadglass.server.scp.Consultation.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import leadglass.archive.Cause;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Doctor;
import leadglass.archive.Lanes;
import leadglass.archive.Ruling;
import leadglass.store.Store;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Why an instance was not taken, in the doctor's words. One archive for all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DoctorStoreTest {
  private static final String CT = Clinic.CT.value();
  private static final String MR = Clinic.MR.value();

  @TempDir private static Path folder;

  private final AtomicBoolean full = new AtomicBoolean();
  private Ward ward;
  private Consultation doctor;

  @BeforeAll
  void open() throws IOException {
    ward = new Ward(folder, this::whileThereIsRoom);
    doctor = new Consultation(ward);
  }

  /// The real store, on a volume that is full when the test says so.
  private Store whileThereIsRoom(Store real) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (full.get() && method.getName().equals("receive")) {
                throw new Store.OutOfSpaceException();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @AfterAll
  void close() throws IOException {
    ward.close();
  }

  private RawScu storing(String title) throws IOException {
    return doctor
        .as(title)
        .propose(CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
        .propose(MR, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
        .open();
  }

  private static void hasNoValue(Doctor.Case met, int study) {
    assertThat(met.offered())
        .noneMatch(line -> line.contains("Nobody") || line.contains("ID" + study));
  }

  @Test
  void anotherSopClassOrUidThanAnnouncedIsNamed() throws IOException {
    ward.clinic.enrol("DA1", Set.of(DeviceVerb.STORE), 0);
    try (RawScu scu = storing("DA1")) {
      String instance = Clinic.instance(51, 1, 1).value();
      assertThat(scu.store(3, MR, instance, Ward.image(51, 1)).status()).isEqualTo(0xA900);
      scu.release();
    }
    Doctor.Case other = doctor.found("DA1", Cause.STORE_SOP_CLASS);
    assertThat(other.proved()).isTrue();
    assertThat(other.called()).isEqualTo(Clinic.TITLE);
    assertThat(other.offered())
        .containsExactly(
            "MR Image Storage", "SOP Class or Instance UID differs from the data set's");
    assertThat(other.command()).isEqualTo("leadglass import FILE --data DIR");
    hasNoValue(other, 51);
  }

  @Test
  void whatADeviceMayNotStoreAnyMoreIsRefusedThoughItWasAgreed() throws IOException {
    ward.clinic.enrol("DA2", Set.of(DeviceVerb.STORE), 0);
    try (RawScu scu = storing("DA2")) {
      DeviceTerms mr = new DeviceTerms("Ada Poe", Set.of(Clinic.MR), Optional.empty());
      assertThat(ward.clinic.archive.devices().set(Clinic.CONSOLE, "DA2", mr))
          .isInstanceOf(Ruling.Done.class);
      String instance = Clinic.instance(52, 1, 1).value();
      assertThat(scu.store(1, CT, instance, Ward.image(52, 1)).status()).isEqualTo(0x0124);
      scu.release();
    }
    Doctor.Case refused = doctor.found("DA2", Cause.STORE_NOT_AUTHORIZED);
    assertThat(refused.proved()).isTrue();
    assertThat(refused.offered()).hasSize(2).contains("CT Image Storage");
    assertThat(refused.command()).isEqualTo("leadglass device show DA2 --data DIR");
    hasNoValue(refused, 52);
  }

  @Test
  void noRoomIsNamedAndWhatIsSentAgainOnceThereIsSomeIsTaken() throws IOException {
    ward.clinic.enrol("DA3", Set.of(DeviceVerb.STORE), 0);
    String instance = Clinic.instance(53, 1, 1).value();
    try (RawScu scu = storing("DA3")) {
      full.set(true);
      assertThat(scu.store(1, CT, instance, Ward.image(53, 1)).status()).isEqualTo(0xA700);
      full.set(false);
      assertThat(scu.store(1, CT, instance, Ward.image(53, 1)).status()).isZero();
      scu.release();
    } finally {
      full.set(false);
    }
    Doctor.Case later = doctor.found("DA3", Cause.STORE_NO_ROOM);
    assertThat(later.proved()).isTrue();
    assertThat(later.offered())
        .containsExactly("CT Image Storage", "no room for anything new; free some");
    assertThat(later.command()).isEqualTo("leadglass status --data DIR");
    hasNoValue(later, 53);
  }

  @Test
  void aLaneThatIsOverIsFoundAndWhatIsProposedOpensItAgain() throws IOException {
    Lanes.Lane lane = ward.lane("DL1");
    // Nothing has swept yet, so the door is still there.
    ward.clock.move(Duration.ofDays(80));
    assertThat(rejection(Ward.from(lane))).isEqualTo(STRANGER);
    Doctor.Case over = doctor.found("DL1", Cause.LANE_CLOSED);
    assertThat(over.proved()).as("a lane proves nothing").isFalse();
    assertThat(over.address()).isEqualTo(Ward.FROM);
    assertThat(over.calling()).isEqualTo("DL1");
    assertThat(over.command())
        .isEqualTo(
            "leadglass device add DL1 --lane --from ADDRESS --owner NAME --until DATE --data DIR");
    assertThat(
            ward.clinic
                .archive
                .lanes()
                .set(Clinic.CONSOLE, "DL1", "", Optional.of(ward.today().plusDays(9))))
        .as("another last day is not what helps")
        .isInstanceOf(Ruling.Refused.class);
    Lanes.Lane again = ward.lane("DL1");
    assertThat(Ward.sent(again, 54, 1, Ward.image(54, 1))).isEqualTo("0:");
  }
}
