package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.DeviceVerb;
import leadglass.archive.LaneTerms;
import leadglass.archive.Lanes;
import leadglass.archive.Origin;
import leadglass.archive.Quarantine;
import leadglass.archive.Question;
import leadglass.archive.Role;
import leadglass.archive.Ruling;
import leadglass.archive.SetUp;
import leadglass.archive.Tenants;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What comes over a lane, who comes over none, and what becomes of it. One archive for all: each
/// test has lanes and studies of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaneDoorsTest {
  /// Rejected-permanent, service-user, calling-AE-title-not-recognized (PS3.8 Table 9-21).
  private static final byte[] STRANGER = {0, 1, 1, 3};

  private static final int ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;

  @TempDir private static Path folder;

  private Ward ward;

  @BeforeAll
  void open() throws IOException {
    ward = new Ward(folder);
  }

  @AfterAll
  void close() throws IOException {
    ward.close();
  }

  private static byte[] rejection(RawScu.Builder asking) {
    RawScu.NotAcceptedException refused =
        catchThrowableOfType(
            RawScu.NotAcceptedException.class,
            () -> asking.propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN).open());
    assertThat(refused.pdu.type()).isEqualTo(RawPdu.ASSOCIATE_RJ);
    return refused.pdu.body();
  }

  @Test
  void whateverIsWrongHasTheAnswerOfAStranger() throws IOException {
    Lanes.Lane lane = ward.lane("US1");
    Lanes.Lane other = ward.lane("US2");
    Map<String, RawScu.Builder> wrong = new LinkedHashMap<>();
    wrong.put("calling", Ward.from(lane).calling("US2"));
    wrong.put("called", Ward.from(lane).called(other.called()));
    wrong.put("called as the archive", Ward.from(lane).called(Clinic.TITLE));
    wrong.put(
        "called in other letters", Ward.from(lane).called(lane.called().toLowerCase(Locale.ROOT)));
    wrong.put("both", Ward.from(lane).calling("NOBODY").called("NOBODY"));
    wrong.put("another lane's port", Ward.from(other).calling("US1").called(lane.called()));
    wrong.forEach((what, asking) -> assertThat(rejection(asking)).as(what).isEqualTo(STRANGER));
    try (RawScu scu =
        Ward.from(lane).propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN).open()) {
      assertThat(scu.echo().status()).isZero();
      scu.release();
    }
  }

  @Test
  void fromAnotherAddressNotAByteIsRead() throws IOException {
    Lanes.Lane lane = ward.lane("US3");
    try (RawScu scu = Ward.from(Ward.ELSEWHERE, lane).connect()) {
      assertThat(scu.closedByPeer()).isTrue();
    }
    assertThat(ward.clinic.events).contains(new LaneEvent.LaneKnocked("US3"));
  }

  @Test
  void theCalledTitleIsRandomAndShownToAdministratorsAlone() throws IOException {
    Lanes.Lane lane = ward.lane("US4");
    assertThat(lane.called()).matches("[A-Z2-9]{16}").isNotEqualTo(ward.lane("US5").called());
    assertThat(lane.toString()).doesNotContain(lane.called());
    assertThat(ward.clinic.archive.lanes().list(ward.technologist())).isEmpty();
    assertThat(ward.clinic.archive.lanes().seen(ward.technologist()).orElseThrow().open())
        .isPositive();
  }

  @Test
  void whoStoresFirstAndWhoStoresSecondAreBothKept() throws IOException {
    Lanes.Lane lane = ward.lane("US6");
    byte[] forged = Ward.image(61, 1);
    byte[] genuine = Ward.otherImage(61, 1);
    assertThat(Ward.sent(lane, 61, 1, forged)).isEqualTo("0:");
    assertThat(Ward.sent(lane, 61, 1, genuine)).isEqualTo("0:");
    assertThat(Ward.sent(lane, 61, 1, forged)).isEqualTo("0:");
    assertThat(ward.unverified()).contains(Clinic.study(61));
    assertThat(ward.apart(61))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.why()).isEqualTo(Quarantine.Why.CONFLICT);
          assertThat(entry.unproved()).isTrue();
        });
    // With TLS too: the first one may be the forged one, so the second is kept whatever the rule.
    ward.clinic.store(Clinic.file(Clinic.EXPLICIT, 61, 1, 1, tampered(genuine)));
    assertThat(ward.apart(61)).hasSize(2);
    assertThat(ward.clinic.archive.unverified().confirm(ward.technologist(), Clinic.study(61)))
        .isInstanceOf(Ruling.Done.class);
    assertThat(ward.unverified()).doesNotContain(Clinic.study(61));
    assertThat(ward.clinic.archive.unverified().confirm(ward.technologist(), Clinic.study(61)))
        .isInstanceOf(Ruling.NotThere.class);
    assertThat(Ward.sent(lane, 61, 1, forged)).isEqualTo("0:");
    assertThat(ward.unverified()).doesNotContain(Clinic.study(61));
  }

  private static byte[] tampered(byte[] dataSet) {
    byte[] other = dataSet.clone();
    other[other.length - 2] ^= 1;
    return other;
  }

  @Test
  void nothingOverALaneChangesWhatCameBefore() throws IOException {
    Lanes.Lane lane = ward.lane("US7");
    ward.clinic.fill(71, 1, 2);
    assertThat(Ward.sent(lane, 71, 1, Ward.otherImage(71, 1))).isEqualTo("0:");
    assertThat(ward.apart(71)).hasSize(1);
    assertThat(ward.unverified()).doesNotContain(Clinic.study(71));
    assertThat(Ward.sent(lane, 71, 3, Ward.image(71, 3))).isEqualTo("0:");
    assertThat(ward.unverified()).contains(Clinic.study(71));
    assertThat(instances(71)).hasSize(3);
    ward.clock.move(Duration.ofHours(5));
    assertThat(Ward.sent(lane, 71, 4, Ward.image(71, 4))).isEqualTo("0:");
    assertThat(instances(71)).hasSize(3);
    assertThat(ward.apart(71).stream().map(Quarantine.Entry::why))
        .containsExactly(Quarantine.Why.CONFLICT, Quarantine.Why.LATE);
    String late = ward.apart(71).getLast().name();
    assertThat(ward.clinic.archive.quarantine().accept(ward.technologist(), late, "it is theirs"))
        .isInstanceOf(Ruling.Done.class);
    assertThat(instances(71))
        .hasSize(4)
        .allSatisfy(
            row -> row.forEach(element -> assertThat(Tag.isPrivate(element.tag())).isFalse()));
  }

  private List<DataSet> instances(int study) throws IOException {
    return ward.found(Question.Level.INSTANCE, Optional.of(Clinic.study(study)), "");
  }

  @Test
  void aKnownPatientStaysWhoTheyAre() throws IOException {
    Lanes.Lane lane = ward.lane("US8");
    ward.clinic.fill(81, 1, 1);
    byte[] asOther =
        new String(Ward.image(82, 1), StandardCharsets.ISO_8859_1)
            .replace("ID82", "ID81")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Ward.sent(lane, 82, 1, asOther)).isEqualTo("0:");
    assertThat(ward.found(Question.Level.STUDY, Optional.empty(), "ID81")).hasSize(2);
    assertThat(ward.found(Question.Level.PATIENT, Optional.empty(), "ID81"))
        .singleElement()
        .satisfies(row -> assertThat(row.string(Tag.PATIENT_NAME)).contains("Nobody^Number81"));
  }

  private static List<String> askable() {
    List<String> classes = new ArrayList<>();
    Scp.verbs().keySet().forEach(each -> classes.add(each.value()));
    classes.remove(Ward.WORKLIST.value());
    classes.add(Ward.WORKLIST.value()); // last
    return classes;
  }

  private static List<Integer> answers(Lanes.Lane lane) throws IOException {
    RawScu.Builder asking = Ward.from(lane);
    askable().forEach(each -> asking.propose(each, RawScu.EXPLICIT_VR_LITTLE_ENDIAN));
    try (RawScu scu = asking.open()) {
      scu.release();
      return new TreeMap<>(scu.answers()).values().stream().map(RawScu.Answer::result).toList();
    }
  }

  @Test
  void aLaneAnswersNoQuestion() throws IOException {
    List<Integer> none = answers(ward.lane("US9"));
    assertThat(none).hasSize(askable().size()).containsOnly(ABSTRACT_SYNTAX_NOT_SUPPORTED);
    List<Integer> worklist = answers(ward.lane("US10", ward.today().plusDays(90), true));
    assertThat(worklist.getLast()).isZero();
    assertThat(worklist.subList(0, worklist.size() - 1))
        .containsOnly(ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  @Test
  void aLaneIsNoDestination() throws IOException {
    ward.lane("US11");
    ward.clinic.reader("READ1");
    Caller reader =
        new Caller.Device(
            "READ1",
            Set.of(DeviceVerb.RETRIEVE),
            Optional.empty(),
            new Origin(Origin.Door.DIMSE, "127.0.0.1"));
    assertThat(ward.clinic.archive.destinations().find(reader, "US11")).isEmpty();
    assertThat(ward.clinic.archive.destinations().of("US11")).isEmpty();
  }

  @Test
  void revokingClosesTheDoorAndEndsWhatIsOpen() throws IOException {
    Lanes.Lane lane = ward.lane("US12");
    try (RawScu scu =
        Ward.from(lane).propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN).open()) {
      assertThat(scu.echo().status()).isZero();
      assertThat(ward.clinic.archive.lanes().revoke(Clinic.CONSOLE, "US12", "sold"))
          .isInstanceOf(Ruling.Done.class);
      assertThat(scu.receive().type()).isEqualTo(RawPdu.ABORT);
    }
    assertThatThrownBy(() -> Ward.from(lane).open()).isInstanceOf(ConnectException.class);
    assertThat(ward.now("US12").state()).isEqualTo(Lanes.State.REVOKED);
    Lanes.Lane again = ward.lane("US12");
    assertThat(again.called()).isNotEqualTo(lane.called());
    assertThat(Ward.sent(again, 121, 1, Ward.image(121, 1))).isEqualTo("0:");
  }

  @Test
  void afterARestartPortAndTitleAreTheSame() throws IOException {
    Lanes.Lane lane = ward.lane("US13");
    assertThat(lane.port()).isPositive();
    ward.restart();
    assertThat(ward.now("US13")).isEqualTo(lane);
    assertThat(Ward.sent(lane, 131, 1, Ward.image(131, 1))).isEqualTo("0:");
  }

  @Test
  void strangersKeepNobodyOut() throws IOException {
    Lanes.Lane lane = ward.lane("US14");
    List<RawScu> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * LaneDoors.ASSOCIATIONS_MAX; i++) {
        silent.add(Ward.from(lane).connect());
        silent.add(Ward.from(Ward.ELSEWHERE, lane).connect());
      }
      assertThat(Ward.sent(lane, 141, 1, Ward.image(141, 1))).isEqualTo("0:");
    } finally {
      for (RawScu each : silent) {
        each.close();
      }
    }
  }

  @Test
  void aLaneIsPrivateShortAndOfADeviceThatHasNoCertificate() throws IOException {
    ward.clinic.reader("CT15");
    Map<String, Lanes.Change> refused = new LinkedHashMap<>();
    refused.put("a public address", ward.tried("US15", "192.0.2.1", ward.today()));
    refused.put("too long", ward.tried("US15", Ward.FROM, ward.today().plusMonths(12).plusDays(1)));
    refused.put("over already", ward.tried("US15", Ward.FROM, ward.today().minusDays(1)));
    refused.put(
        "every address of this machine",
        ward.tried("US15", Ward.FROM, "0.0.0.0", ward.today(), false));
    refused.put("two families", ward.tried("US15", Ward.FROM, "::1", ward.today(), false));
    refused.put("no title", ward.tried("US\\15", Ward.FROM, ward.today()));
    refused.put("a certificate", ward.tried("CT15", Ward.FROM, ward.today()));
    ward.lane("US16");
    refused.put("twice", ward.tried("US16", Ward.FROM, ward.today()));
    assertThat(refused.values())
        .allSatisfy(each -> assertThat(each).isInstanceOf(Lanes.Change.Refused.class));
    assertThatThrownBy(() -> ward.clinic.reader("US16")).isInstanceOf(ClassCastException.class);
    assertThat(
            ward.clinic
                .archive
                .lanes()
                .set(Clinic.CONSOLE, "US16", "", Optional.of(ward.today().plusMonths(13))))
        .isInstanceOf(Ruling.Refused.class);
    assertThat(
            ward.clinic
                .archive
                .lanes()
                .set(Clinic.CONSOLE, "US16", "Bo Lund", Optional.of(ward.today().plusMonths(11))))
        .isInstanceOf(Ruling.Done.class);
    assertThat(ward.now("US16").owner()).isEqualTo("Bo Lund");
    assertThat(ward.now("US16").lastDay()).isEqualTo(ward.today().plusMonths(11));
  }

  @Test
  void aFurtherSiteHasLanesOfItsOwn() throws IOException {
    Archive house = ward.clinic.archive;
    assertThat(
            house
                .tenants()
                .add(
                    Clinic.CONSOLE,
                    new Tenants.Site("north", "North Imaging", "north.example", "NORTH"),
                    List.of(
                        new SetUp.Person(
                            "ada", "violet harbour 71 lamps".toCharArray(), Role.ADMINISTRATOR))))
        .isInstanceOf(Tenants.Added.Done.class);
    Archive north = house.tenants().named("north").orElseThrow();
    LaneTerms terms =
        new LaneTerms(
            "Ada Poe",
            InetAddress.ofLiteral(Ward.FROM),
            InetAddress.ofLiteral("127.0.0.1"),
            ward.today(),
            false);
    Lanes.Lane ours = ward.lane("US18");
    Lanes.Lane theirs =
        ((Lanes.Change.Done) north.lanes().add(Clinic.CONSOLE, "US18", terms)).lane();
    assertThat(rejection(Ward.from(theirs).called(ours.called()))).isEqualTo(STRANGER);
    assertThat(Ward.sent(theirs, 181, 1, Ward.image(181, 1))).isEqualTo("0:");
    assertThat(ward.unverified()).doesNotContain(Clinic.study(181));
    assertThat(north.unverified().list(Clinic.CONSOLE)).hasSize(1);
    assertThat(north.lanes().remove(Clinic.CONSOLE, "US18")).isInstanceOf(Ruling.Done.class);
    assertThatThrownBy(() -> Ward.from(theirs).open()).isInstanceOf(ConnectException.class);
    assertThat(Ward.sent(ours, 182, 1, Ward.image(182, 1))).isEqualTo("0:");
  }

  @Test
  void whoMayNotAdministerEnrolsNoLane() throws IOException {
    LaneTerms terms =
        new LaneTerms(
            "Ada Poe",
            InetAddress.ofLiteral(Ward.FROM),
            InetAddress.ofLiteral("127.0.0.1"),
            ward.today(),
            false);
    assertThat(ward.clinic.archive.lanes().add(ward.technologist(), "US17", terms))
        .isInstanceOf(Lanes.Change.Refused.class);
    assertThat(ward.clinic.archive.lanes().has("US17")).isFalse();
  }
}
