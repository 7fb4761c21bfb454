package leadglass.net.association;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PduDecoder;
import leadglass.net.ul.PduEncoder;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduType;
import leadglass.net.ul.UserInformation;
import leadglass.testkit.RawPdu;

/// The sub-items of the user information item (PS3.7 §D.3.3) in a request, and what is answered; in
/// an answer, and what comes to be agreed on.
///
/// Bit 0 of the first byte says which, bit 1 whether an identity was found right. Nothing is agreed
/// on that was not proposed, and the answer is an A-ASSOCIATE-AC that can be read.
public final class NegotiationFuzz {
  private static final int ITEM_BYTES_MAX = 0xFFFF;
  private static final int USER_INFORMATION = 0x50;
  private static final int REJECTED_FROM = 1;

  private NegotiationFuzz() {}

  /// Jazzer's entry.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length >= 2 && input.length <= ITEM_BYTES_MAX) {
      Cost.bounded(input, NegotiationFuzz::read);
    }
  }

  private static void read(byte[] input) {
    byte[] items = Arrays.copyOfRange(input, 1, input.length);
    try {
      if ((input[0] & 1) == 0) {
        asked(items, (input[0] & 2) != 0);
      } else {
        answered(items);
      }
    } catch (PduException _) {
      // Refused, as it should be.
    }
  }

  private static Pdu.AAssociateRq proposal() {
    return WireFuzz.PROPOSAL.request(64 << 10, new Uid("2.25.7"), "TEST");
  }

  private static void asked(byte[] items, boolean identified) throws PduException {
    byte[] whole = PduEncoder.encode(proposal());
    Pdu.AAssociateRq request =
        (Pdu.AAssociateRq) decode(PduType.A_ASSOCIATE_RQ, with(whole, items));
    UserInformation user = request.userInformation();
    long peerMax = user.pduBytesMax();
    if (Negotiation.refusal(request).isPresent()) {
      holds(peerMax >= REJECTED_FROM && peerMax < 8, "refused without a reason");
      return;
    }
    Negotiation negotiation =
        Negotiation.of(
            request,
            WireFuzz.SERVICES.sopClasses(),
            WireFuzz.POLICY,
            identified,
            WireFuzz.SETTINGS);
    Pdu.AAssociateAc answer = negotiation.answer();
    byte[] encoded = PduEncoder.encode(answer);
    Pdu read;
    try {
      read = decode(PduType.A_ASSOCIATE_AC, Arrays.copyOfRange(encoded, 6, encoded.length));
    } catch (PduException e) {
      throw new AssertionError("an answer that can't be read", e);
    }
    holds(read.equals(answer), "the answer is another one once it was encoded");
    agreed(negotiation.agreed());
    proposed(user, answer.userInformation());
    holds(
        answer.userInformation().identityAnswer() == null
            || (identified && user.identity() != null),
        "an answer to no identity");
  }

  /// Nothing is answered that was not proposed.
  private static void proposed(UserInformation asked, UserInformation answer) {
    holds(
        (answer.asynchronousOperations() == null) == (asked.asynchronousOperations() == null),
        "a window of its own");
    for (UserInformation.RoleSelection role : answer.roles()) {
      holds(
          asked.roles().stream()
              .anyMatch(each ->
                  each.sopClass().equals(role.sopClass())
                      && (each.scu() || !role.scu())
                      && (each.scp() || !role.scp())),
          "a role that was not proposed");
    }
    Set<String> informed =
        asked.extended().stream()
            .map(UserInformation.ExtendedNegotiation::sopClass)
            .collect(Collectors.toSet());
    for (UserInformation.ExtendedNegotiation each : answer.extended()) {
      holds(informed.contains(each.sopClass()), "information that was not asked for");
      holds(HexFormat.of().parseHex(each.information()).length <= 7, "more than is known");
    }
  }

  private static void answered(byte[] items) throws PduException {
    Pdu.AAssociateRq request = proposal();
    byte[] whole =
        PduEncoder.encode(
            Negotiation.of(
                    request,
                    WireFuzz.SERVICES.sopClasses(),
                    WireFuzz.POLICY,
                    false,
                    WireFuzz.SETTINGS)
                .answer());
    Pdu.AAssociateAc answer = (Pdu.AAssociateAc) decode(PduType.A_ASSOCIATE_AC, with(whole, items));
    Agreed agreed = RequestedAssociation.agreed(WireFuzz.PROPOSAL, request, answer);
    agreed(agreed);
    holds(agreed.contexts().size() <= request.contexts().size(), "contexts not proposed");
    for (AcceptedContext context : agreed.contexts().values()) {
      holds(
          context.abstractSyntax().equals(RunningAcceptor.CT) || !context.requestorScp(),
          "a role that was not proposed");
    }
    holds(WireFuzz.PROPOSAL.extended().keySet().containsAll(agreed.extended().keySet()), "more");
  }

  private static void agreed(Agreed agreed) {
    holds(agreed.invokedMax() >= 1 && agreed.invokedMax() <= 64, "operations invoked");
    holds(agreed.performedMax() >= 1 && agreed.performedMax() <= 8, "operations performed");
    holds(agreed.peerPduBytesMax() >= 0, "a length below zero");
  }

  private static void holds(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }

  private static Pdu decode(PduType type, byte[] body) throws PduException {
    return PduDecoder.decode(type, ByteBuffer.wrap(body));
  }

  /// The body of an A-ASSOCIATE PDU with this user information instead of its own, which is last.
  private static byte[] with(byte[] pdu, byte[] items) {
    int at = 6 + 68;
    while ((pdu[at] & 0xFF) != USER_INFORMATION) {
      at += 4 + ByteBuffer.wrap(pdu).getChar(at + 2);
    }
    byte[] item = RawPdu.item(USER_INFORMATION, items);
    byte[] body = Arrays.copyOfRange(pdu, 6, at + item.length);
    System.arraycopy(item, 0, body, at - 6, item.length);
    return body;
  }

  /// The user information of a PDU, as this reads it.
  static byte[] userInformation(byte[] pdu) {
    List<Integer> where = new java.util.ArrayList<>();
    int at = 6 + 68;
    while (at < pdu.length) {
      where.add(at);
      at += 4 + ByteBuffer.wrap(pdu).getChar(at + 2);
    }
    return Arrays.copyOfRange(pdu, where.getLast() + 4, pdu.length);
  }
}
