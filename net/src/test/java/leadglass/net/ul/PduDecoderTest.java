package leadglass.net.ul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import leadglass.net.ul.UserInformation.AsynchronousOperations;
import leadglass.net.ul.UserInformation.CommonExtendedNegotiation;
import leadglass.net.ul.UserInformation.ExtendedNegotiation;
import leadglass.net.ul.UserInformation.RoleSelection;
import leadglass.net.ul.UserInformation.UserIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PS3.8 §9.3. Fixtures are hex so that a failing case can be checked against the tables by eye.
class PduDecoderTest {

  //                                        item length | ctx | control | fragment
  private static final String ONE_LAST_COMMAND = "00000006 01 03 DEADBEEF";

  //                                   version | reserved | called, 16 | calling, 16 | reserved, 32
  private static final String HEAD =
      "0001 0000 4152434849564520 2020202020202020 5343552020202020 2020202020202020"
          + "00".repeat(32);
  //                                   item | length | 1.2.840.10008.3.1.1.1
  private static final String APPLICATION = "1000 0015 312E322E3834302E31303030382E332E312E312E31";
  //                                   item | length | id | abstract syntax 1.2 | transfer syntax
  // 1.3
  private static final String CONTEXT = "2000 0012 01000000 3000 0003 312E32 4000 0003 312E33";
  private static final String MAX_LENGTH = "5100 0004 00004000";
  private static final String USER = "5000 0008" + MAX_LENGTH;

  @Test
  void readsOnePdvWithItsFlags() throws PduException {
    Pdu pdu = PduDecoder.decode(PduType.P_DATA_TF, bytes(ONE_LAST_COMMAND));

    assertThat(pdu)
        .isEqualTo(
            new Pdu.PDataTf(
                List.of(new Pdu.Pdv(new PdvHeader(1, 4, true, true), bytes("DEADBEEF")))));
  }

