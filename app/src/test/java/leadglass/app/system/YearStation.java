package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Act;
import leadglass.archive.Origin;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RequestorSettings;
import leadglass.net.association.RetrieveScu;
import leadglass.net.association.Transport;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.testkit.TestTls;

/// A reading station with one reader: lists, fetches, asks for a destination that is none, and
/// whether an image is kept.
final class YearStation {
  private static final String TITLE = "READ1";
  private static final String READER = "Bo Lund";
  private static final int DESTINATION_UNKNOWN = 0xA801;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Uid FIND = new Uid("1.2.840.10008.5.1.4.1.2.2.1");
  private static final Uid MOVE = new Uid("1.2.840.10008.5.1.4.1.2.2.2");
  private static final Uid GET = new Uid("1.2.840.10008.5.1.4.1.2.2.3");
  private static final Uid COMMITMENT = new Uid("1.2.840.10008.1.20.1");
  private static final Uid CT = new Uid(Made.CT);
  private static final List<Uid> EXPLICIT = List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid());

  private final YearClinic clinic;
  private final YearEntry.Who who = new YearEntry.Who("device", TITLE, "", Origin.Door.DIMSE);
  private final AtomicInteger taken = new AtomicInteger();

  YearStation(YearClinic clinic) {
    this.clinic = clinic;
  }

  void reads(Made study) throws IOException {
    Path files = clinic.premises.folder().resolve("station");
    clinic.console(
        0,
        "device",
        "add",
        TITLE,
        "--owner",
        "Ada Poe",
        "--may",
        "store,find,retrieve",
        "--reader",
        READER,
        "--out",
        files);
    clinic.ledger.changed(YearClinic.consoleUser(), "device enrolled: " + TITLE);
    clinic.devices++;
    SSLContext shown =
        TestTls.client(
            files.resolve("key.pem"),
            files.resolve("cert.pem"),
            files.resolve("ca.pem"),
            YearClinic.MIDSUMMER);
    try (RequestedAssociation association = open(shown)) {
      lists(association, study);
      fetches(association, study);
      asksToSendElsewhere(association, study);
      asksWhetherItIsKept(association, study);
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
    Services<String> services =
        Services.<String>builder()
            .store(
                CT,
                (_, _, dataSet) -> {
                  dataSet.readAllBytes();
                  taken.incrementAndGet();
                  return StoreScp.Taken.at(Status.success());
                })
            .operations(
                COMMITMENT,
                Set.of(CommandField.N_EVENT_REPORT_RQ),
                (_, _, _) -> Outcome.of(Status.success()))
            .build();
    Proposal proposal =
        RetrieveScu.take(
                Proposal.of(Premises.AE_TITLE, TITLE)
                    .context(FIND, EXPLICIT)
                    .context(GET, EXPLICIT)
                    .context(MOVE, EXPLICIT)
                    .context(COMMITMENT, EXPLICIT),
                CT,
                EXPLICIT)
            .build();
    return RequestedAssociation.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), clinic.running.doors().dicomPort()),
        transport,
        proposal,
        services,
        TITLE,
        RequestorSettings.defaults(new Uid("2.25.8"), "TEST"),
        InstantSource.system(),
        _ -> {});
  }

  private static DataSet identifier(Made study) {
    return DataSet.builder()
        .text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, "STUDY")
        .uid(Tag.STUDY_INSTANCE_UID, new Uid(study.study()))
        .build();
  }

  private void lists(RequestedAssociation association, Made study) throws IOException {
    QueryScu query = QueryScu.ask(association, FIND, identifier(study), SOON);
    assertThat(query.next()).isPresent();
    assertThat(query.next()).isEmpty();
    assertThat(query.status()).isZero();
    clinic.doors.asked(FIND);
    clinic.ledger.listed(who, study.study(), 1, "", READER);
  }

  private void fetches(RequestedAssociation association, Made study) throws IOException {
    RetrieveScu.Retrieved fetched =
        RetrieveScu.get(association, GET, identifier(study), SOON, _ -> true);
    assertThat(fetched.status()).isZero();
    assertThat(taken.get()).isEqualTo(1);
    clinic.doors.asked(GET);
    clinic.ledger.touch(who, Act.RETRIEVED, study.study(), "", "", READER);
  }

  private void asksToSendElsewhere(RequestedAssociation association, Made study)
      throws IOException {
    RetrieveScu.Retrieved sent =
        RetrieveScu.move(association, MOVE, "ELSEWHERE", identifier(study), SOON, _ -> true);
    assertThat(sent.status()).isEqualTo(DESTINATION_UNKNOWN);
    clinic.doors.asked(MOVE);
    clinic.ledger.refused(who, "sending instances to an unknown destination refused");
  }

  /// Nothing of anybody's goes out, so there is no entry.
  private void asksWhetherItIsKept(RequestedAssociation association, Made study)
      throws IOException {
    AcceptedContext context = association.contexts(COMMITMENT).getFirst();
    DataSet item =
        DataSet.builder().uid(0x00081150, CT).uid(0x00081155, new Uid(study.instance())).build();
    DataSet asked =
        DataSet.builder()
            .uid(0x00081195, new Uid("2.25.77"))
            .sequence(0x00081199, List.of(item))
            .build();
    assertThat(
            association
                .invoke(
                    context,
                    Requests.action(COMMITMENT, new Uid("1.2.840.10008.1.20.1.1"), 1),
                    out -> SmallDataSets.write(asked, context.transferSyntax(), out))
                .next(SOON)
                .status())
        .isZero();
    clinic.doors.asked(COMMITMENT);
  }
}
