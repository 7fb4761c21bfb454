package leadglass.net.ul;

import static leadglass.net.ul.PduDecoder.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A-ASSOCIATE-RQ (PS3.8 §9.3.2). Items it does not know are skipped (§9.3.1).
final class AssociateDecoder {
  private static final int FIXED_BYTES = 68;
  private static final int TRANSFER_SYNTAXES_MAX = 256; // more than PS3.6 registers

  private @Nullable String applicationContext;
  private final List<ProposedContext> contexts = new ArrayList<>();
  private final BitSet ids = new BitSet(256);
  private @Nullable UserInformation userInformation;

  private AssociateDecoder() {}

  static Pdu.AAssociateRq decode(ByteBuffer body) throws PduException {
    check(body.remaining() >= FIXED_BYTES, body, "A-ASSOCIATE-RQ cut short");
    int version = Short.toUnsignedInt(body.getShort());
    body.getShort(); // reserved, not tested
    String called = fixed(body, 16);
    String calling = fixed(body, 16);
    String reserved = fixed(body, 32);
    AssociateDecoder items = new AssociateDecoder();
    while (body.hasRemaining()) {
      items.take(Item.next(body), body);
    }
    check(!items.contexts.isEmpty(), body, "no presentation context item");
    return new Pdu.AAssociateRq(
        version,
        called,
        calling,
        reserved,
        present(items.applicationContext, body, "no application context item"),
        items.contexts,
        present(items.userInformation, body, "no user information item"));
  }

  static <T> T present(@Nullable T found, ByteBuffer at, String rule) throws PduException {
    check(found != null, at, rule);
    return Objects.requireNonNull(found);
  }

  static String fixed(ByteBuffer body, int length) {
    byte[] bytes = new byte[length];
    body.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void take(Item item, ByteBuffer at) throws PduException {
    switch (item.type()) {
      case ItemType.APPLICATION_CONTEXT -> {
        check(applicationContext == null, at, "two application context items");
        applicationContext = item.text();
      }
      case ItemType.PROPOSED_CONTEXT -> contexts.add(context(item.value()));
      case ItemType.USER_INFORMATION -> {
        check(userInformation == null, at, "two user information items");
        userInformation = UserInformationDecoder.decode(item.value());
      }
      default -> {
        // PS3.8 §9.3.1: skipped.
      }
    }
  }

  /// PS3.8 §9.3.2.2. Odd IDs, each once, are 128 at most.
  private ProposedContext context(ByteBuffer value) throws PduException {
    check(value.remaining() >= 4, value, "presentation context item cut short");
    int id = Byte.toUnsignedInt(value.get());
    value.position(value.position() + 3); // reserved, not tested
    check(id % 2 == 1, value, "even presentation context ID");
    check(!ids.get(id), value, "presentation context ID twice");
    ids.set(id);
    String abstractSyntax = null;
    List<String> transferSyntaxes = new ArrayList<>();
    while (value.hasRemaining()) {
      Item item = Item.next(value);
      if (item.type() == ItemType.ABSTRACT_SYNTAX) {
        check(abstractSyntax == null, value, "two abstract syntaxes in one context");
        abstractSyntax = item.text();
      } else if (item.type() == ItemType.TRANSFER_SYNTAX) {
        check(transferSyntaxes.size() < TRANSFER_SYNTAXES_MAX, value, "too many transfer syntaxes");
        transferSyntaxes.add(item.text());
      }
    }
    check(!transferSyntaxes.isEmpty(), value, "presentation context without transfer syntax");
    return new ProposedContext(
        id,
        present(abstractSyntax, value, "presentation context without abstract syntax"),
        transferSyntaxes);
  }
}
