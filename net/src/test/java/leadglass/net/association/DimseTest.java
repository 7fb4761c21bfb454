package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.net.association.NetEvent.AssociationClosed;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.Status;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is answered to requests that are wrong, and that the association stays in step.
class DimseTest {
  private static final String CT = RunningAcceptor.CT.value();
  private static final int ECHO_CONTEXT = 1;
  private static final int CT_CONTEXT = 3;

  private final AtomicInteger stored = new AtomicInteger();
  private final RunningAcceptor server =
      RunningAcceptor.plain(
          (_, _, dataSet) -> {
            dataSet.readAllBytes();
            stored.incrementAndGet();
            return Status.success();
          },
          RunningAcceptor.patient());

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest(name = "command field {0}")
  @CsvSource({
    "0x0010, C-GET", "0x0020, C-FIND", "0x0021, C-MOVE", "0x0100, N-EVENT-REPORT",
    "0x0110, N-GET", "0x0120, N-SET", "0x0130, N-ACTION", "0x0140, N-CREATE",
    "0x0150, N-DELETE", "0x0030, C-ECHO on a storage class", "0x7777, nothing known"
  })
  void operationsNotServedAreUnrecognized(String field, String name) throws IOException {
    int code = Integer.decode(field);
    try (RawScu scu = server.scu().open()) {
      RawScu.Reply reply =
          scu.request(
              CT_CONTEXT, RawPdu.command(0x0002, CT, 0x0100, code, 0x0110, 77, 0x0800, 0x0101));

      assertThat(reply.status()).as(name).isEqualTo(0x0211);
      assertThat(reply.us(0x0100)).isEqualTo(code | 0x8000);
      assertThat(reply.us(0x0120)).isEqualTo(77);
      assertThat(scu.echo().status()).isZero();
    }
  }

  @Test
  void anOperationNotServedLosesItsDataSetAndNothingElse() throws IOException {
    try (RawScu scu = server.scu().open()) {
      ByteArrayOutputStream find = new ByteArrayOutputStream();
      byte[] command = RawPdu.command(0x0002, CT, 0x0100, 0x0020, 0x0110, 5, 0x0700, 0, 0x0800, 1);
      RawPdu.fragments(find, CT_CONTEXT, true, command, 1000);
      RawPdu.fragments(find, CT_CONTEXT, false, new byte[5000], 1000);
      scu.send(find.toByteArray());

      assertThat(scu.reply().status()).isEqualTo(0x0211);
      assertThat(scu.store(CT_CONTEXT, CT, "1.2", new byte[10]).status()).isZero();
    }
  }

  @Test
  void aNamedRequestedSopClassComesBackInTheResponse() throws IOException {
    try (RawScu scu = server.scu().open()) {
      RawScu.Reply reply =
          scu.request(
              CT_CONTEXT,
              RawPdu.command(0x0003, CT, 0x0100, 0x0110, 0x0110, 1, 0x0800, 0x0101, 0x1001, "1.9"));

      assertThat(reply.text(0x0002)).isEqualTo(CT);
      assertThat(reply.text(0x1000)).isEqualTo("1.9");
    }
  }

  @Test
  void aSopClassOtherThanTheContextsIsNotSupported() throws IOException {
    try (RawScu scu = server.scu().open()) {
      RawScu.Reply reply =
          scu.store(CT_CONTEXT, RunningAcceptor.MR.value(), "1.2", new byte[100_000]);

      assertThat(reply.status()).isEqualTo(0x0122);
      assertThat(reply.elements().get(0x0901)).containsExactly(0, 0, 2, 0);
      assertThat(scu.echo().status()).isZero();
      assertThat(stored).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.three",
        "../../etc/passwd",
        "1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3"
      })
  void anInstanceUidThatIsNoneIsInvalid(String uid) throws IOException {
    try (RawScu scu = server.scu().open()) {
      RawScu.Reply reply = scu.store(CT_CONTEXT, CT, uid, new byte[100]);

      assertThat(reply.status()).isEqualTo(0x0117);
      assertThat(reply.errorComment()).doesNotContain(uid);
      assertThat(stored).hasValue(0);
    }
  }

  @Test
  void aStoreWithoutInstanceUidIsMistyped() throws IOException {
    try (RawScu scu = server.scu().open()) {
      ByteArrayOutputStream store = new ByteArrayOutputStream();
      byte[] command = RawPdu.command(0x0002, CT, 0x0100, 1, 0x0110, 1, 0x0800, 1);
      RawPdu.fragments(store, CT_CONTEXT, true, command, 1000);
      RawPdu.fragments(store, CT_CONTEXT, false, new byte[10], 1000);
      scu.send(store.toByteArray());

      assertThat(scu.reply().status()).isEqualTo(0x0212);
      assertThat(scu.echo().status()).isZero();
    }
  }

