package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import leadglass.archive.DeviceVerb;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Storage commitment, PS3.4 Annex J.
class CommitmentTest {
  private static final Uid TRANSACTION = new Uid("2.25.99");

  @TempDir private Path folder;
  private final BlockingQueue<OperationScp.Request> reports = new LinkedBlockingQueue<>();

  @Test
  void whatIsKeptIsReportedOnTheSameAssociation() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.fill(1, 1, 2);
      clinic.enrol("CT1", Set.of(DeviceVerb.STORE), 0);
      try (RequestedAssociation scanner = scanner(clinic)) {
        DataSet asked = request(TRANSACTION, reference(Clinic.CT, 1), reference(Clinic.CT, 2));
        assertThat(ask(scanner, asked, 1)).isZero();

        OperationScp.Request report = next(reports);
        assertThat(report.command().us(CommandTag.EVENT_TYPE_ID)).hasValue(1);
        DataSet information = report.dataSet().orElseThrow();
        assertThat(information.uid(CommitmentScp.TRANSACTION_UID)).contains(TRANSACTION);
        assertThat(instances(information, 0x00081199))
            .containsExactly(Clinic.instance(1, 1, 1), Clinic.instance(1, 1, 2));
        assertThat(information.contains(0x00081198)).isFalse();
      }
    }
  }

  @Test
  void whatIsNotKeptIsNamedWithTheReason() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.fill(1, 1, 1);
      clinic.enrol("CT1", Set.of(DeviceVerb.STORE), 0);
      try (RequestedAssociation scanner = scanner(clinic)) {
        DataSet asked =
            request(
                TRANSACTION,
                reference(Clinic.CT, 1),
                reference(Clinic.CT, 7),
                DataSet.builder()
                    .uid(0x00081150, Clinic.MR)
                    .uid(0x00081155, Clinic.instance(1, 1, 1))
                    .build());
        assertThat(ask(scanner, asked, 1)).isZero();

        OperationScp.Request report = next(reports);
        assertThat(report.command().us(CommandTag.EVENT_TYPE_ID)).hasValue(2);
        DataSet information = report.dataSet().orElseThrow();
        assertThat(instances(information, 0x00081199)).containsExactly(Clinic.instance(1, 1, 1));
        assertThat(information.items(0x00081198))
            .extracting(item -> item.integer(0x00081197).orElse(0))
            .containsExactly(0x0112, 0x0119);
      }
    }
  }

  @Test
  void whoeverLeftIsCalledWhereItListens() throws Exception {
    try (Clinic clinic = new Clinic(folder);
        Workstation listening = new Workstation(List.of(Clinic.EXPLICIT), _ -> Status.success())) {
      clinic.fill(1, 1, 1);
      clinic.enrol("CT1", Set.of(DeviceVerb.STORE), listening.port());
      listening.listen(clinic.identity("CT1"), true);
      Proposal deaf =
          Proposal.of(Clinic.TITLE, "CT1")
              .context(CommitmentScp.SOP_CLASS, List.of(Clinic.EXPLICIT))
              .role(CommitmentScp.SOP_CLASS, true, false)
              .build();
      try (RequestedAssociation scanner =
          clinic.associate("CT1", clinic.server.port(), deaf, Services.none(), "CT1")) {
        // It refuses the report here: nothing of it is served.
        assertThat(ask(scanner, request(TRANSACTION, reference(Clinic.CT, 1)), 1)).isZero();
        assertThat(next(listening.reports).command().us(CommandTag.EVENT_TYPE_ID)).hasValue(1);
        assertThat(listening.callers).contains("LEADGLASS calls CT1");
      }
    }
  }

  @Test
  void whatIsAskedWronglyIsRefusedWithItsStatus() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.enrol("CT1", Set.of(DeviceVerb.STORE), 0);
      try (RequestedAssociation scanner = scanner(clinic)) {
        DataSet sound = request(TRANSACTION, reference(Clinic.CT, 1));
        assertThat(ask(scanner, sound, 2)).as("no such action type").isEqualTo(0x0123);
        assertThat(ask(scanner, new Uid("2.25.5"), sound, 1))
            .as("no such instance")
            .isEqualTo(0x0112);
        assertThat(ask(scanner, DataSet.EMPTY, 1)).as("invalid argument").isEqualTo(0x0115);
        assertThat(ask(scanner, request(TRANSACTION, DataSet.EMPTY), 1)).isEqualTo(0x0115);
        assertThat(ask(scanner, request(TRANSACTION), 1)).as("nothing").isEqualTo(0x0213);
      }
    }
  }

  @Test
  void aDeviceThatMayNotStoreIsNotOfferedIt() throws Exception {
    try (Clinic clinic = new Clinic(folder)) {
      clinic.enrol("READ1", Set.of(DeviceVerb.RETRIEVE), 0);
      Proposal proposal =
          Proposal.of(Clinic.TITLE, "READ1")
              .context(CommitmentScp.SOP_CLASS, List.of(Clinic.EXPLICIT))
              .build();
      try (RequestedAssociation station =
          clinic.associate("READ1", clinic.server.port(), proposal, Services.none(), "READ1")) {
        assertThat(station.contexts()).isEmpty();
      }
    }
  }

  private RequestedAssociation scanner(Clinic clinic) throws IOException {
    Services<String> listening =
        Services.<String>builder()
            .operations(
                CommitmentScp.SOP_CLASS,
                Set.of(CommandField.N_EVENT_REPORT_RQ),
                (_, request, _) -> {
                  reports.add(request);
                  return Outcome.of(Status.success());
                })
            .build();
    Proposal proposal =
        Proposal.of(Clinic.TITLE, "CT1")
            .context(CommitmentScp.SOP_CLASS, List.of(Clinic.EXPLICIT))
            .build();
    return clinic.associate("CT1", clinic.server.port(), proposal, listening, "CT1");
  }

  private static OperationScp.Request next(BlockingQueue<OperationScp.Request> reports)
      throws InterruptedException {
    return Objects.requireNonNull(reports.poll(60, TimeUnit.SECONDS), "no report");
  }

  private static int ask(RequestedAssociation scanner, DataSet information, int type)
      throws IOException {
    return ask(scanner, CommitmentScp.SOP_INSTANCE, information, type);
  }

  private static int ask(RequestedAssociation scanner, Uid instance, DataSet information, int type)
      throws IOException {
    AcceptedContext context = scanner.contexts(CommitmentScp.SOP_CLASS).getFirst();
    return scanner
        .invoke(
            context,
            Requests.action(CommitmentScp.SOP_CLASS, instance, type),
            out -> SmallDataSets.write(information, context.transferSyntax(), out))
        .next(Clinic.SOON)
        .status();
  }

  private static DataSet request(Uid transaction, DataSet... references) {
    return DataSet.builder()
        .uid(CommitmentScp.TRANSACTION_UID, transaction)
        .sequence(CommitmentScp.REFERENCED_SOP_SEQUENCE, List.of(references))
        .build();
  }

  private static DataSet reference(Uid sopClass, int number) {
    return DataSet.builder()
        .uid(0x00081150, sopClass)
        .uid(0x00081155, Clinic.instance(1, 1, number))
        .build();
  }

  private static List<Uid> instances(DataSet information, int sequence) {
    List<Uid> uids = new ArrayList<>();
    information.items(sequence).forEach(item -> item.uid(0x00081155).ifPresent(uids::add));
    return uids;
  }
}
