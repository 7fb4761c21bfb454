package leadglass.store.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.seal.Padding;
import leadglass.store.seal.Seal;

/// What an event says that identifies somebody: sealed under the key of the study, filled up so
/// that its length tells nothing, and gone with that key; docs/formats/pack.md.
public final class EventDetail {
  private EventDetail() {}

  private static byte[] about(byte[] event) {
    return ("detail " + HexFormat.of().formatHex(event)).getBytes(US_ASCII);
  }

  /// @param event id of the event
  public static byte[] seal(StudyKey key, byte[] event, byte[] detail) {
    ByteBuffer plain = ByteBuffer.allocate(Integer.BYTES + detail.length);
    plain.putInt(detail.length).put(detail);
    byte[] padded = Padding.padded(plain.array(), Padding.NAMING_BYTES);
    return Seal.seal(key.details(), about(event), padded);
  }

  /// @param sealed as it stands in the event; nothing if it is empty
  /// @throws IOException if it is not what was sealed
  public static byte[] open(StudyKey key, byte[] event, byte[] sealed) throws IOException {
    if (sealed.length == 0) {
      return sealed;
    }
    try {
      ByteBuffer plain = ByteBuffer.wrap(Seal.open(key.details(), about(event), sealed));
      int length = plain.remaining() < Integer.BYTES ? -1 : plain.getInt();
      if (length < 0 || length > plain.remaining()) {
        throw new IOException("the detail of an event is not what it should be");
      }
      byte[] detail = new byte[length];
      plain.get(detail);
      return detail;
    } catch (Seal.BrokenException e) {
      throw new IOException("the detail of an event is damaged", e);
    }
  }
}
