package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import leadglass.archive.Act;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestTls;

/// Who stores: devices, programs, people with an upload, the console; and who may not.
final class YearMachines {
  private static final int UID_TAKEN = 0xC101;

  private final YearClinic clinic;
  private final YearLooks looks;
  private final YearLedger ledger;
  private int folders;

  YearMachines(YearClinic clinic, YearLooks looks) {
    this.clinic = clinic;
    this.looks = looks;
    this.ledger = clinic.ledger;
  }

  private static YearEntry.Who device(String aeTitle) {
    return new YearEntry.Who("device", aeTitle, "", Origin.Door.DIMSE);
  }

  private void stored(YearEntry.Who by, Made study, String detail) {
    ledger.add(ledger.entry(by, Act.STORED, detail).about(study.study()));
  }

  private void refused(YearEntry.Who by, String detail) {
    ledger.add(YearEntry.of(clinic.clock.instant(), by, Act.STORED, false, detail));
  }

  private HttpResponse<byte[]> stow(String name, String value, byte[] file) throws IOException {
    HttpRequest.Builder request =
        clinic
            .web
            .request("/dicomweb/studies")
            .header(name, value)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/dicom")
            .POST(BodyPublishers.ofByteArray(file));
    return clinic.send("POST", "/dicomweb/studies", request);
  }

  private String bearer(Role role) {
    return "Bearer " + looks.secret(role);
  }

  /// A study of today, by a program.
  Made stows(Role role, int patient) throws IOException {
    Made study = clinic.fresh(YearClinic.patient(patient));
    assertThat(stow("Authorization", bearer(role), clinic.file(study)).statusCode()).isEqualTo(200);
    stored(looks.program(role), study, "");
    if (patient < YearClinic.PATIENTS - 2) {
      clinic.held(study);
    }
    return study;
  }

  /// An upload from a page.
  Made uploads(Role role, int patient) throws IOException {
    Made study = clinic.fresh(YearClinic.patient(patient));
    String cookie = looks.person(role).byPasskey();
    clinic.page(cookie, "/upload");
    assertThat(stow("Cookie", cookie, clinic.file(study)).statusCode()).isEqualTo(200);
    stored(looks.person(role).who.at(Origin.Door.DICOMWEB), study, "");
    clinic.held(study);
    return study;
  }

  void conflicts(Made first, int rows) throws IOException {
    Made other = new Made(first.patient(), first.study(), first.series(), first.instance(), rows);
    assertThat(stow("Authorization", bearer(Role.TECHNOLOGIST), clinic.file(other)).statusCode())
        .isEqualTo(200);
  }

  /// Whoever may not store, and what can't be stored.
  void mayNotStore() throws IOException {
    for (Role role : Role.values()) {
      boolean may =
          switch (role) {
            case RADIOLOGIST, TECHNOLOGIST, FRONT_DESK -> true;
            case REFERRER, ADMINISTRATOR, AUDITOR, WITNESS -> false;
          };
      if (!may) {
        byte[] file = clinic.file(clinic.fresh(YearClinic.patient(0)));
        assertThat(stow("Authorization", bearer(role), file).statusCode()).isEqualTo(403);
        ledger.refused(looks.program(role), "refused at the door: store");
      }
    }
    byte[] file = clinic.file(clinic.fresh(YearClinic.patient(0)));
    byte[] cut = Arrays.copyOf(file, file.length - 100);
    assertThat(stow("Authorization", bearer(Role.TECHNOLOGIST), cut).statusCode()).isEqualTo(409);
    refused(
        looks.program(Role.TECHNOLOGIST),
        "MALFORMED: cut short: the data set ends early at byte 1316");
  }

