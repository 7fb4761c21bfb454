package leadglass.survey.smb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A message of known length being put together, the lowest byte of a number first.
final class Body {
  private final byte[] bytes;
  private final ByteBuffer out;

  Body(int length) {
    bytes = new byte[length];
    out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  Body put8(int value) {
    out.put((byte) value);
    return this;
  }

  Body put16(int value) {
    out.putShort((short) value);
    return this;
  }

  Body put32(int value) {
    out.putInt(value);
    return this;
  }

  Body put64(long value) {
    out.putLong(value);
    return this;
  }

  Body put(byte[] some) {
    out.put(some);
    return this;
  }

  /// The message itself, not a copy.
  byte[] array() {
    return bytes;
  }
}
