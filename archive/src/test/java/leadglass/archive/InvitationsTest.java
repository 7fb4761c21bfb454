package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Invitations.Made;
import leadglass.archive.Invitations.Redeemed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvitationsTest {
  private static final Origin THERE = new Origin(Origin.Door.PAGE, "192.0.2.60");
  private final Premises premises = new Premises();

  @BeforeEach
  void found() throws IOException {
    premises.founded();
    premises.identities().webAuthority().server(List.of());
  }

  @Test
  void beforeThePagesWereEverServedThereIsNothingACodeCouldVouchFor() throws IOException {
    Premises unserved = new Premises();
    unserved.founded();
    Made made = unserved.invitations().invite(unserved.console, "CT1", Optional.of(Premises.TERMS));
    assertThat(((Made.Refused) made).rule()).startsWith("Start the archive once before");
  }

  private EnrolmentCode invited(String aeTitle, Optional<DeviceTerms> terms) throws IOException {
    Made made = premises.invitations().invite(premises.console, aeTitle, terms);
    return EnrolmentCode.read(((Made.Code) made).code()).orElseThrow();
  }

  private Redeemed redeem(EnrolmentCode code) throws IOException {
    byte[] request = EnrolmentRequest.fresh().request().getBytes(StandardCharsets.US_ASCII);
    return premises.invitations().redeem(THERE, code.secret(), request);
  }

  @Test
  void aCodeEnrolsOnceOnItsTermsAndAfterARestart() throws Exception {
    EnrolmentCode code = invited("CT1", Optional.of(Premises.TERMS));
    premises.reopen();
    assertThat(premises.invitations().list(premises.console))
        .extracting(Invitations.Open::aeTitle)
        .containsExactly("CT1");
    Redeemed.Enrolled enrolled = (Redeemed.Enrolled) redeem(code);
    X509Certificate certificate = PemText.certificates(enrolled.certificate()).getFirst();
    assertThat(premises.devices().admit(THERE, certificate, "CT1")).isPresent();
    assertThat(premises.devices().list(premises.console).getFirst().terms())
        .isEqualTo(Premises.TERMS);
    assertThat(redeem(code)).isInstanceOf(Redeemed.Wrong.class);
    assertThat(premises.invitations().list(premises.console)).isEmpty();
    assertThat(premises.details())
        .contains("enrolment code made for device: CT1", "device enrolled: CT1");
  }

  @Test
  void aCodeEndsAfterADayWhenReplacedAndWhenTheDeviceIsRevoked() throws Exception {
    EnrolmentCode first = invited("CT1", Optional.of(Premises.TERMS));
    EnrolmentCode second = invited("CT1", Optional.of(Premises.TERMS));
    assertThat(redeem(first)).isInstanceOf(Redeemed.Wrong.class);
    premises.clock.turn(Duration.ofHours(24));
    assertThat(redeem(second)).isInstanceOf(Redeemed.Wrong.class);
    premises.clock.turn(Duration.ofHours(2));
    premises.device("CT2");
    EnrolmentCode renewal = invited("CT2", Optional.empty());
    premises.devices().revoke(premises.console, "CT2", "sold");
    assertThat(redeem(renewal)).isInstanceOf(Redeemed.Wrong.class);
  }

  @Test
  void wrongCodesAreSlowedByAddressAndToldTheTrail() throws Exception {
    EnrolmentCode code = invited("CT1", Optional.of(Premises.TERMS));
    for (int i = 0; i < 3; i++) {
      assertThat(premises.invitations().redeem(THERE, "0".repeat(16 + i), new byte[0]))
          .isInstanceOf(Redeemed.Wrong.class);
    }
    assertThat(redeem(code)).isInstanceOf(Redeemed.Slowed.class);
    assertThat(premises.details()).contains("wrong enrolment code refused");
    premises.clock.turn(Duration.ofMinutes(5));
    assertThat(redeem(code)).isInstanceOf(Redeemed.Enrolled.class);
  }

  @Test
  void onlyWhoAdministersInvites() throws Exception {
    Caller eva = premises.in(premises.add("eva", Role.RADIOLOGIST)).caller();
    assertThat(premises.invitations().invite(eva, "CT1", Optional.of(Premises.TERMS)))
        .isEqualTo(new Made.Refused("You may not do this."));
    for (String title : List.of("", "A\\B")) {
      assertThat(
              premises.invitations().invite(premises.console, title, Optional.of(Premises.TERMS)))
          .isEqualTo(new Made.Refused(Devices.UNTITLED));
    }
    assertThat(premises.invitations().invite(premises.console, "CT1", Optional.empty()))
        .isInstanceOf(Made.Refused.class);
  }

  @Test
  void aCodeNamesItsArchiveAndTellsEverySlipOfTheFinger() throws Exception {
    EnrolmentCode code = invited("CT1", Optional.of(Premises.TERMS));
    Premises others = new Premises();
    others.founded();
    others.identities().webAuthority().server(List.of());
    assertThat(code.isOf(premises.identities().webAuthority().root().orElseThrow())).isTrue();
    assertThat(code.isOf(others.identities().webAuthority().root().orElseThrow())).isFalse();
    String text = code.text();
    assertThat(text).hasSize(39).doesNotContain("I", "L", "O", "U");
    assertThat(code).hasToString("EnrolmentCode[]");
    assertThat(EnrolmentCode.read(text.toLowerCase(java.util.Locale.ROOT).replace('-', ' ')))
        .hasValueSatisfying(read -> assertThat(read.text()).isEqualTo(text));
    int passed = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '-') {
        char other = text.charAt(i) == '7' ? '8' : '7';
        String slip = text.substring(0, i) + other + text.substring(i + 1);
        passed += EnrolmentCode.read(slip).isPresent() ? 1 : 0;
      }
    }
    assertThat(passed).isZero();
    assertThat(EnrolmentCode.read("")).isEmpty();
    assertThat(EnrolmentCode.read(text + "7")).isEmpty();
  }
}
