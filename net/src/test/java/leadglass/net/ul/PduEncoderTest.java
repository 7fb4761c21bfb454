package leadglass.net.ul;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import leadglass.net.ul.UserInformation.AsynchronousOperations;
import leadglass.net.ul.UserInformation.RoleSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PS3.8 §9.3, byte by byte.
class PduEncoderTest {

  @Test
  void writesTheShortPdus() {
    assertThat(hex(PduEncoder.encode(new Pdu.AReleaseRq()))).isEqualTo("05000000000400000000");
    assertThat(hex(PduEncoder.encode(new Pdu.AReleaseRp()))).isEqualTo("06000000000400000000");
    assertThat(hex(PduEncoder.encode(new Pdu.AAbort(2, 6)))).isEqualTo("07000000000400000206");
  }

  @ParameterizedTest
  @CsvSource({
    "NO_REASON, 010101",
    "APPLICATION_CONTEXT_NAME_NOT_SUPPORTED, 010102",
    "CALLING_AE_TITLE_NOT_RECOGNIZED, 010103",
    "CALLED_AE_TITLE_NOT_RECOGNIZED, 010107",
    "PROTOCOL_VERSION_NOT_SUPPORTED, 010202",
    "TEMPORARY_CONGESTION, 020301",
    "LOCAL_LIMIT_EXCEEDED, 020302"
  })
  void writesEveryRejection(Rejection rejection, String expected) {
    assertThat(hex(PduEncoder.encode(new Pdu.AAssociateRj(rejection))))
        .isEqualTo("03000000000400" + expected);
  }

  @Test
  void writesAnAcceptance() {
    Pdu.AAssociateAc accept =
        new Pdu.AAssociateAc(
            "CALLED          ",
            "CALLING         ",
            "\u00ff".repeat(32),
            "1.2",
            List.of(
                new AnsweredContext(1, AnsweredContext.Result.ACCEPTANCE, "1.3"),
                new AnsweredContext(
                    3, AnsweredContext.Result.TRANSFER_SYNTAXES_NOT_SUPPORTED, "1.4")),
            new UserInformation(
                0x40000,
                "2.5",
                "V1",
                new AsynchronousOperations(1, 1),
                List.of(new RoleSelection("1.2", true, false)),
                List.of(),
                List.of(),
                null));

    assertThat(hex(PduEncoder.encode(accept)))
        .isEqualTo(
            compact(
                "02 00 00000095 0001 0000" // 149 bytes
                    + "43414C4C4544 20202020202020202020" // called, as it came
                    + "43414C4C494E47 202020202020202020" // calling, as it came
                    + "FF".repeat(32)
                    + "1000 0003 312E32"
                    + "2100 000B 01 00 00 00 4000 0003 312E33"
                    + "2100 000B 03 00 04 00 4000 0003 312E34"
                    + "5000 0028"
                    + "5100 0004 00040000"
                    + "5200 0003 322E35"
                    + "5300 0004 0001 0001"
                    + "5400 0007 0003 312E32 01 00"
                    + "5500 0002 5631"));
  }

  @Test
  void aCommandThatFitsIsOnePdu() {
    assertThat(hex(PduEncoder.encodeCommand(5, new byte[] {1, 2, 3, 4}, 0)))
        .isEqualTo(compact("04 00 0000000A 00000006 05 03 01020304"));
  }

  @Test
  void aCommandIsCutToWhatThePeerTakes() {
    assertThat(hex(PduEncoder.encodeCommand(5, new byte[] {1, 2, 3, 4, 5}, 8)))
        .isEqualTo(
            compact(
                "04 00 00000008 00000004 05 01 0102"
                    + "04 00 00000008 00000004 05 01 0304"
                    + "04 00 00000007 00000003 05 03 05"));
  }

  @Test
  void whatIsCutIsReadTogetherAgain() throws PduException {
    byte[] command = new byte[1000];
    new Random(1).nextBytes(command);
    for (long pduBytesMax : new long[] {0, 8, 9, 100, 1005, 1006, 1007, 0xFFFFFFFFL}) {
      ByteBuffer pdus = ByteBuffer.wrap(PduEncoder.encodeCommand(1, command, pduBytesMax));
      ByteBuffer together = ByteBuffer.allocate(2000);
      while (pdus.hasRemaining()) {
        pdus.getShort();
        int length = pdus.getInt();
        assertThat((long) length).isLessThanOrEqualTo(pduBytesMax == 0 ? 9999 : pduBytesMax);
        Pdu pdu = PduDecoder.decode(PduType.P_DATA_TF, pdus.slice(pdus.position(), length));
        pdus.position(pdus.position() + length);
        ((Pdu.PDataTf) pdu).items().forEach(item -> together.put(item.fragment()));
      }
      assertThat(together.flip()).isEqualTo(ByteBuffer.wrap(command));
    }
  }

  @Test
  void whatIsAskedAndAnsweredIsReadAgain() throws PduException {
    UserInformation user =
        new UserInformation(
            0x4000,
            "2.5",
            "V1",
            new AsynchronousOperations(3, 0),
            List.of(new RoleSelection("1.2", false, true)),
            List.of(new UserInformation.ExtendedNegotiation("1.2", "0102ff")),
            List.of(new UserInformation.CommonExtendedNegotiation("1.2", "1.4", List.of("1.9"))),
            new UserInformation.UserIdentity(2, true, "Jane", "pw"),
            "yes");
    Pdu.AAssociateRq asked =
        new Pdu.AAssociateRq(
            1,
            "CALLED          ",
            "CALLING         ",
            "\0".repeat(32),
            "1.2",
            List.of(new ProposedContext(1, "1.3", List.of("1.4", "1.5"))),
            user);
    Pdu.AAssociateAc answered =
        new Pdu.AAssociateAc(
            asked.calledField(),
            asked.callingField(),
            asked.reservedField(),
            "1.2",
            List.of(new AnsweredContext(1, AnsweredContext.Result.ACCEPTANCE, "1.4")),
            user);

    assertThat(again(PduType.A_ASSOCIATE_RQ, PduEncoder.encode(asked))).isEqualTo(asked);
    assertThat(again(PduType.A_ASSOCIATE_AC, PduEncoder.encode(answered))).isEqualTo(answered);
  }

  private static Pdu again(PduType type, byte[] pdu) throws PduException {
    ByteBuffer whole = ByteBuffer.wrap(pdu);
    assertThat(whole.get()).isEqualTo((byte) type.code());
    whole.get();
    assertThat(whole.getInt()).isEqualTo(whole.remaining());
    return PduDecoder.decode(type, whole.slice());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }

  private static String compact(String hex) {
    return hex.replace(" ", "");
  }
}
