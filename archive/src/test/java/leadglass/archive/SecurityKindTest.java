package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is of security is of the kind that `docs/formats/audit-messages.md` says.
class SecurityKindTest {

  @Test
  void anotherHatIsARoleThatChanged() {
    assertThat(SecurityKind.of(true, "hat changed from radiologist")).isEqualTo(SecurityKind.ROLE);
    assertThat(SecurityKind.of(false, "wearing a hat")).isEqualTo(SecurityKind.ROLE);
  }

  @Test
  void aCodeForADeviceIsOfItsEnrolment() {
    for (String each :
        new String[] {"enrolment code made for device: US1", "device enrolled: US1"}) {
      assertThat(SecurityKind.of(true, each)).as(each).isEqualTo(SecurityKind.DEVICE);
    }
  }

  @Test
  void aDeviceThatIsRefusedDidNotProveItself() {
    for (String each :
        new String[] {
          "outside its hours refused",
          "another AE title refused",
          "unknown device refused",
          "no enrolled certificate, connection refused"
        }) {
      assertThat(SecurityKind.of(false, each)).as(each).isEqualTo(SecurityKind.NODE);
    }
  }

  @Test
  void whoeverMayNotWantedWhatIsRestricted() {
    assertThat(SecurityKind.of(false, "refused at the door: download"))
        .isEqualTo(SecurityKind.REFUSED);
  }
}
