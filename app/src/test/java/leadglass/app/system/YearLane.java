package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.LocalDate;
import leadglass.archive.Act;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.testkit.RawScu;

/// An old ultrasound machine without TLS gets a lane, stores over it, and gets another machine's
/// fate in the end; somebody looks at what came, and says that it is what it says.
final class YearLane {
  private static final String TITLE = "US3";
  private static final String FROM = "127.0.0.2";
  private static final YearEntry.Who DEVICE =
      new YearEntry.Who("device", TITLE, "", Origin.Door.DIMSE);

  private final YearClinic clinic;
  private final YearLooks looks;

  YearLane(YearClinic clinic, YearLooks looks) {
    this.clinic = clinic;
    this.looks = looks;
  }

  void comesAndGoes() throws IOException {
    LocalDate until = LocalDate.now(clinic.clock).plusDays(200);
    String shown =
        clinic.console(
            0,
            "device",
            "add",
            TITLE,
            "--lane",
            "--from",
            FROM,
            "--listen",
            "127.0.0.1",
            "--owner",
            "Ada Poe",
            "--until",
            until);
    String lane = "a lane from " + FROM + " until " + until + ": store, not encrypted";
    clinic.ledger.changed(YearClinic.consoleUser(), "device enrolled: " + TITLE + ": " + lane);
    clinic.devices++;
    RawScu.Builder asking =
        RawScu.to(Integer.parseInt(YearClinic.found("port +(\\d+)", shown)))
            .from(InetAddress.ofLiteral(FROM))
            .calling(TITLE)
            .propose(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
    assertThatThrownBy(() -> asking.called(Premises.AE_TITLE).open())
        .isInstanceOf(RawScu.NotAcceptedException.class);
    clinic.ledger.refused(YearEntry.Who.stranger(Origin.Door.DIMSE), "unknown device refused");
    asking.called(YearClinic.found("called AE title +([A-Z2-9]{16})", shown));
    stores(asking, clinic.fresh(YearClinic.patient(2)));
    clinic.nextDay(1);
    YearPerson administrator = looks.person(Role.ADMINISTRATOR);
    clinic.posted(
        303, administrator.byPasskey(), "/devices/revoke?device=" + TITLE, "reason", "scrapped");
    clinic.ledger.changed(administrator.who, "device revoked: " + TITLE + ": scrapped");
    assertThatThrownBy(asking::open).isInstanceOf(IOException.class);
    clinic.nextDay(1);
    clinic.console(0, "device", "remove", TITLE);
    clinic.ledger.changed(YearClinic.consoleUser(), "device removed: " + TITLE);
    clinic.devices--;
  }

  private void stores(RawScu.Builder asking, Made study) throws IOException {
    try (RawScu scu = asking.open()) {
      assertThat(scu.echo().status()).isZero();
      byte[] dataSet = study.dataSet(clinic.today());
      assertThat(scu.store(1, Made.CT, study.instance(), dataSet).status()).isZero();
      scu.release();
    }
    clinic.doors.overALane();
    clinic.ledger.add(clinic.ledger.entry(DEVICE, Act.STORED, "over a lane").about(study.study()));
    clinic.held(study);
    YearPerson technologist = looks.person(Role.TECHNOLOGIST);
    clinic.posted(303, technologist.byPasskey(), "/studies/" + study.study() + "/confirm");
    clinic.ledger.add(
        clinic
            .ledger
            .entry(technologist.who, Act.QUARANTINE, "images from a lane confirmed")
            .about(study.study()));
  }
}
