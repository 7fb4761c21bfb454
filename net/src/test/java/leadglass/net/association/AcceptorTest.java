package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import leadglass.net.association.NetEvent.AssociationClosed;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.net.ul.Rejection;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.Test;

/// A whole acceptor, by what its peers see.
class AcceptorTest {
  private static final String CT = RunningAcceptor.CT.value();
  private static final int CT_CONTEXT = 3;

  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

  private Status keep(String peer, StoreScp.Request request, java.io.InputStream dataSet)
      throws IOException {
    kept.put(request.sopInstance().value(), dataSet.readAllBytes());
    return Status.success();
  }

  @Test
  void aPeerEchoesStoresAndReleases() throws Exception {
    try (RunningAcceptor server = RunningAcceptor.plain(this::keep, RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      byte[] dataSet = bytes(1, 300_000);

      assertThat(scu.echo().status()).isZero();
      assertThat(scu.store(CT_CONTEXT, CT, "1.2.3", dataSet).status()).isZero();
      scu.release();

      assertThat(kept.get("1.2.3")).isEqualTo(dataSet);
      AssociationClosed closed = server.await(AssociationClosed.class);
      assertThat(closed.ending()).isEqualTo(Ending.RELEASED);
      assertThat(closed.peer()).isEqualTo("enrolled");
      assertThat(closed.messages()).isEqualTo(2);
      assertThat(closed.receivedBytes()).isEqualTo(300_000);
    }
  }

  @Test
  void aResponseNamesTheMessageAndTheInstance() throws Exception {
    try (RunningAcceptor server = RunningAcceptor.plain(this::keep, RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      RawScu.Reply reply = scu.store(CT_CONTEXT, CT, "1.2.3", new byte[2]);

      assertThat(reply.us(0x0100)).isEqualTo(0x8001);
      assertThat(reply.us(0x0120)).isEqualTo(1);
      assertThat(reply.us(0x0800)).isEqualTo(0x0101);
      assertThat(reply.text(0x1000)).isEqualTo("1.2.3");
      assertThat(reply.text(0x0002)).isEqualTo(CT);
    }
  }

  @Test
  void aServicesStatusAndCommentReachThePeer() throws Exception {
    RunningAcceptor.Storing full =
        (_, _, _) -> Status.of(0xA700, "disk nearly full: free some space");
    try (RunningAcceptor server = RunningAcceptor.plain(full, RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      RawScu.Reply reply = scu.store(CT_CONTEXT, CT, "1.2.3", bytes(2, 1_000_000));

      assertThat(reply.status()).isEqualTo(0xA700);
      assertThat(reply.errorComment()).isEqualTo("disk nearly full: free some space");
      assertThat(scu.echo().status()).as("what the service left unread is drained").isZero();
    }
  }

  @Test
  void aDataSetArrivesWholeHoweverItIsCut() throws Exception {
    Random random = new Random(5);
    try (RunningAcceptor server = RunningAcceptor.plain(this::keep, RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      for (int i = 0; i < 30; i++) {
        byte[] dataSet = bytes(i, random.nextInt(200_000));
        scu.send(command(scu.storeCommand(CT, "1." + i)));
        scu.send(cutAtRandom(dataSet, random));

        assertThat(scu.reply().status()).isZero();
        assertThat(kept.get("1." + i)).isEqualTo(dataSet);
      }
    }
  }

  @Test
  void aStreamedDataSetArrivesWhole() throws Exception {
    try (RunningAcceptor server = RunningAcceptor.plain(this::keep, RunningAcceptor.patient());
        RawScu scu = server.scu().pduBytes(4096).open()) {
      byte[] dataSet = bytes(3, 1_234_567);

      assertThat(scu.store(CT_CONTEXT, CT, "1.2", new ByteArrayInputStream(dataSet)).status())
          .isZero();
      assertThat(kept.get("1.2")).isEqualTo(dataSet);
    }
  }

  @Test
  void requestsSentAheadAreAnsweredInTheirOrder() throws Exception {
    try (RunningAcceptor server = RunningAcceptor.plain(this::keep, RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      ByteArrayOutputStream ahead = new ByteArrayOutputStream();
      for (int i = 1; i <= 20; i++) {
        ahead.writeBytes(scu.storeFrame(CT_CONTEXT, CT, "1." + i, bytes(i, 1000)));
      }
      scu.send(ahead.toByteArray());

      for (int i = 1; i <= 20; i++) {
        assertThat(scu.reply().us(0x0120)).isEqualTo(i);
      }
      assertThat(kept).hasSize(20);
    }
  }

  @Test
  void fourAssociationsStoreAtOnce() throws Exception {
    try (RunningAcceptor server = RunningAcceptor.plain(this::keep, RunningAcceptor.patient());
        var peers = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch together = new CountDownLatch(4);
      java.util.List<Future<?>> all = new java.util.ArrayList<>();
      for (int peer = 1; peer <= 4; peer++) {
        int number = peer;
        all.add(
            peers.submit(() -> {
              try (RawScu scu = server.scu().open()) {
                together.countDown();
                together.await(20, TimeUnit.SECONDS);
                for (int i = 0; i < 10; i++) {
                  byte[] dataSet = bytes(number * 100 + i, 100_000);
                  scu.store(CT_CONTEXT, CT, number + "." + i, dataSet);
                  assertThat(kept.get(number + "." + i)).isEqualTo(dataSet);
                }
                scu.release();
              }
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(kept).hasSize(40);
    }
  }

  @Test
  void aBadNeighbourHarmsNobody() throws Exception {
    try (RunningAcceptor server = RunningAcceptor.plain(this::keep, RunningAcceptor.patient());
        RawScu good = server.scu().open();
        RawScu bad = server.scu().open()) {
      good.send(command(good.storeCommand(CT, "1.2.3")));
      byte[] dataSet = bytes(9, 100);
      good.send(pdv(CT_CONTEXT, 0, dataSet));

      bad.send(new byte[] {9, 9, 9, 9, 9, 9});
      assertThat(bad.receive().type()).isEqualTo(RawPdu.ABORT);

      good.send(pdv(CT_CONTEXT, 2, new byte[0]));
      assertThat(good.reply().status()).isZero();
      assertThat(kept.get("1.2.3")).isEqualTo(dataSet);
    }
  }

  @Test
  void aRefusedPeerIsRejectedWithTheReasonGiven() throws Exception {
    Admission<String> nobody =
        _ -> new Admission.Refused<>(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    try (RunningAcceptor server =
        new RunningAcceptor(RunningAcceptor.PLAIN, nobody, this::keep, RunningAcceptor.patient())) {
      assertThatThrownBy(() -> server.scu().open())
          .isInstanceOfSatisfying(
              RawScu.NotAcceptedException.class,
              e -> {
                assertThat(e.pdu.type()).isEqualTo(RawPdu.ASSOCIATE_RJ);
                assertThat(e.pdu.body()).containsExactly(0, 1, 1, 3);
              });
      assertThat(server.await(NetEvent.AssociationRejected.class).rejection())
          .isEqualTo(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }
  }

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] command(byte[] command) {
    return pdv(CT_CONTEXT, 3, command);
  }

  private static byte[] pdv(int contextId, int control, byte[] fragment) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(RawPdu.header(contextId, control, fragment.length));
    out.writeBytes(fragment);
    return out.toByteArray();
  }

  /// Several presentation data values a PDU, some of them empty.
  private static byte[] cutAtRandom(byte[] dataSet, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    boolean last = false;
    while (!last) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int i = random.nextInt(3); i >= 0 && !last; i--) {
        int length = Math.min(random.nextInt(20_000), dataSet.length - at);
        last = at + length == dataSet.length;
        byte[] pdu = RawPdu.header(CT_CONTEXT, last ? 2 : 0, length);
        body.write(pdu, 6, 6);
        body.write(dataSet, at, length);
        at += length;
      }
      out.writeBytes(new RawPdu(RawPdu.P_DATA_TF, body.toByteArray()).encode());
    }
    return out.toByteArray();
  }
}