  /// One C-STORE, the same again, and another one under the same UID.
  void sends(String aeTitle, int patient) throws IOException {
    Made study = clinic.fresh(YearClinic.patient(patient));
    Made other = new Made(study.patient(), study.study(), study.series(), study.instance(), 9);
    SSLContext shown = clinic.premises.device(aeTitle, YearClinic.MIDSUMMER);
    try (RawScu scu =
        clinic
            .association(aeTitle, shown)
            .propose(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)
            .open()) {
      assertThat(scu.echo().status()).isZero();
      clinic.doors.echoed();
      assertThat(send(scu, study)).isZero();
      stored(device(aeTitle), study, "");
      clinic.held(study);
      if (patient % 2 == 0) {
        assertThat(send(scu, study)).isZero();
        stored(device(aeTitle), study, "held before");
        assertThat(send(scu, other)).isEqualTo(UID_TAKEN);
        refused(device(aeTitle), "UID_TAKEN: another instance holds this SOP Instance UID");
      }
      scu.release();
    }
  }

  private int send(RawScu scu, Made study) throws IOException {
    clinic.doors.stored();
    return scu.store(1, Made.CT, study.instance(), study.dataSet(clinic.today())).status();
  }

  private void isNotLetIn(String calling, SSLContext shown) {
    assertThatThrownBy(
            () -> {
              try (RawScu scu =
                  clinic
                      .association(calling, shown)
                      .propose(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
                      .open()) {
                scu.release();
              }
            })
        .isInstanceOf(IOException.class);
  }

  /// A device that calls itself another, and somebody without a certificate.
  void areNotLetIn() throws IOException {
    isNotLetIn(Premises.CT2, clinic.premises.device(Premises.CT1, YearClinic.MIDSUMMER));
    ledger.refused(device(Premises.CT1), "another AE title refused");
    isNotLetIn(Premises.CT1, TestTls.believing(null, null));
    ledger.refused(
        YearEntry.Who.stranger(Origin.Door.DIMSE), "no enrolled certificate, connection refused");
  }

  /// Enrolled at the console, sends, is revoked by an administrator, comes again, is removed.
  void isRevoked() throws IOException {
    Path files = clinic.premises.folder().resolve("enrolled" + folders++);
    clinic.console(0, "device", "add", "MR1", "--owner", "Ada Poe", "--out", files);
    ledger.changed(YearClinic.consoleUser(), "device enrolled: MR1");
    SSLContext shown =
        TestTls.client(
            files.resolve("key.pem"),
            files.resolve("cert.pem"),
            files.resolve("ca.pem"),
            YearClinic.MIDSUMMER);
    Made study = clinic.fresh(YearClinic.patient(1));
    try (RawScu scu =
        clinic
            .association("MR1", shown)
            .propose(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .open()) {
      assertThat(send(scu, study)).isZero();
      scu.release();
    }
    stored(device("MR1"), study, "");
    clinic.held(study);
    clinic.devices++;
    clinic.nextDay(1);
    YearPerson administrator = looks.person(Role.ADMINISTRATOR);
    String cookie = administrator.byPasskey();
    clinic.posted(303, cookie, "/devices/revoke?device=MR1", "reason", "sold");
    ledger.changed(administrator.who, "device revoked: MR1: sold");
    isNotLetIn("MR1", shown);
    ledger.refused(
        YearEntry.Who.stranger(Origin.Door.DIMSE), "no enrolled certificate, connection refused");
    clinic.nextDay(1);
    clinic.console(0, "device", "remove", "MR1");
    ledger.changed(YearClinic.consoleUser(), "device removed: MR1");
    clinic.devices--;
  }

  /// From a disk, at the console.
  void imports(int patient) throws IOException {
    Path disk = Files.createDirectories(clinic.premises.folder().resolve("disk" + folders++));
    Made study = clinic.fresh(YearClinic.patient(patient));
    Files.write(disk.resolve("one.dcm"), clinic.file(study));
    clinic.console(0, "import", disk);
    stored(YearClinic.consoleUser(), study, "");
    clinic.held(study);
  }
}
