package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import leadglass.net.association.NetEvent.AssociationClosed;
import leadglass.net.association.NetEvent.AssociationNotOpened;
import leadglass.net.association.NetEvent.ConnectionShed;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.association.NetEvent.ServiceFailed;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Peers that break rules, fall silent, drip, or go away.
class HostilePeerTest {
  private static final String CT = RunningAcceptor.CT.value();
  private static final int CT_CONTEXT = 3;
  private static final RunningAcceptor.Storing DRAINING =
      (_, _, dataSet) -> {
        dataSet.readAllBytes();
        return Status.success();
      };

  @Test
  void somebodyFromOutsideIsClosedBeforeAByteIsRead() throws Exception {
    try (RunningAcceptor server =
            new RunningAcceptor(
                _ -> false,
                RunningAcceptor.PLAIN,
                _ -> {
                  throw new AssertionError("nobody may be asked");
                },
                DRAINING,
                RunningAcceptor.patient());
        RawScu scu = server.scu().connect()) {
      assertThat(scu.closedByPeer()).isTrue();
      server.await(NetEvent.ConnectionFromOutside.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "an unknown PDU-type,         08 00 00000004 00000000",
    "PDU-type zero,               00 00 00000004 00000000",
    "HTTP,                        474554202F20485454502F312E310D0A0D0A",
    "an A-ASSOCIATE-RQ too long,  01 00 00100001 00",
    "a length of 4 GiB,           01 00 FFFFFFFF 00",
    "a request that is none,      01 00 00000004 00000000",
    "data before an association,  04 00 00000006 00000002 01 03",
    "a release of nothing,        05 00 00000004 00000000",
    "a release response,          06 00 00000004 00000000",
    "an acceptance,               02 00 00000004 00000000",
    "a rejection,                 03 00 00000004 00010101",
  })
  void beforeAnAssociationAnythingElseIsAborted(String why, String hex) throws Exception {
    try (RunningAcceptor server = RunningAcceptor.plain(DRAINING, RunningAcceptor.patient());
        RawScu scu = server.scu().connect()) {
      scu.send(bytes(hex));

      RawPdu abort = scu.receive();
      assertThat(abort.type()).as(why).isEqualTo(RawPdu.ABORT);
      assertThat(abort.body()).as("AA-1: by the service user").containsExactly(0, 0, 0, 0);
      assertThat(server.await(AssociationNotOpened.class).ending())
          .isEqualTo(Ending.PROTOCOL_ERROR);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "an unknown PDU-type,            FF 00 00000004 00000000,               1",
    "a second A-ASSOCIATE-RQ,        01 00 00000004 00000000,               2",
    "an A-ASSOCIATE-AC,              02 00 00000004 00000000,               2",
    "an A-ASSOCIATE-RJ,              03 00 00000004 00000000,               2",
    "an A-RELEASE-RP,                06 00 00000004 00000000,               2",
    "a PDU longer than announced,    04 00 00010001 00,                     6",
    "a PDU of 4 GiB,                 04 00 FFFFFFFF 00,                     6",
    "an empty P-DATA-TF,             04 00 00000000,                        6",
    "an item past its PDU,           04 00 00000006 00000003 01 03,         6",
    "an even context,                04 00 00000006 00000002 02 03,         6",
    "half a header behind an item,   04 00 00000009 00000002 01 01 000000,  6",
    "an A-RELEASE-RQ of six bytes,   05 00 00000006 000000000000,           6",
    "an A-ABORT of no bytes,         07 00 00000000,                        6",
  })
  void withinAnAssociationRulesBrokenAreAborted(String why, String hex, int reason)
      throws Exception {
    try (RunningAcceptor server = RunningAcceptor.plain(DRAINING, RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      scu.send(bytes(hex));

      RawPdu abort = scu.receive();
      assertThat(abort.type()).as(why).isEqualTo(RawPdu.ABORT);
      assertThat(abort.body()).as("AA-8: by the provider").containsExactly(0, 0, 2, reason);
      assertThat(server.await(AssociationClosed.class).ending()).isEqualTo(Ending.PROTOCOL_ERROR);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "an abort,              07 00 00000004 00000000,  ABORTED_BY_PEER",
    "a release,             05 00 00000004 00000000,  RELEASED",
    "a broken PDU,          04 00 FFFFFFFF,           PROTOCOL_ERROR",
    "another association,   01 00 00000004 00000000,  PROTOCOL_ERROR",
    "the end of the line,   '',                       LOST",
  })
  void aDataSetCutShortIsAnErrorToItsReader(String why, String hex, Ending ending)
      throws Exception {
    CompletableFuture<IOException> seen = new CompletableFuture<>();
    RunningAcceptor.Storing watching =
        (_, _, dataSet) -> {
          try {
            dataSet.readAllBytes();
          } catch (IOException e) {
            seen.complete(e);
            throw e;
          }
          return Status.success();
        };
    try (RunningAcceptor server = RunningAcceptor.plain(watching, RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      begin(scu, new byte[1000]);
      scu.send(bytes(hex));
      scu.socket().shutdownOutput();

      assertThat(seen.get(20, TimeUnit.SECONDS)).as(why).isNotNull();
      AssociationClosed closed = server.await(AssociationClosed.class);
      assertThat(closed.ending()).isEqualTo(ending);
      assertThat(closed.messages()).isZero();
      assertThat(closed.receivedBytes()).isEqualTo(1000);
    }
  }

  /// It holds on to what it read until it is asked.
  @Test
  void whatWasTakenIsSettledThoughItsPeerIsGoneBeforeTheDataSetEnds() throws Exception {
    CompletableFuture<Boolean> settled = new CompletableFuture<>();
    Services<String> services =
        Services.<String>builder()
            .store(
                RunningAcceptor.CT,
                (_, _, _) ->
                    () -> {
                      settled.complete(true);
                      return Status.success();
                    })
            .build();
    try (RunningAcceptor server =
            new RunningAcceptor(
                _ -> true,
                RunningAcceptor.PLAIN,
                RunningAcceptor::everyone,
                services,
                RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      begin(scu, new byte[1000]);
      scu.abort();

      assertThat(settled.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.await(AssociationClosed.class).messages()).isZero();
    }
  }

  @Test
  void aServiceThatHidesTheCutStillAnswersNobody() throws Exception {
    RunningAcceptor.Storing careless =
        (_, _, dataSet) -> {
          try {
            dataSet.readAllBytes();
          } catch (IOException _) {
            // Pretends that all is well.
          }
          return Status.success();
        };
    try (RunningAcceptor server = RunningAcceptor.plain(careless, RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      begin(scu, new byte[10]);
      scu.abort();

      assertThat(server.await(AssociationClosed.class).messages()).isZero();
      assertThat(scu.closedByPeer()).isTrue();
    }
  }

  @Test
  void aServiceThatThrowsAbortsItsAssociationAlone() throws Exception {
    RunningAcceptor.Storing broken =
        (_, _, _) -> {
          throw new IllegalStateException("Doe^Jane");
        };
    try (RunningAcceptor server = RunningAcceptor.plain(broken, RunningAcceptor.patient());
        RawScu scu = server.scu().open();
        RawScu other = server.scu().open()) {
      scu.send(scu.storeFrame(CT_CONTEXT, CT, "1.2", new byte[10]));

      assertThat(scu.receive().type()).isEqualTo(RawPdu.ABORT);
      assertThat(server.await(ServiceFailed.class).toString())
          .contains("IllegalStateException")
          .doesNotContain("Doe");
      assertThat(server.await(AssociationClosed.class).ending()).isEqualTo(Ending.SERVICE_FAILED);
      assertThat(other.echo().status()).isZero();
    }
  }

  @Test
  void aServicesOwnIoFailureIsAProcessingFailure() throws Exception {
    RunningAcceptor.Storing broken =
        (_, _, _) -> {
          throw new IOException("disk");
        };
    try (RunningAcceptor server = RunningAcceptor.plain(broken, RunningAcceptor.patient());
        RawScu scu = server.scu().open()) {
      assertThat(scu.store(CT_CONTEXT, CT, "1.2", new byte[100_000]).status()).isEqualTo(0x0110);
      assertThat(scu.echo().status()).isZero();
    }
  }

  @Test
  void aPeerThatSaysNothingIsClosedWhenArtimExpires() throws Exception {
    try (RunningAcceptor server = shortArtim();
        RawScu scu = server.scu().connect()) {
      assertThat(scu.closedByPeer()).isTrue();
      assertThat(server.await(AssociationNotOpened.class).ending()).isEqualTo(Ending.TIMED_OUT);
    }
  }

  @Test
  void aRequestThatDripsIsClosedWhenArtimExpires() throws Exception {
    try (RunningAcceptor server = shortArtim();
        RawScu scu = server.scu().connect()) {
      scu.send(bytes("01 00 00000100"));
      Thread drip = drip(scu);
      assertThat(server.await(AssociationNotOpened.class).ending()).isEqualTo(Ending.TIMED_OUT);
      drip.interrupt();
    }
  }

  @Test
  void aPduThatDripsIsAborted() throws Exception {
    try (RunningAcceptor server = shortIdle();
        RawScu scu = server.scu().open()) {
      scu.send(scu.storeFrame(CT_CONTEXT, CT, "1.2", new byte[10]));
      scu.reply();
      scu.send(bytes("04 00 00010000 0000FFFC 03 01"));
      Thread drip = drip(scu);
      assertThat(server.await(AssociationClosed.class).ending()).isEqualTo(Ending.TIMED_OUT);
      drip.interrupt();
    }
  }

  @Test
  void aPeerThatFallsSilentInADataSetIsAborted() throws Exception {
    try (RunningAcceptor server = shortIdle();
        RawScu scu = server.scu().open()) {
      begin(scu, new byte[10]);

      assertThat(scu.receive().type()).isEqualTo(RawPdu.ABORT);
      assertThat(server.await(AssociationClosed.class).ending()).isEqualTo(Ending.TIMED_OUT);
    }
  }

  @Test
  void anIdlePeerIsReleased() throws Exception {
    try (RunningAcceptor server = shortIdle();
        RawScu scu = server.scu().open()) {
      assertThat(scu.receive().type()).isEqualTo(RawPdu.RELEASE_RQ);
      scu.send(bytes("06 00 00000004 00000000"));

      assertThat(scu.closedByPeer()).isTrue();
      assertThat(server.await(AssociationClosed.class).ending()).isEqualTo(Ending.TIMED_OUT);
    }
  }

  @Test
  void aReleaseCollisionEndsAsTheTableSays() throws Exception {
    try (RunningAcceptor server = shortIdle();
        RawScu scu = server.scu().open()) {
      assertThat(scu.receive().type()).isEqualTo(RawPdu.RELEASE_RQ);
      scu.send(bytes("05 00 00000004 00000000")); // AR-8: Sta10
      scu.send(bytes("06 00 00000004 00000000")); // AR-10, AR-4: Sta13

      assertThat(scu.receive().type()).isEqualTo(RawPdu.RELEASE_RP);
    }
  }

  @Test
  void dataSentIntoAReleaseIsIgnoredAndAnythingWrongAborted() throws Exception {
    try (RunningAcceptor server = shortIdle();
        RawScu scu = server.scu().open()) {
      assertThat(scu.receive().type()).isEqualTo(RawPdu.RELEASE_RQ);
      scu.send(scu.storeFrame(CT_CONTEXT, CT, "1.2", new byte[10])); // AR-6
      scu.send(bytes("01 00 00000004 00000000")); // AA-8

      RawPdu abort = scu.receive();
      assertThat(abort.type()).isEqualTo(RawPdu.ABORT);
      assertThat(abort.body()).containsExactly(0, 0, 2, 2);
    }
  }

  @Test
  void anIdlePeerThatIgnoresTheReleaseIsAborted() throws Exception {
    try (RunningAcceptor server = bothShort();
        RawScu scu = server.scu().open()) {
      assertThat(scu.receive().type()).isEqualTo(RawPdu.RELEASE_RQ);
      assertThat(scu.receive().type()).isEqualTo(RawPdu.ABORT);
      assertThat(scu.closedByPeer()).isTrue();
    }
  }

  @Test
  void aPeerThatStaysAfterItsReleaseIsClosedWhenArtimExpires() throws Exception {
    try (RunningAcceptor server = shortArtim();
        RawScu scu = server.scu().open()) {
      scu.release();
      scu.send(scu.storeFrame(CT_CONTEXT, CT, "1.2", new byte[10])); // AA-6
      scu.send(bytes("01 00 00000004 00000000")); // AA-7

      assertThat(scu.receive().type()).isEqualTo(RawPdu.ABORT);
      assertThat(scu.closedByPeer()).isTrue();
    }
  }

  @Test
  void aPeerThatTakesNoAnswersIsCutOff() throws Exception {
    try (RunningAcceptor server = shortIdle();
        RawScu scu = server.scu().open()) {
      byte[] echo =
          RawPdu.command(0x0002, RawScu.VERIFICATION, 0x0100, 0x30, 0x0110, 1, 0x0800, 0x0101);
      java.io.ByteArrayOutputStream many = new java.io.ByteArrayOutputStream();
      for (int i = 0; i < 10_000; i++) {
        RawPdu.fragments(many, 1, true, echo, 1000);
      }
      assertThatThrownBy(
              () -> {
                while (true) {
                  scu.send(many.toByteArray());
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(server.await(AssociationClosed.class).ending()).isEqualTo(Ending.LOST);
    }
  }

  @Test
  void whoComesWhenTheListenerIsFullIsShed() throws Exception {
    try (RunningAcceptor server = RunningAcceptor.plain(DRAINING, RunningAcceptor.patient())) {
      java.util.List<RawScu> all = new java.util.ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(server.scu().open());
      }
      assertThatThrownBy(() -> server.scu().open()).isInstanceOf(IOException.class);
      assertThat(server.await(ConnectionShed.class).associationsMax()).isEqualTo(8);
      for (RawScu each : all) {
        assertThat(each.echo().status()).isZero();
        each.close();
      }
    }
  }

  @Test
  void closingEndsIdleAssociationsAndLetsABusyOneAnswer() throws Exception {
    CountDownLatch storing = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    RunningAcceptor.Storing slow =
        (_, _, dataSet) -> {
          dataSet.readAllBytes();
          storing.countDown();
          await(mayEnd);
          return Status.success();
        };
    RunningAcceptor server = RunningAcceptor.plain(slow, RunningAcceptor.patient());
    try (RawScu idle = server.scu().open();
        RawScu busy = server.scu().open()) {
      busy.send(busy.storeFrame(CT_CONTEXT, CT, "1.2", new byte[10]));
      await(storing);
      Thread closing = Thread.startVirtualThread(() -> quietly(server));

      assertThat(idle.receive().type()).isEqualTo(RawPdu.ABORT);
      mayEnd.countDown();
      assertThat(busy.reply().status()).as("what was kept is acknowledged").isZero();
      assertThat(busy.receive().type()).isEqualTo(RawPdu.ABORT);
      idle.socket().close();
      busy.socket().close();
      closing.join();
      assertThatThrownBy(() -> server.scu().connect()).isInstanceOf(IOException.class);
    }
  }

  private static void quietly(RunningAcceptor server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// ARTIM is what the test waits for.
  private static RunningAcceptor shortArtim() {
    return RunningAcceptor.plain(
        DRAINING, RunningAcceptor.settings(Duration.ofMillis(700), Duration.ofSeconds(20)));
  }

  /// Idle time is what the test waits for.
  private static RunningAcceptor shortIdle() {
    return RunningAcceptor.plain(
        DRAINING, RunningAcceptor.settings(Duration.ofSeconds(20), Duration.ofMillis(700)));
  }

  private static RunningAcceptor bothShort() {
    return RunningAcceptor.plain(
        DRAINING, RunningAcceptor.settings(Duration.ofMillis(700), Duration.ofMillis(700)));
  }

  /// A byte every now and then, for as long as the peer lets it.
  static Thread drip(RawScu scu) {
    return Thread.startVirtualThread(() -> {
      CountDownLatch never = new CountDownLatch(1);
      try {
        while (!never.await(50, TimeUnit.MILLISECONDS)) {
          scu.send(new byte[1]);
        }
      } catch (IOException | InterruptedException _) {
        // The server had enough.
      }
    });
  }

  /// A C-STORE whose data set has begun.
  private static void begin(RawScu scu, byte[] fragment) throws IOException {
    byte[] command = scu.storeCommand(CT, "1.2");
    scu.send(RawPdu.header(CT_CONTEXT, 3, command.length));
    scu.send(command);
    scu.send(RawPdu.header(CT_CONTEXT, 0, fragment.length));
    scu.send(fragment);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
