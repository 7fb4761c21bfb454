package leadglass.store.trail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Optional;
import leadglass.store.pack.Frame;

/// What the tree is after a batch, signed: the payload of a HEAD frame; docs/formats/trail.md.
///
/// @param size entries in the tree
/// @param millis when, since 1970-01-01T00:00Z
/// @param previous hash of the payload of the head before; zeros in the first one
record Head(long size, long millis, byte[] root, byte[] previous, byte[] signature) {
  static final int SIGNATURE_BYTES = 64;
  static final int BYTES = 4 + 8 + 8 + 2 * TreeHash.BYTES + SIGNATURE_BYTES;

  private static final int SIGNED_BYTES = BYTES - SIGNATURE_BYTES;
  private static final byte VERSION = 1;
  private static final byte[] DOMAIN = "leadglass trail head 1\n".getBytes(US_ASCII);

  /// What is signed.
  static byte[] message(long size, long millis, byte[] root, byte[] previous) {
    ByteBuffer message = ByteBuffer.allocate(DOMAIN.length + SIGNED_BYTES).put(DOMAIN);
    put(message, size, millis, root, previous);
    return message.array();
  }

  private static void put(ByteBuffer into, long size, long millis, byte[] root, byte[] previous) {
    into.put(VERSION).put(new byte[3]).putLong(size).putLong(millis).put(root).put(previous);
  }

  byte[] message() {
    return message(size, millis, root, previous);
  }

  byte[] payload() {
    ByteBuffer payload = ByteBuffer.allocate(BYTES);
    put(payload, size, millis, root, previous);
    return payload.put(signature).array();
  }

  ByteBuffer frame() {
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + BYTES);
    new Frame(Frame.Kind.HEAD, BYTES, new byte[16]).put(frame);
    return frame.put(payload()).flip();
  }

  static Optional<Head> decode(byte[] payload) {
    if (payload.length != BYTES || ByteBuffer.wrap(payload).getInt() != VERSION << 24) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(payload, 4, BYTES - 4);
    long size = in.getLong();
    long millis = in.getLong();
    byte[] root = new byte[TreeHash.BYTES];
    byte[] previous = new byte[TreeHash.BYTES];
    byte[] signature = new byte[SIGNATURE_BYTES];
    in.get(root).get(previous).get(signature);
    return size < 0
        ? Optional.empty()
        : Optional.of(new Head(size, millis, root, previous, signature));
  }
}
