package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoctorTest {
  private static final Caller.Person ADA =
      new Caller.Person("ada", Role.ADMINISTRATOR, Set.of(Role.ADMINISTRATOR), Premises.PAGE);

  private final HandClock clock = new HandClock();
  private final Doctor doctor =
      new Doctor(
          title -> Set.of("CT1", "CT 'x").contains(title),
          (_, _) -> new Doctor.Found(Cause.CERTIFICATE_UNKNOWN, ""),
          new Gate(),
          clock);

  private static Doctor.Met met(String address, String device, String calling) {
    return new Doctor.Met(
        Cause.OTHER_TITLE, address, device, !device.isEmpty(), calling, "LEADGLASS", List.of("x"));
  }

  @ParameterizedTest
  @EnumSource
  void everyCauseHasARuleARemedyAndACommand(Cause cause) {
    assertThat(cause.rule()).matches("[A-Z][ -~]+\\.");
    assertThat(cause.remedy()).matches("[A-Z][ -~]+[:]");
    assertThat(cause.command("CT1"))
        .matches("leadglass (device|dicom|site|token|status|import|quarantine) [ -~]+")
        .doesNotContain("%");
    // Nothing that leaves a rule out: every verb, all hours, any address.
    assertThat(cause.command("CT1")).doesNotContain("--hours all", "--sop-classes all", "0.0.0.0");
  }

  @Test
  void whatIsLikeIsCountedAndNotKeptAgain() {
    long first = clock.millis();
    doctor.met(met("192.168.7.1", "CT1", "CT2"));
    clock.turn(Duration.ofSeconds(5));
    doctor.met(met("192.168.7.1", "CT1", "CT2"));
    assertThat(doctor.of(ADA, "CT1"))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.count()).isEqualTo(2);
          assertThat(each.firstMillis()).isEqualTo(first);
          assertThat(each.lastMillis()).isEqualTo(clock.millis());
          assertThat(each.command()).isEqualTo("leadglass device show CT1 --data DIR");
        });
  }

  @Test
  void aFloodOfMadeUpTitlesFillsNeitherTheMemoryNorADevicesOwnPlace() {
    doctor.met(met("192.168.7.1", "CT1", "CT2"));
    doctor.met(met("192.168.7.2", "", "OTHER"));
    clock.turn(Duration.ofSeconds(1));
    for (int i = 0; i < 10_000; i++) {
      doctor.met(met("192.168.7.66", "", "T" + i));
      doctor.met(
          new Doctor.Met(
              Cause.CALLED_TITLE, "192.168.7.66", "", false, "CT1", "C" + i, List.of("l" + i)));
    }
    assertThat(doctor.of(ADA, "192.168.7.66")).hasSize(Doctor.ADDRESS_CASES_MAX);
    assertThat(doctor.of(ADA, "192.168.7.2")).hasSize(1);
    List<Doctor.Case> own = doctor.of(ADA, "CT1");
    assertThat(own).hasSize(Doctor.DEVICE_CASES_MAX + 1);
    assertThat(own.getLast().proved()).isTrue();
    for (int i = 0; i < 1_000; i++) {
      doctor.met(met("10.0." + i / 250 + "." + i % 250, "", "T" + i));
    }
    assertThat(doctor.last(ADA)).hasSize(Doctor.OTHER_CASES_MAX + 1);
  }

  @Test
  void whatAStrangerClaimsIsShortAndPlainAndInNoCommand() {
    String hostile = "\u001b[31m<script>alert(1)</script>\u202e$(reboot)";
    doctor.met(
        new Doctor.Met(
            Cause.OTHER_TITLE,
            "10.0.0.9",
            hostile,
            false,
            hostile,
            hostile,
            List.of(hostile + "x")));
    Doctor.Case met = doctor.of(ADA, "10.0.0.9").getFirst();
    assertThat(met.calling()).isEqualTo("?[31m<script>ale");
    assertThat(met.claims()).matches("[ -~]+");
    assertThat(met.offered().getFirst()).matches("[ -~]+");
    assertThat(met.command()).isEqualTo("leadglass device show AETITLE --data DIR");
    assertThat(met.toString() + met(hostile, hostile, hostile)).doesNotContain("script");
    doctor.met(new Doctor.Met(Cause.SILENT, "10.0.0.8", "", false, "", "", lines(100)));
    assertThat(doctor.of(ADA, "10.0.0.8").getFirst().offered())
        .hasSize(Doctor.LINES_MAX)
        .allSatisfy(line -> assertThat(line).hasSize(Doctor.LINE_CHARS_MAX));
  }

  private static List<String> lines(int count) {
    return java.util.stream.IntStream.range(0, count).mapToObj(i -> "y".repeat(1000)).toList();
  }

  @Test
  void aTitleThatAShellWouldReadIsQuoted() {
    doctor.met(met("10.0.0.9", "CT 'x", "CT2"));
    assertThat(doctor.of(ADA, "CT 'x").getFirst().command())
        .isEqualTo("leadglass device show 'CT '\\''x' --data DIR");
  }

  @Test
  void aTitleThatOnlySaysSoIsNotProved() {
    doctor.met(met("10.0.0.9", "", " CT1 "));
    assertThat(doctor.of(ADA, "CT1").getFirst().proved()).isFalse();
    assertThat(doctor.of(ADA, "10.0.0.9")).isEmpty();
  }

  @Test
  void whoCannotAdministerLearnsNothing() {
    doctor.met(met("10.0.0.9", "CT1", "CT2"));
    for (Caller other :
        List.of(
            new Caller.Stranger(Premises.PAGE),
            new Caller.Device("CT1", Premises.PAGE),
            new Caller.Person("eva", Role.AUDITOR, Set.of(Role.AUDITOR), Premises.PAGE))) {
      assertThat(doctor.of(other, "CT1")).isEmpty();
      assertThat(doctor.last(other)).isEmpty();
    }
  }
}
