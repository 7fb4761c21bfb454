package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Act;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RequestorSettings;
import leadglass.net.association.Transport;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.testkit.TestTls;

/// A procedure is planned by a program, moved on the page, asked for by a scanner, done and
/// reported; another one is cancelled.
final class YearPlanned {
  private static final String TITLE = "SCAN1";
  private static final String LANE = "US4";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Uid WORKLIST = new Uid("1.2.840.10008.5.1.4.31");
  private static final Uid PERFORMED = new Uid("1.2.840.10008.3.1.2.3.3");
  private static final Uid INSTANCE = new Uid("2.25.4242");
  private static final List<Uid> EXPLICIT = List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid());

  private final YearClinic clinic;
  private final YearLooks looks;
  private final YearEntry.Who scanner = new YearEntry.Who("device", TITLE, "", Origin.Door.DIMSE);

  YearPlanned(YearClinic clinic, YearLooks looks) {
    this.clinic = clinic;
    this.looks = looks;
  }

  void isDone() throws IOException {
    String today = LocalDate.now(clinic.clock).toString();
    String first = planned(TITLE, today, "09:30");
    String second = planned(TITLE, today, "10:30");
    String cookie = looks.person(Role.TECHNOLOGIST).byPasskey();
    YearEntry.Who technologist = looks.person(Role.TECHNOLOGIST).who;
    assertThat(clinic.page(cookie, "/day")).contains("09:30").contains("10:30");
    clinic.ledger.add(clinic.ledger.entry(technologist, Act.SEARCHED, "worklist").count(2));
    clinic.posted(303, cookie, "/day/" + first, "time", "09:45", "date", today);
    clinic.ledger.expect(technologist, Act.SCHEDULED, "procedure step NAME changed");
    clinic.posted(303, cookie, "/day/" + second + "/cancel");
    clinic.ledger.expect(technologist, Act.SCHEDULED, "procedure step NAME cancelled");
    scans();
    overALane(planned(LANE, today, "11:30"));
    String program =
        Web.text(clinic.byToken(looks.secret(Role.RADIOLOGIST), "/worklist/" + first, "*/*"));
    assertThat(program).contains("COMPLETED");
    clinic.ledger.expect(looks.program(Role.RADIOLOGIST), Act.SEARCHED, "worklist");
  }

  private String planned(String station, String day, String time) throws IOException {
    String entry =
        """
        {"patientName":"Planned^Nobody","patientId":"YEAR-PLANNED","modality":"CT",
         "station":"%s","date":"%s","time":"%s","description":"Head"}\
        """
            .formatted(station, day, time);
    HttpResponse<byte[]> answer =
        clinic.send(
            "POST",
            "/worklist",
            clinic
                .web
                .request("/worklist")
                .header("Authorization", "Bearer " + looks.secret(Role.FRONT_DESK))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(entry)));
    assertThat(answer.statusCode()).as(Web.text(answer)).isEqualTo(201);
    clinic.ledger.expect(looks.program(Role.FRONT_DESK), Act.SCHEDULED, "procedure step NAME made");
    return YearClinic.found("\"id\":\"([0-9a-f]{32})\"", Web.text(answer));
  }

  /// An old machine without TLS sees what is planned for it.
  private void overALane(String planned) throws IOException {
    LocalDate until = LocalDate.now(clinic.clock).plusDays(100);
    String shown =
        clinic.console(
            0,
            "device",
            "add",
            LANE,
            "--lane",
            "--worklist",
            "--from",
            "127.0.0.1",
            "--listen",
            "127.0.0.1",
            "--owner",
            "Ada Poe",
            "--until",
            until);
    clinic.ledger.changed(
        YearClinic.consoleUser(),
        "device enrolled: "
            + LANE
            + ": a lane from 127.0.0.1 until "
            + until
            + ": store, worklist, not encrypted");
    clinic.devices++;
    Transport plain =
        socket ->
            new Transport.Link(
                socket.getInputStream(), socket.getOutputStream(), List.of(), socket);
    try (RequestedAssociation association =
        RequestedAssociation.open(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(YearClinic.found("port +(\\d+)", shown))),
            plain,
            Proposal.of(YearClinic.found("called AE title +([A-Z2-9]{16})", shown), LANE)
                .context(WORKLIST, EXPLICIT)
                .context(PERFORMED, EXPLICIT)
                .build(),
            Services.none(),
            LANE,
            RequestorSettings.defaults(new Uid("2.25.8"), "TEST"),
            InstantSource.system(),
            _ -> {})) {
      assertThat(association.contexts(PERFORMED)).as("it reports nothing").isEmpty();
      DataSet entry = asked(association, LANE);
      assertThat(entry.string(Tag.PATIENT_ID)).contains("YEAR-PLANNED");
    }
    clinic.doors.askedOverALane(WORKLIST);
    clinic.ledger.expect(
        new YearEntry.Who("device", LANE, "", Origin.Door.DIMSE), Act.SEARCHED, "worklist");
    clinic.console(0, "device", "remove", LANE);
    clinic.ledger.changed(YearClinic.consoleUser(), "device removed: " + LANE);
    clinic.devices--;
    String cookie = looks.person(Role.TECHNOLOGIST).byPasskey();
    clinic.posted(303, cookie, "/day/" + planned + "/cancel");
    clinic.ledger.expect(
        looks.person(Role.TECHNOLOGIST).who, Act.SCHEDULED, "procedure step NAME cancelled");
  }

  private void scans() throws IOException {
    Path files = clinic.premises.folder().resolve("scanner");
    clinic.console(
        0, "device", "add", TITLE, "--owner", "Ada Poe", "--may", "worklist", "--out", files);
    clinic.ledger.changed(YearClinic.consoleUser(), "device enrolled: " + TITLE);
    clinic.devices++;
    SSLContext shown =
        TestTls.client(
            files.resolve("key.pem"),
            files.resolve("cert.pem"),
            files.resolve("ca.pem"),
            YearClinic.MIDSUMMER);
    try (RequestedAssociation association = open(shown)) {
      DataSet entry = asks(association);
      report(association, Requests.create(PERFORMED, Optional.of(INSTANCE)), begun(entry));
      clinic.ledger.expect(scanner, Act.PERFORMED, "procedure step IN PROGRESS of NAME");
      report(association, Requests.set(PERFORMED, INSTANCE), ended());
      clinic.ledger.expect(scanner, Act.PERFORMED, "procedure step COMPLETED of NAME");
    }
  }

  private RequestedAssociation open(SSLContext shown) throws IOException {
    Transport transport =
        socket -> {
          SSLSocket secured =
              (SSLSocket) shown.getSocketFactory().createSocket(socket, null, 0, true);
          secured.startHandshake();
          return new Transport.Link(
              secured.getInputStream(), secured.getOutputStream(), List.of(), secured);
        };
    return RequestedAssociation.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), clinic.running.doors().dicomPort()),
        transport,
        Proposal.of(Premises.AE_TITLE, TITLE)
            .context(WORKLIST, EXPLICIT)
            .context(PERFORMED, EXPLICIT)
            .build(),
        Services.none(),
        TITLE,
        RequestorSettings.defaults(new Uid("2.25.8"), "TEST"),
        InstantSource.system(),
        _ -> {});
  }

  private DataSet asks(RequestedAssociation association) throws IOException {
    DataSet entry = asked(association, TITLE);
    clinic.doors.asked(WORKLIST);
    clinic.ledger.expect(scanner, Act.SEARCHED, "worklist");
    return entry;
  }

  private static DataSet asked(RequestedAssociation association, String station)
      throws IOException {
    DataSet keys =
        DataSet.builder()
            .text(Tag.STUDY_INSTANCE_UID, Vr.UI)
            .sequence(
                0x00400100,
                List.of(
                    DataSet.builder()
                        .text(0x00400001, Vr.AE, station)
                        .text(0x00400009, Vr.SH)
                        .build()))
            .build();
    QueryScu query = QueryScu.ask(association, WORKLIST, keys, SOON);
    DataSet entry = query.next().orElseThrow();
    assertThat(query.next()).isEmpty();
    assertThat(query.status()).isZero();
    return entry;
  }

  private void report(RequestedAssociation association, CommandSet.Builder command, DataSet said)
      throws IOException {
    AcceptedContext context = association.contexts(PERFORMED).getFirst();
    assertThat(
            association
                .invoke(
                    context,
                    command,
                    out -> SmallDataSets.write(said, context.transferSyntax(), out))
                .next(SOON)
                .status())
        .isZero();
    clinic.doors.asked(PERFORMED);
  }

  private DataSet begun(DataSet entry) {
    return DataSet.builder()
        .text(Tag.MODALITY, Vr.CS, "CT")
        .text(0x00400241, Vr.AE, TITLE)
        .text(Tag.PERFORMED_PROCEDURE_STEP_START_DATE, Vr.DA, clinic.today())
        .text(Tag.PERFORMED_PROCEDURE_STEP_START_TIME, Vr.TM, "0946")
        .text(0x00400252, Vr.CS, "IN PROGRESS")
        .text(0x00400253, Vr.SH, "1")
        .sequence(
            0x00400270,
            List.of(
                DataSet.builder()
                    .uid(Tag.STUDY_INSTANCE_UID, entry.uid(Tag.STUDY_INSTANCE_UID).orElseThrow())
                    .build()))
        .build();
  }

  private DataSet ended() {
    return DataSet.builder()
        .text(0x00400250, Vr.DA, clinic.today())
        .text(0x00400251, Vr.TM, "1001")
        .text(0x00400252, Vr.CS, "COMPLETED")
        .sequence(
            0x00400340,
            List.of(
                DataSet.builder()
                    .text(0x00181030, Vr.LO, "Head")
                    .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "2.25.4243")
                    .build()))
        .build();
  }
}