  @Test
  void readsSeveralPdvsAndIgnoresReservedControlBits() throws PduException {
    Pdu pdu = PduDecoder.decode(PduType.P_DATA_TF, bytes("00000002 03 FC  00000003 FF FE 07"));

    assertThat(pdu)
        .isEqualTo(
            new Pdu.PDataTf(
                List.of(
                    new Pdu.Pdv(new PdvHeader(3, 0, false, false), bytes("")),
                    new Pdu.Pdv(new PdvHeader(255, 1, false, true), bytes("07")))));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "PDV item header cut short,           000000",
    "PDV item header cut short,           00000002",
    "PDV item length,                     00000007 01 03 DEADBEEF",
    "PDV item length,                     00000001 01 03",
    "PDV item length,                     FFFFFFFF 01 03 DEADBEEF",
    "even presentation context ID,        00000006 02 03 DEADBEEF",
    "even presentation context ID,        00000006 00 03 DEADBEEF",
    "PDV item header cut short,           ''",
    "PDV item header cut short,           00000002 01 03 0000",
  })
  void refusesPData(String rule, String hex) {
    refuses(rule, PduType.P_DATA_TF, hex);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "A_RELEASE_RQ, 000000",
    "A_RELEASE_RQ, 0000000000",
    "A_RELEASE_RP, ''",
    "A_ABORT,      000002",
    "A_ABORT,      0000020000"
  })
  void refusesShortPdusOfAnotherLength(PduType type, String hex) {
    refuses("length", type, hex);
  }

  @Test
  void readsReleaseAndAbort() throws PduException {
    assertThat(PduDecoder.decode(PduType.A_RELEASE_RQ, bytes("FFFFFFFF")))
        .isEqualTo(new Pdu.AReleaseRq());
    assertThat(PduDecoder.decode(PduType.A_RELEASE_RP, bytes("00000000")))
        .isEqualTo(new Pdu.AReleaseRp());
    assertThat(PduDecoder.decode(PduType.A_ABORT, bytes("FFFF 02 06")))
        .isEqualTo(new Pdu.AAbort(2, 6));
  }

  @Test
  void readsTheSmallestAssociateRequest() throws PduException {
    Pdu.AAssociateRq request = associate(HEAD + APPLICATION + CONTEXT + USER);

    assertThat(request.protocolVersion()).isEqualTo(1);
    assertThat(request.calledAeTitle()).isEqualTo("ARCHIVE");
    assertThat(request.callingAeTitle()).isEqualTo("SCU");
    assertThat(request.applicationContext()).isEqualTo("1.2.840.10008.3.1.1.1");
    assertThat(request.contexts()).containsExactly(new ProposedContext(1, "1.2", List.of("1.3")));
    assertThat(request.userInformation().pduBytesMax()).isEqualTo(0x4000);
  }

  @Test
  void readsEverySubItemOfUserInformation() throws PduException {
    String items =
        "5100 0004 FFFFFFFF" // maximum length, unsigned
            + "5200 0003 322E35" // implementation class UID 2.5
            + "5300 0004 0000 0007" // window: any number invoked, seven performed
            + "5400 0007 0003 312E32 01 00" // role of 1.2: SCU
            + "5500 0004 56312020" // implementation version name V1
            + "5600 0007 0003 312E32 02FF" // extended negotiation of 1.2
            + "5700 0013 0003 312E32 0003 312E34 0007 0002 312E 0001 39" // common extended
            + "5800 000C 02 01 0004 4A616E65 0002 7077"; // name and passcode, answer wanted
    UserInformation user = associate(request(items)).userInformation();

    assertThat(user)
        .isEqualTo(
            new UserInformation(
                0xFFFFFFFFL,
                "2.5",
                "V1",
                new AsynchronousOperations(0, 7),
                List.of(new RoleSelection("1.2", true, false)),
                List.of(new ExtendedNegotiation("1.2", "02ff")),
                List.of(new CommonExtendedNegotiation("1.2", "1.4", List.of("1.", "9"))),
                new UserIdentity(2, true, "Jane", "pw")));
    assertThat(user.toString()).doesNotContain("Jane", "V1");
  }

  @ParameterizedTest(name = "type {0}")
  @CsvSource({"1", "2", "3", "4", "5", "77"})
  void aUserIdentityOfAnyTypeIsRead(int type) throws PduException {
    String item = "5800 000A %02X 00 0004 4A616E65 0000".formatted(type);

    assertThat(associate(request(item)).userInformation().identity())
        .isEqualTo(new UserIdentity(type, false, "Jane", ""));
  }

  @Test
  void skipsItemsItDoesNotKnowAtEveryLevel() throws PduException {
    String odd = "7700 0002 FFFF";
    String context = "2000 0018 01000000" + odd + "3000 0003 312E32 4000 0003 312E33";
    String user = "5000 000E" + odd + MAX_LENGTH;

    Pdu.AAssociateRq request = associate(HEAD + odd + APPLICATION + context + odd + user);

    assertThat(request.contexts()).hasSize(1);
  }

  @Test
  void takesAllOddContextIdsOnce() throws PduException {
    StringBuilder contexts = new StringBuilder();
    for (int id = 1; id < 256; id += 2) {
      contexts.append(CONTEXT.replace("01000000", "%02X000000".formatted(id)));
    }
    assertThat(associate(HEAD + APPLICATION + contexts + USER).contexts()).hasSize(128);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no application context item,   H C U",
    "two application context items, H A A C U",
    "no presentation context item,  H A U",
    "presentation context ID twice, H A C C U",
    "no user information item,      H A C",
    "two user information items,    H A C U U",
    "even presentation context ID,  H A 2000001202000000300000033 12E32 4000 0003 312E33 U",
    "presentation context item cut short, H A 2000 0003 010000 U",
    "context without abstract syntax, H A 2000 000B 01000000 4000 0003 312E33 U",
    "two abstract syntaxes in one context, H A 2000001901000000300000 03312E32 30000003312E32 40000003312E33 U",
    "context without transfer syntax, H A 2000 000B 01000000 3000 0003 312E32 U",
    "item reaches past what it is in, H A 2000 000B 01000000 3000 0004 312E32 U",
    "item header cut short,         H A C U 500000",
    "item reaches past what it is in, H A C 5000 FFFF 00",
    "A-ASSOCIATE-RQ cut short,      0001 0000 4152",
  })
  void refusesAssociateRequests(String rule, String pattern) {
    refuses(rule, PduType.A_ASSOCIATE_RQ, expand(pattern));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "maximum length sub-item length,     5100 0003 000000",
    "two maximum length sub-items,       5100 0004 00000000 5100 0004 00000000",
    "two implementation class UIDs,      5200 0001 31 5200 0001 31",
    "two implementation version names,   5500 0001 31 5500 0001 31",
    "asynchronous operations window length, 5300 0002 0001",
    "two asynchronous operations windows, 5300 0004 00010001 5300 0004 00010001",
    "role selection UID reaches past,    5400 0007 0006 312E32 01 00",
    "role selection length,              5400 0006 0003 312E32 01",
    "role that is neither 0 nor 1,       5400 0007 0003 312E32 02 00",
    "extended negotiation UID length cut short, 5600 0001 00",
    "service class UID length cut short, 5700 0005 0003 312E32",
    "related general SOP class reaches past,  5700 000F 0003312E32 0003312E34 0003 0002 31",
    "secondary field length cut short,   5800 0004 01 00 0000",
    "primary field reaches past,         5800 0006 01 00 0009 0000",
    "bytes behind the user identity,     5800 0007 01 00 0000 0000 FF",
    "two user identities,  5800 0006 010000000000 5800 0006 010000000000",
  })
  void refusesSubItemsOfUserInformation(String rule, String items) {
    refuses(rule, PduType.A_ASSOCIATE_RQ, request(items.replace(" ", "")));
  }

  @Test
  void countsOfItemsAreBounded() {
    refuses(
        "too many user information sub-items",
        PduType.A_ASSOCIATE_RQ,
        request("7700 0000".repeat(2049)));
    String syntaxes = "4000 0000".repeat(257);
    String context = "2000 %04X 01000000 3000 0003 312E32".formatted(11 + 4 * 257) + syntaxes;
    refuses(
        "too many transfer syntaxes", PduType.A_ASSOCIATE_RQ, HEAD + APPLICATION + context + USER);
  }

  @Test
  void readsARejection() throws PduException {
    assertThat(PduDecoder.decode(PduType.A_ASSOCIATE_RJ, bytes("00 02 03 02")))
        .isEqualTo(new Pdu.AAssociateRj(Rejection.LOCAL_LIMIT_EXCEEDED));
    assertThat(PduDecoder.decode(PduType.A_ASSOCIATE_RJ, bytes("00 09 09 09")))
        .as("one that is in no table")
        .isEqualTo(new Pdu.AAssociateRj(Rejection.NO_REASON));
  }

  @Test
  void refusesAnAcceptanceThatIsNone() {
    String context = "2100 000B 01000000 4000 0003 312E33";
    refuses("cut short", PduType.A_ASSOCIATE_AC, "00000000");
    refuses("no application context", PduType.A_ASSOCIATE_AC, HEAD + context + USER);
    refuses("no user information", PduType.A_ASSOCIATE_AC, HEAD + APPLICATION + context);
    refuses("ID twice", PduType.A_ASSOCIATE_AC, HEAD + APPLICATION + context + context + USER);
    refuses(
        "without a transfer syntax",
        PduType.A_ASSOCIATE_AC,
        HEAD + APPLICATION + "2100 0004 01000000" + USER);
  }

  @Test
  void noTypeButTheSevenIsKnown() {
    for (int code = -128; code < 256; code++) {
      assertThat(PduType.of(code).isPresent()).isEqualTo(code >= 1 && code <= 7);
    }
  }

  @Test
  void whateverIsSentIsReadOrRefused() {
    Random random = new Random(20);
    byte[] sound =
        bytes(request("5100 0004 00004000 5400 0007 0003 312E32 01 00 5800 0006 010000000000"))
            .array();
    int refused = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] body = Arrays.copyOf(sound, sound.length - (i % 3 == 0 ? random.nextInt(80) : 0));
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      for (PduType type : PduType.values()) {
        try {
          PduDecoder.decode(type, ByteBuffer.wrap(body));
        } catch (PduException _) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(20_000);
  }

  private static String request(String userItems) {
    String items = userItems.replace(" ", "");
    return HEAD + APPLICATION + CONTEXT + "5000%04X".formatted(items.length() / 2) + items;
  }

  private static String expand(String pattern) {
    StringBuilder hex = new StringBuilder();
    for (String part : pattern.split(" ", -1)) {
      hex.append(
          switch (part) {
            case "H" -> HEAD;
            case "A" -> APPLICATION;
            case "C" -> CONTEXT;
            case "U" -> USER;
            default -> part;
          });
    }
    return hex.toString();
  }

  private static Pdu.AAssociateRq associate(String hex) throws PduException {
    return (Pdu.AAssociateRq) PduDecoder.decode(PduType.A_ASSOCIATE_RQ, bytes(hex));
  }

  private static void refuses(String rule, PduType type, String hex) {
    assertThatThrownBy(() -> PduDecoder.decode(type, bytes(hex)))
        .hasMessageContaining(rule)
        .isInstanceOfSatisfying(
            PduException.class,
            e -> assertThat(e.reason()).isEqualTo(PduException.Reason.INVALID_PARAMETER_VALUE));
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
