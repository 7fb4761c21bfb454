package leadglass.survey.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One line of text as a server sent it, bounded, to be matched and zeroed. It has no `toString` of
/// its own on purpose.
public final class Text implements AutoCloseable {
  private final byte[] bytes;
  private final int length;

  private Text(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /// Up to the next line feed, which with a carriage return before it is dropped.
  ///
  /// @throws WireFault [WireFault.Kind#NOT_THE_PROTOCOL] if it is longer than that
  public static Text read(Line line, int bytesMax) throws IOException {
    byte[] bytes = new byte[bytesMax];
    int length = 0;
    boolean done = false;
    try {
      int next = line.read();
      while (next != '\n') {
        if (length == bytesMax) {
          throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
        }
        bytes[length++] = (byte) next;
        next = line.read();
      }
      done = true;
    } finally {
      if (!done) {
        Arrays.fill(bytes, (byte) 0);
      }
    }
    return new Text(bytes, length > 0 && bytes[length - 1] == '\r' ? length - 1 : length);
  }

  public boolean startsWith(String ascii) {
    byte[] start = ascii.getBytes(StandardCharsets.US_ASCII);
    return length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  public int length() {
    return length;
  }

  /// The byte there, 0 to 255.
  public int at(int index) {
    return index < length ? bytes[index] & 0xFF : 0;
  }

  /// Where a byte is first, or -1.
  public int indexOf(char wanted) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /// Whether digits with a dot between them stand in it: a version.
  public boolean hasVersion() {
    for (int i = 1; i < length - 1; i++) {
      if (bytes[i] == '.' && Character.isDigit(bytes[i - 1]) && Character.isDigit(bytes[i + 1])) {
        return true;
      }
    }
    return false;
  }

  /// The first of its bytes, which the caller zeroes.
  public byte[] start(int count) {
    return Arrays.copyOf(bytes, count);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
