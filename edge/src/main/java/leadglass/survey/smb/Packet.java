package leadglass.survey.smb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import leadglass.survey.wire.WireFault;

/// What a server sent, read at places that it chose itself, so every one is checked. Zeroed when it
/// closes.
final class Packet implements AutoCloseable {
  private final byte[] bytes;
  private final ByteBuffer view;

  Packet(byte[] bytes) {
    this.bytes = bytes;
    this.view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  int length() {
    return bytes.length;
  }

  private int checked(int offset, int count) throws WireFault {
    if (offset < 0 || count < 0 || offset > bytes.length - count) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
    return offset;
  }

  int int8(int offset) throws WireFault {
    return view.get(checked(offset, 1)) & 0xFF;
  }

  int int16(int offset) throws WireFault {
    return view.getShort(checked(offset, 2)) & 0xFFFF;
  }

  int int32(int offset) throws WireFault {
    return view.getInt(checked(offset, 4));
  }

  long int64(int offset) throws WireFault {
    return view.getLong(checked(offset, 8));
  }

  /// A copy, which the caller zeroes if it matters.
  byte[] bytes(int offset, int count) throws WireFault {
    int from = checked(offset, count);
    return Arrays.copyOfRange(bytes, from, from + count);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