  @Test
  void aStoreWithoutDataSetIsMistypedAndTheNextOneIsRead() throws IOException {
    try (RawScu scu = server.scu().open()) {
      RawScu.Reply reply =
          scu.request(
              CT_CONTEXT,
              RawPdu.command(
                  0x0002, CT, 0x0100, 1, 0x0110, 1, 0x0700, 0, 0x0800, 0x0101, 0x1000, "1.2"));

      assertThat(reply.status()).isEqualTo(0x0212);
      assertThat(scu.store(CT_CONTEXT, CT, "1.2", new byte[10]).status()).isZero();
    }
  }

  @Test
  void aCancelOfNothingIsIgnored() throws IOException {
    try (RawScu scu = server.scu().open()) {
      ByteArrayOutputStream cancel = new ByteArrayOutputStream();
      byte[] command = RawPdu.command(0x0100, 0x0FFF, 0x0120, 3, 0x0800, 0x0101);
      RawPdu.fragments(cancel, CT_CONTEXT, true, command, 1000);
      scu.send(cancel.toByteArray());

      assertThat(scu.echo().us(0x0120)).isEqualTo(1);
    }
  }

  @Test
  void aCommandCutIntoManyFragmentsIsRead() throws IOException {
    try (RawScu scu = server.scu().pduBytes(7).open()) {
      assertThat(scu.echo().status()).isZero();
    }
  }

  @Test
  void aResponseIsCutToWhatThePeerTakes() throws IOException {
    try (RawScu scu = server.scu().ownPduBytesMax(20).open()) {
      assertThat(scu.echo().status()).isZero();
    }
  }

  static Object[][] breaches() {
    byte[] echo =
        RawPdu.command(0x0002, RawScu.VERIFICATION, 0x0100, 0x30, 0x0110, 1, 0x0800, 0x0101);
    byte[] noMessageId = RawPdu.command(0x0100, 0x30, 0x0800, 0x0101);
    byte[] noDataSetType = RawPdu.command(0x0100, 0x30, 0x0110, 1);
    byte[] response = RawPdu.command(0x0100, 0x8030, 0x0120, 1, 0x0800, 0x0101, 0x0900, 0);
    byte[] store = RawPdu.command(0x0002, CT, 0x0100, 1, 0x0110, 1, 0x0800, 1, 0x1000, "1.2");
    byte[] storeThenCommand = together(pdv(CT_CONTEXT, 3, store), pdv(CT_CONTEXT, 3, echo));
    byte[] storeThenOther = together(pdv(CT_CONTEXT, 3, store), pdv(ECHO_CONTEXT, 0, new byte[4]));
    return new Object[][] {
      {"a context that was not accepted", pdv(9, 3, echo), 5},
      {"a data set without a command", pdv(CT_CONTEXT, 2, new byte[10]), 5},
      {"a command inside a data set", storeThenCommand, 5},
      {"another context's data inside a data set", storeThenOther, 5},
      {
        "two contexts in one command",
        together(pdv(1, 1, new byte[2]), pdv(CT_CONTEXT, 1, new byte[2])),
        5
      },
      {"a command set that is too long", commandBytes(66_000), 5},
      {"a command set that is none", pdv(ECHO_CONTEXT, 3, new byte[] {1, 2, 3}), 6},
      {"no message ID", pdv(ECHO_CONTEXT, 3, noMessageId), 6},
      {"no command data set type", pdv(ECHO_CONTEXT, 3, noDataSetType), 6},
      {"a response to nothing", pdv(ECHO_CONTEXT, 3, response), 5},
    };
  }

  @ParameterizedTest(name = "{0}")
  @org.junit.jupiter.params.provider.MethodSource("breaches")
  void whatCannotBeAnsweredAborts(String why, byte[] sent, int reason) throws Exception {
    try (RawScu scu = server.scu().open()) {
      scu.send(sent);

      RawPdu abort = scu.receive();
      assertThat(abort.type()).as(why).isEqualTo(RawPdu.ABORT);
      assertThat(abort.body()).containsExactly(0, 0, 2, reason);
      assertThat(server.await(AssociationClosed.class).ending()).isEqualTo(Ending.PROTOCOL_ERROR);
      assertThat(stored).hasValue(0);
    }
  }

  private static byte[] commandBytes(int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RawPdu.fragments(out, ECHO_CONTEXT, true, new byte[length], 10_000);
    return out.toByteArray();
  }

  private static byte[] pdv(int contextId, int control, byte[] fragment) {
    return together(RawPdu.header(contextId, control, fragment.length), fragment);
  }

  private static byte[] together(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
