package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import leadglass.archive.Devices.Change;
import leadglass.archive.Devices.State;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Renewed, revoked, removed, kept to what it may do.
class DeviceLifeTest {
  private static final Origin SCANNER = new Origin(Origin.Door.DIMSE, "192.0.2.50");
  private static final Uid CT_IMAGE = new Uid("1.2.840.10008.5.1.4.1.1.2");
  private static final Uid MR_IMAGE = new Uid("1.2.840.10008.5.1.4.1.1.4");
  private static final DeviceKey MADE = new DeviceKey.Made("");
  private final Premises premises = new Premises();

  @BeforeEach
  void found() throws IOException {
    premises.founded();
  }

  private Devices devices() {
    return premises.devices();
  }

  private static X509Certificate certificate(Change change) throws Exception {
    return PemText.certificates(((Change.Done) change).certificate()).getFirst();
  }

  private static String rule(Change change) {
    return switch (change) {
      case Change.Done _ -> "";
      case Change.Refused(String rule) -> rule;
    };
  }

  private boolean admits(X509Certificate certificate) throws IOException {
    return devices().admit(SCANNER, certificate, "CT1").isPresent();
  }

  private Devices.Device shown() {
    return devices().list(premises.console).getFirst();
  }

  private X509CRL list() throws Exception {
    X509CRL list =
        (X509CRL)
            CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(devices().revocationList()));
    list.verify(PemText.certificates(premises.authority().caPem()).get(1).getPublicKey());
    return list;
  }

  private static Set<String> serials(X509CRL list) {
    Set<? extends X509CRLEntry> entries =
        Objects.requireNonNullElse(list.getRevokedCertificates(), Set.<X509CRLEntry>of());
    return entries.stream()
        .map(entry -> entry.getSerialNumber().toString(16))
        .collect(Collectors.toSet());
  }

  private static String serial(X509Certificate certificate) {
    return certificate.getSerialNumber().toString(16);
  }

  @Test
  void whatADeviceMayNoLongerIsNotLeftToAnAssociationThatIsOpen() throws Exception {
    X509Certificate certificate = certificate(premises.device("CT1"));
    devices().set(premises.console, "CT1", may(DeviceVerb.STORE, DeviceVerb.FIND));
    Caller.Device open = devices().admit(SCANNER, certificate, "CT1").orElseThrow();
    devices()
        .set(premises.console, "CT1", may(DeviceVerb.STORE, DeviceVerb.FIND, DeviceVerb.RETRIEVE));
    assertThat(devices().stands(open, certificate)).as("more is no reason to go").isTrue();
    devices().set(premises.console, "CT1", may(DeviceVerb.STORE));
    assertThat(devices().stands(open, certificate)).isFalse();
  }

  private static DeviceTerms may(DeviceVerb... verbs) {
    return new DeviceTerms(
        "Ada Poe", Set.of(), Optional.empty(), Set.of(verbs), Optional.empty(), Optional.empty());
  }

  @Test
  void aRevokedDeviceProvesNothingAtOnceAndAfterARestart() throws Exception {
    X509Certificate certificate = certificate(premises.device("CT1"));
    Caller.Device open = devices().admit(SCANNER, certificate, "CT1").orElseThrow();
    assertThat(devices().stands(open, certificate)).isTrue();
    assertThat(devices().objection(open, Optional.of(CT_IMAGE))).isEmpty();
    assertThat(devices().revoke(premises.console, "CT1", " sold "))
        .isEqualTo(new Ruling.Done("CT1"));
    for (int start = 0; start < 2; start++) {
      assertThat(devices().knows(certificate)).isFalse();
      assertThat(admits(certificate)).isFalse();
      assertThat(devices().stands(open, certificate)).isFalse();
      assertThat(devices().objection(open, Optional.of(CT_IMAGE))).isPresent();
      assertThat(shown().state()).isEqualTo(State.REVOKED);
      assertThat(shown().revoked())
          .contains(new Devices.Revoked("console root", premises.clock.millis(), "sold"));
      premises.reopen();
    }
    assertThat(premises.details()).contains("device revoked: CT1: sold");
  }

  @Test
  void revokingTwiceChangesNothing() throws Exception {
    premises.device("CT1");
    devices().revoke(premises.console, "CT1", "sold");
    premises.clock.turn(Duration.ofHours(1));
    Devices.Device before = shown();
    premises.trail.clear();
    assertThat(devices().revoke(premises.console, "CT1", "lost")).isEqualTo(new Ruling.Done("CT1"));
    assertThat(shown()).isEqualTo(before);
    assertThat(premises.trail).isEmpty();
    assertThat(devices().revoke(premises.console, "CT2", "lost"))
        .isInstanceOf(Ruling.NotThere.class);
  }

  @Test
  void aRevocationNeedsAReasonAndAnAdministratorAndTheTrail() throws Exception {
    X509Certificate certificate = certificate(premises.device("CT1"));
    assertThat(devices().revoke(premises.console, "CT1", "  ")).isInstanceOf(Ruling.Refused.class);
    assertThat(devices().revoke(premises.console, "CT1", "a\nb"))
        .isInstanceOf(Ruling.Refused.class);
    Caller eva = premises.in(premises.add("eva", Role.RADIOLOGIST)).caller();
    assertThat(devices().revoke(eva, "CT1", "sold")).isInstanceOf(Ruling.NotThere.class);
    assertThat(devices().remove(eva, "CT1")).isInstanceOf(Ruling.NotThere.class);
    assertThat(devices().set(eva, "CT1", Premises.TERMS)).isInstanceOf(Ruling.NotThere.class);
    assertThat(rule(devices().renew(eva, "CT1", MADE))).isEqualTo("You may not do this.");
    premises.trailBroken = true;
    assertThatThrownBy(() -> devices().revoke(premises.console, "CT1", "sold"))
        .isInstanceOf(IOException.class);
    assertThat(devices().knows(certificate)).isTrue();
  }

  @Test
  void aRevokedDeviceComesBackByAnotherKeyOnly() throws Exception {
    X509Certificate old = certificate(premises.device("CT1"));
    devices().revoke(premises.console, "CT1", "stolen");
    assertThat(rule(devices().renew(premises.console, "CT1", MADE))).contains("revoked");
    X509Certificate fresh = certificate(premises.device("CT1"));
    assertThat(admits(fresh)).isTrue();
    assertThat(admits(old)).isFalse();
    assertThat(shown().state()).isEqualTo(State.VALID);
    assertThat(serials(list())).containsExactly(serial(old));
  }

  @Test
  void aRemovedDeviceIsGoneAndItsOpenAssociationStoresNothing() throws Exception {
    X509Certificate certificate = certificate(premises.device("CT1"));
    Caller.Device open = devices().admit(SCANNER, certificate, "CT1").orElseThrow();
    assertThat(devices().remove(premises.console, "CT1")).isEqualTo(new Ruling.Done("CT1"));
    assertThat(devices().list(premises.console)).isEmpty();
    assertThat(devices().knows(certificate)).isFalse();
    assertThat(devices().objection(open, Optional.of(CT_IMAGE))).isPresent();
    assertThat(devices().remove(premises.console, "CT1")).isInstanceOf(Ruling.NotThere.class);
    premises.device("CT1");
    assertThat(devices().stands(open, certificate)).as("the same title, another key").isFalse();
    premises.reopen();
    assertThat(admits(certificate)).isFalse();
    assertThat(serials(list())).containsExactly(serial(certificate));
  }

  @Test
  void whatWasRenewedCountsSevenDaysLongerThenOnlyTheNew() throws Exception {
    X509Certificate old = certificate(premises.device("CT1"));
    premises.clock.turn(Duration.ofDays(340));
    assertThat(shown().state()).isEqualTo(State.ENDS_SOON);
    X509Certificate fresh = certificate(devices().renew(premises.console, "CT1", MADE));
    long overlap = premises.clock.millis() + Duration.ofDays(7).toMillis();
    assertThat(shown().state()).isEqualTo(State.VALID);
    assertThat(shown().formerEndsMillis()).containsExactly(overlap);
    assertThat(admits(old)).isTrue();
    assertThat(admits(fresh)).isTrue();
    assertThat(serials(list())).isEmpty();
    premises.clock.turn(Duration.ofDays(7));
    premises.reopen();
    assertThat(admits(old)).isFalse();
    assertThat(old.getNotAfter().toInstant()).isAfter(premises.clock.instant());
    assertThat(admits(fresh)).isTrue();
    assertThat(shown().formerEndsMillis()).isEmpty();
    assertThat(serials(list())).containsExactly(serial(old));
  }

  @Test
  void renewingOnceMoreLeavesWhatTheDeviceStillUses() throws Exception {
    X509Certificate first = certificate(premises.device("CT1"));
    X509Certificate lost = certificate(devices().renew(premises.console, "CT1", MADE));
    premises.clock.turn(Duration.ofDays(1));
    X509Certificate third = certificate(devices().renew(premises.console, "CT1", MADE));
    assertThat(List.of(admits(first), admits(lost), admits(third))).containsOnly(true);
    premises.clock.turn(Duration.ofDays(6));
    assertThat(List.of(admits(first), admits(lost), admits(third)))
        .containsExactly(false, true, true);
    for (int i = 0; i < 20; i++) {
      devices().renew(premises.console, "CT1", MADE);
    }
    assertThat(rule(devices().renew(premises.console, "CT1", MADE))).contains("times");
    devices().revoke(premises.console, "CT1", "lost");
    assertThat(List.of(admits(first), admits(lost), admits(third))).containsOnly(false);
  }

  @Test
  void theListOfRevokedCertificatesIsFreshNumberedAndForgetsWhatEnded() throws Exception {
    X509Certificate certificate = certificate(premises.device("CT1"));
    X509CRL empty = list();
    assertThat(serials(empty)).isEmpty();
    Duration next =
        Duration.between(empty.getThisUpdate().toInstant(), empty.getNextUpdate().toInstant());
    assertThat(next).isEqualTo(Duration.ofHours(24));
    assertThat(list()).as("the same for an hour").isEqualTo(empty);
    premises.clock.turn(Duration.ofSeconds(1));
    devices().revoke(premises.console, "CT1", "sold");
    assertThat(serials(list())).containsExactly(serial(certificate));
    assertThat(list().getExtensionValue("2.5.29.20"))
        .isNotEqualTo(empty.getExtensionValue("2.5.29.20"));
    premises.clock.turn(Duration.ofHours(2));
    Instant again = list().getThisUpdate().toInstant();
    assertThat(again).isAfter(empty.getThisUpdate().toInstant().plusSeconds(3600));
    premises.clock.turn(Duration.ofDays(400));
    assertThat(serials(list())).isEmpty();
    assertThat(premises.registry.list(RevocationRecord.KIND)).isEmpty();
  }

  @Test
  void aDeviceMayBeLimitedToSopClasses() throws Exception {
    DeviceTerms terms = new DeviceTerms("Ada Poe", Set.of(CT_IMAGE), Optional.empty());
    Change change = devices().add(premises.console, "CT1", terms, MADE);
    premises.reopen();
    Caller.Device ct = devices().admit(SCANNER, certificate(change), "CT1").orElseThrow();
    assertThat(devices().sopClasses(ct)).containsExactly(CT_IMAGE);
    assertThat(devices().objection(ct, Optional.of(CT_IMAGE))).isEmpty();
    assertThat(devices().objection(ct, Optional.of(MR_IMAGE))).isPresent();
    assertThat(devices().objection(ct, Optional.empty())).isPresent();
    assertThat(devices().objection(premises.console, Optional.of(MR_IMAGE))).isEmpty();
    devices().set(premises.console, "CT1", Premises.TERMS);
    assertThat(devices().objection(ct, Optional.of(MR_IMAGE))).isEmpty();
  }

  @Test
  void outsideItsHoursADeviceIsRefusedAndTold() throws Exception {
    int now = premises.clock.instant().atZone(java.time.ZoneOffset.UTC).getHour();
    DeviceTerms.Hours hours = new DeviceTerms.Hours(now, now + 1);
    DeviceTerms terms = new DeviceTerms("Ada Poe", Set.of(), Optional.of(hours));
    X509Certificate certificate = certificate(devices().add(premises.console, "CT1", terms, MADE));
    Caller.Device open = devices().admit(SCANNER, certificate, "CT1").orElseThrow();
    premises.clock.turn(Duration.ofHours(1));
    assertThat(devices().stands(open, certificate)).isFalse();
    assertThat(devices().objection(open, Optional.of(CT_IMAGE))).isPresent();
    assertThat(admits(certificate)).isFalse();
    assertThat(premises.events).contains(new ArchiveEvent.OutsideHours("CT1"));
    assertThat(premises.details()).contains("outside its hours refused");
    premises.clock.turn(Duration.ofHours(23));
    assertThat(admits(certificate)).isTrue();
  }

  @Test
  void hoursMayGoOverMidnight() {
    DeviceTerms.Hours night = DeviceTerms.Hours.parse("20-06").orElseThrow();
    assertThat(night).hasToString("20-06");
    for (int hour = 0; hour < 24; hour++) {
      assertThat(night.has(java.time.LocalTime.of(hour, 59))).isEqualTo(hour >= 20 || hour < 6);
    }
    for (String wrong : new String[] {"", "6", "24-06", "06-25", "06-06", "06-00", "a-b", "-1-2"}) {
      assertThat(DeviceTerms.Hours.parse(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void termsAreReadAsTheyAreTyped() {
    assertThat(DeviceTerms.parse(" Ada Poe ", "all", ""))
        .isEqualTo(new DeviceTerms.Parsed.Terms(Premises.TERMS));
    assertThat(DeviceTerms.parse("Ada", CT_IMAGE.value() + ", " + MR_IMAGE.value(), "06-20"))
        .isEqualTo(
            new DeviceTerms.Parsed.Terms(
                new DeviceTerms(
                    "Ada", Set.of(CT_IMAGE, MR_IMAGE), Optional.of(new DeviceTerms.Hours(6, 20)))));
    for (String wrong : new String[] {"CT", "1.2.840.10008.1.1", ",", "all,all"}) {
      assertThat(DeviceTerms.parse("Ada", wrong, "")).isInstanceOf(DeviceTerms.Parsed.Wrong.class);
    }
    assertThat(DeviceTerms.parse("Ada", "", "always")).isInstanceOf(DeviceTerms.Parsed.Wrong.class);
  }

  @Test
  void aNewDeviceNeedsSomebodyWhoAnswersForIt() throws Exception {
    for (String owner : new String[] {"", "  ", "a\tb", "x".repeat(101)}) {
      DeviceTerms terms = new DeviceTerms(owner, Set.of(), Optional.empty());
      assertThat(rule(devices().add(premises.console, "CT1", terms, MADE))).contains("Name");
    }
  }

  @Test
  void whatAnOlderVersionWroteStoresEverythingAlwaysAndNamesNobody() throws Exception {
    X509Certificate certificate = certificate(premises.device("CT1"));
    String old =
        """
        {"aeTitle":"CT1","key":"%s","made":5,"ends":%d}\
        """
            .formatted(
                java.util.Base64.getEncoder().encodeToString(DeviceBook.pinned(certificate)),
                certificate.getNotAfter().toInstant().toEpochMilli());
    premises.registry.put("device", "CT1", 1, old.getBytes(StandardCharsets.UTF_8));
    premises.reopen();
    assertThat(admits(certificate)).isTrue();
    assertThat(shown().terms()).isEqualTo(new DeviceTerms("", Set.of(), Optional.empty()));
    assertThat(devices().summary()).isEqualTo(new Devices.Summary(1, 0, 0, 1, 0));
    devices().renew(premises.console, "CT1", MADE);
    devices().revoke(premises.console, "CT1", "sold");
    assertThat(devices().summary()).isEqualTo(new Devices.Summary(0, 0, 0, 0, 0));
  }

  @Test
  void theSummaryCountsWhatEndsAndWhatHasEnded() throws Exception {
    premises.device("CT1");
    premises.clock.turn(Duration.ofDays(100));
    premises.device("CT2");
    premises.clock.turn(Duration.ofDays(240));
    assertThat(devices().summary()).isEqualTo(new Devices.Summary(2, 1, 0, 0, 0));
    premises.clock.turn(Duration.ofDays(100));
    assertThat(devices().summary()).isEqualTo(new Devices.Summary(2, 1, 1, 0, 0));
  }

  @Test
  void aKeyThatLiesInAFolderIsToldAfterADayUntilTheFolderIsGone(@TempDir Path folder)
      throws Exception {
    devices().add(premises.console, "CT1", Premises.TERMS, new DeviceKey.Made(folder.toString()));
    assertThat(shown().keyLaid()).isEmpty();
    premises.clock.turn(Duration.ofHours(25));
    premises.reopen();
    assertThat(shown().keyLaid()).contains(folder.toString());
    assertThat(devices().summary().keysLaid()).isEqualTo(1);
    Files.delete(folder);
    assertThat(shown().keyLaid()).isEmpty();
    Files.createDirectory(folder); // the extension wants it
  }

  @Test
  void strangersLearnNothingOfDevices() throws Exception {
    premises.device("CT1");
    assertThat(devices().list(new Caller.Stranger(PAGE))).isEmpty();
    assertThat(premises.invitations().list(new Caller.Stranger(PAGE))).isEmpty();
  }
}
