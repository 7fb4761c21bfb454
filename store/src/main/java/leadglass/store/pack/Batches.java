package leadglass.store.pack;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The frame that closes a batch; docs/formats/pack.md. Its payload is the batch's number, how many
/// frames it has, and a checksum of these frames; from version 2 on of number and count too.
final class Batches {
  static final int PAYLOAD_BYTES = 16;
  static final int FRAME_BYTES = Frame.HEADER_BYTES + PAYLOAD_BYTES;

  private static final int COVERED_BYTES = 12;

  private Batches() {}

  /// Makes the frame as it is written now.
  ///
  /// @param frames checksum of all headers and payloads; changed
  /// @param safeBytes how much of the pack is on stable storage
  static ByteBuffer frame(long number, int count, CRC32C frames, long safeBytes) {
    ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
    new Frame(Frame.Kind.BATCH, PAYLOAD_BYTES, new byte[16], safeBytes).put(frame);
    frame.putLong(number).putInt(count);
    frames.update(frame.array(), Frame.HEADER_BYTES, COVERED_BYTES);
    return frame.putInt((int) frames.getValue()).flip();
  }

  static long number(byte[] payload) {
    return ByteBuffer.wrap(payload).getLong(0);
  }

  static int count(byte[] payload) {
    return ByteBuffer.wrap(payload).getInt(8);
  }

  /// Whether its checksum is that of the frames it closes.
  ///
  /// @param frames checksum of all headers and payloads; changed
  static boolean agrees(PackHeader pack, byte[] payload, CRC32C frames) {
    if (pack.numbersCovered()) {
      frames.update(payload, 0, COVERED_BYTES);
    }
    return ByteBuffer.wrap(payload).getInt(COVERED_BYTES) == (int) frames.getValue();
  }
}
