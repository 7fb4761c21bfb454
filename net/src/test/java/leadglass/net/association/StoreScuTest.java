package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.association.StoreScu.Stored;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import org.junit.jupiter.api.Test;

/// Our C-STORE SCU with our acceptor.
class StoreScuTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Uid UNKNOWN = new Uid("1.2.3");
  private static final int OUT_OF_RESOURCES = 0xA700;
  private static final int READ_FULLY = -1;

  /// @param unreadableAfter bytes; -1 for never
  private record Made(Uid sopClass, Uid sopInstance, TransferSyntax stored, int unreadableAfter)
      implements Storable {
    @Override
    public boolean writes(TransferSyntax syntax) {
      return syntax.equals(stored);
    }

    @Override
    public void writeDataSet(OutputStream out, TransferSyntax syntax) throws IOException {
      if (unreadableAfter >= 0) {
        out.write(new byte[unreadableAfter]);
        throw new IOException("the disk");
      }
      out.write(new byte[1000]);
    }
  }

  private static Made made(Uid sopClass, int number, int unreadableAfter) {
    return new Made(
        sopClass,
        new Uid("2.25." + number),
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        unreadableAfter);
  }

  private record Told(int number, Stored stored) {}

  private static List<Told> sent(RunningAcceptor server, List<Made> instances) throws IOException {
    List<Told> told = new ArrayList<>();
    StorageProposal<Made> proposal = StorageProposal.of(instances).getFirst();
    try (RequestedAssociation association =
        RequestedAssociation.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.acceptor.port()),
            RunningAcceptor.PLAIN,
            proposal.into(Proposal.of("ARCHIVE", "SCU")),
            Services.none(),
            "archive",
            RequestorSettings.defaults(new Uid("2.25.8"), "TEST"),
            InstantSource.system(),
            _ -> {})) {
      List<Made> left =
          StoreScu.send(
              association,
              instances,
              SOON,
              (made, stored) -> told.add(new Told(number(made), stored)));
      left.forEach(made -> told.add(new Told(-number(made), new Stored.Lost())));
    }
    return told;
  }

  private static int number(Made made) {
    return Integer.parseInt(made.sopInstance().value().substring("2.25.".length()));
  }

  private static RunningAcceptor server() throws IOException {
    return RunningAcceptor.plain(
        (_, request, dataSet) -> {
          dataSet.readAllBytes();
          return request.sopInstance().value().endsWith("2")
              ? Status.of(OUT_OF_RESOURCES, "the disk is full")
              : Status.success();
        },
        RunningAcceptor.patient());
  }

  @Test
  void eachInstanceGetsItsOwnAnswer() throws Exception {
    try (RunningAcceptor server = server()) {
      List<Made> three =
          List.of(
              made(RunningAcceptor.CT, 1, READ_FULLY),
              made(RunningAcceptor.CT, 2, READ_FULLY),
              made(RunningAcceptor.CT, 3, READ_FULLY));
      assertThat(sent(server, three))
          .containsExactly(
              new Told(1, new Stored.Answered(Status.SUCCESS, "")),
              new Told(2, new Stored.Answered(OUT_OF_RESOURCES, "the disk is full")),
              new Told(3, new Stored.Answered(Status.SUCCESS, "")));
    }
  }

  @Test
  void whatThePeerDoesNotTakeIsNotSent() throws Exception {
    TransferSyntax jpeg = Uids.transferSyntax(new Uid("1.2.840.10008.1.2.4.50")).orElseThrow();
    try (RunningAcceptor server = server()) {
      List<Made> two =
          List.of(
              new Made(RunningAcceptor.CT, new Uid("2.25.1"), jpeg, READ_FULLY),
              made(RunningAcceptor.CT, 3, READ_FULLY));
      assertThat(sent(server, two))
          .contains(
              new Told(1, new Stored.NotNegotiated(StorageContexts.Lacking.TRANSFER_SYNTAX)),
              new Told(3, new Stored.Answered(Status.SUCCESS, "")));
      assertThat(sent(server, List.of(made(UNKNOWN, 7, READ_FULLY))))
          .singleElement()
          .satisfies(told -> assertThat(told.number()).isEqualTo(7));
    }
  }

  @Test
  void whatCanNotBeReadIsToldApartAndWhatComesAfterItIsLeft() throws Exception {
    try (RunningAcceptor server = server()) {
      List<Made> three =
          List.of(
              made(RunningAcceptor.CT, 1, READ_FULLY),
              made(RunningAcceptor.CT, 4, 500_000),
              made(RunningAcceptor.CT, 3, READ_FULLY));
      List<Told> told = sent(server, three);
      assertThat(told).contains(new Told(4, new Stored.Unreadable()));
      assertThat(told)
          .as("a message can't be taken back")
          .contains(new Told(-3, new Stored.Lost()));
    }
  }
}
