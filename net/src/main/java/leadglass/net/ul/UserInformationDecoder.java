package leadglass.net.ul;

import static leadglass.net.ul.PduDecoder.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import leadglass.net.ul.UserInformation.AsynchronousOperations;
import leadglass.net.ul.UserInformation.CommonExtendedNegotiation;
import leadglass.net.ul.UserInformation.ExtendedNegotiation;
import leadglass.net.ul.UserInformation.RoleSelection;
import leadglass.net.ul.UserInformation.UserIdentity;
import org.jspecify.annotations.Nullable;

/// The sub-items of the user information item (PS3.7 §D.3.3). A missing maximum length is no limit:
/// old senders leave it out. Sub-items it does not know are skipped.
final class UserInformationDecoder {
  private static final int SUB_ITEMS_MAX = 2048;

  private @Nullable Long pduBytesMax;
  private @Nullable String classUid;
  private @Nullable String versionName;
  private @Nullable AsynchronousOperations operations;
  private @Nullable UserIdentity identity;
  private @Nullable String identityAnswer;
  private final List<RoleSelection> roles = new ArrayList<>();
  private final List<ExtendedNegotiation> extended = new ArrayList<>();
  private final List<CommonExtendedNegotiation> commonExtended = new ArrayList<>();

  private UserInformationDecoder() {}

  static UserInformation decode(ByteBuffer value) throws PduException {
    UserInformationDecoder found = new UserInformationDecoder();
    for (int count = 0; value.hasRemaining(); count++) {
      check(count < SUB_ITEMS_MAX, value, "too many user information sub-items");
      Item item = Item.next(value);
      found.take(item);
    }
    return new UserInformation(
        found.pduBytesMax == null ? 0 : found.pduBytesMax,
        found.classUid == null ? "" : found.classUid,
        found.versionName == null ? "" : found.versionName,
        found.operations,
        found.roles,
        found.extended,
        found.commonExtended,
        found.identity,
        found.identityAnswer);
  }

  private void take(Item item) throws PduException {
    ByteBuffer value = item.value();
    switch (item.type()) {
      case ItemType.MAXIMUM_LENGTH -> {
        check(pduBytesMax == null, value, "two maximum length sub-items");
        check(value.remaining() == 4, value, "maximum length sub-item length");
        pduBytesMax = Integer.toUnsignedLong(value.getInt());
      }
      case ItemType.IMPLEMENTATION_CLASS_UID -> {
        check(classUid == null, value, "two implementation class UIDs");
        classUid = item.text();
      }
      case ItemType.IMPLEMENTATION_VERSION_NAME -> {
        check(versionName == null, value, "two implementation version names");
        versionName = item.text();
      }
      case ItemType.ASYNCHRONOUS_OPERATIONS -> {
        check(operations == null, value, "two asynchronous operations windows");
        check(value.remaining() == 4, value, "asynchronous operations window length");
        operations = new AsynchronousOperations(value.getChar(), value.getChar());
      }
      case ItemType.ROLE_SELECTION -> roles.add(role(value));
      case ItemType.EXTENDED_NEGOTIATION -> extended.add(extended(value));
      case ItemType.COMMON_EXTENDED_NEGOTIATION -> commonExtended.add(commonExtended(value));
      case ItemType.USER_IDENTITY -> {
        check(identity == null, value, "two user identities");
        identity = identity(value);
      }
      case ItemType.USER_IDENTITY_ANSWER -> {
        check(identityAnswer == null, value, "two answers to a user identity");
        identityAnswer = bytes(Item.view(value, "server response"));
        check(!value.hasRemaining(), value, "bytes behind the server response");
      }
      default -> {
        // PS3.8 §9.3.1: skipped.
      }
    }
  }

  private static RoleSelection role(ByteBuffer value) throws PduException {
    String sopClass = Item.shortText(value, "role selection UID");
    check(value.remaining() == 2, value, "role selection length");
    int scu = value.get();
    int scp = value.get();
    check((scu & ~1) == 0 && (scp & ~1) == 0, value, "role that is neither 0 nor 1");
    return new RoleSelection(sopClass, scu == 1, scp == 1);
  }

  private static ExtendedNegotiation extended(ByteBuffer value) throws PduException {
    String sopClass = Item.shortText(value, "extended negotiation UID");
    byte[] information = new byte[value.remaining()];
    value.get(information);
    return new ExtendedNegotiation(sopClass, HexFormat.of().formatHex(information));
  }

  private static CommonExtendedNegotiation commonExtended(ByteBuffer value) throws PduException {
    String sopClass = Item.shortText(value, "common extended negotiation UID");
    String serviceClass = Item.shortText(value, "service class UID");
    ByteBuffer related = Item.view(value, "related general SOP classes");
    List<String> general = new ArrayList<>();
    while (related.hasRemaining()) {
      general.add(Item.shortText(related, "related general SOP class"));
    }
    // What follows is reserved for later versions and not tested (PS3.7 Table D.3-12).
    return new CommonExtendedNegotiation(sopClass, serviceClass, general);
  }

  private static UserIdentity identity(ByteBuffer value) throws PduException {
    check(value.remaining() >= 2, value, "user identity cut short");
    int type = Byte.toUnsignedInt(value.get());
    boolean answer = value.get() == 1;
    String primary = bytes(Item.view(value, "primary field"));
    String secondary = bytes(Item.view(value, "secondary field"));
    check(!value.hasRemaining(), value, "bytes behind the user identity");
    return new UserIdentity(type, answer, primary, secondary);
  }

  private static String bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
