package leadglass.net.ul;

import static leadglass.net.ul.AssociateDecoder.fixed;
import static leadglass.net.ul.AssociateDecoder.present;
import static leadglass.net.ul.PduDecoder.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A-ASSOCIATE-AC (PS3.8 §9.3.3). Items it does not know are skipped (§9.3.1).
final class AcceptDecoder {
  private static final int FIXED_BYTES = 68;

  private AcceptDecoder() {}

  static Pdu.AAssociateAc decode(ByteBuffer body) throws PduException {
    check(body.remaining() >= FIXED_BYTES, body, "A-ASSOCIATE-AC cut short");
    body.getInt(); // protocol version: the acceptor chose one of ours; reserved
    String called = fixed(body, 16); // the three are not tested (PS3.8 Table 9-17)
    String calling = fixed(body, 16);
    String reserved = fixed(body, 32);
    @Nullable String applicationContext = null;
    @Nullable UserInformation userInformation = null;
    List<AnsweredContext> contexts = new ArrayList<>();
    BitSet ids = new BitSet(256);
    while (body.hasRemaining()) {
      Item item = Item.next(body);
      switch (item.type()) {
        case ItemType.APPLICATION_CONTEXT -> {
          check(applicationContext == null, body, "two application context items");
          applicationContext = item.text();
        }
        case ItemType.ANSWERED_CONTEXT -> {
          AnsweredContext context = context(item.value());
          check(!ids.get(context.id()), body, "presentation context ID twice");
          ids.set(context.id());
          contexts.add(context);
        }
        case ItemType.USER_INFORMATION -> {
          check(userInformation == null, body, "two user information items");
          userInformation = UserInformationDecoder.decode(item.value());
        }
        default -> {
          // PS3.8 §9.3.1: skipped.
        }
      }
    }
    return new Pdu.AAssociateAc(
        called,
        calling,
        reserved,
        present(applicationContext, body, "no application context item"),
        contexts,
        present(userInformation, body, "no user information item"));
  }

  /// PS3.8 §9.3.3.2. The transfer syntax of a refused context is not significant and may be absent.
  private static AnsweredContext context(ByteBuffer value) throws PduException {
    check(value.remaining() >= 4, value, "presentation context item cut short");
    int id = Byte.toUnsignedInt(value.get());
    check(id % 2 == 1, value, "even presentation context ID");
    value.get(); // reserved, not tested
    AnsweredContext.Result result = AnsweredContext.Result.of(Byte.toUnsignedInt(value.get()));
    value.get();
    @Nullable String transferSyntax = null;
    while (value.hasRemaining()) {
      Item item = Item.next(value);
      if (item.type() == ItemType.TRANSFER_SYNTAX) {
        check(transferSyntax == null, value, "two transfer syntaxes in an answer");
        transferSyntax = item.text();
      }
    }
    check(
        transferSyntax != null || result != AnsweredContext.Result.ACCEPTANCE,
        value,
        "accepted without a transfer syntax");
    return new AnsweredContext(id, result, transferSyntax == null ? "" : transferSyntax);
  }
}
