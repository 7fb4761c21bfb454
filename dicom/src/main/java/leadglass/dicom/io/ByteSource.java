package leadglass.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/// A buffered stream that knows where it is, and that takes no memory before the bytes are there.
final class ByteSource {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int SMALL_BYTES = 4 << 10;

  private final InputStream in;
  private final long bytesMax;
  private byte[] buffer = new byte[SMALL_BYTES];
  private int at;
  private int end;
  private long filled;

  ByteSource(InputStream in, long bytesMax) {
    this.in = in;
    this.bytesMax = bytesMax;
  }

  /// Offset of the next byte.
  long position() {
    return filled - (end - at);
  }

  boolean atEnd() throws IOException, DicomException {
    return !fill(1);
  }

  /// Makes `count` bytes lie in the buffer; false if the stream ends before.
  private boolean fill(int count) throws IOException, DicomException {
    while (end - at < count) {
      if (buffer.length - at < count) {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
      } else if (at == end) {
        at = 0;
        end = 0;
        if (buffer.length < BUFFER_BYTES && filled >= buffer.length) {
          buffer = new byte[BUFFER_BYTES]; // it is no small one
        }
      }
      int read = read();
      if (read < 0) {
        return false;
      }
      end += read;
      filled += read;
      if (filled > bytesMax) {
        throw DicomException.malformed("more bytes than a data set may have", bytesMax);
      }
    }
    return true;
  }

  private int read() throws IOException, DicomException {
    try {
      return in.read(buffer, end, buffer.length - end);
    } catch (InflateBomb.RatioException _) {
      throw DicomException.malformed("inflates to more than its size allows", filled);
    } catch (ZipException _) {
      throw DicomException.malformed("not a deflate stream", filled);
    } catch (EOFException _) {
      throw DicomException.truncated("the stream ends early", filled);
    }
  }

  private void need(int count) throws IOException, DicomException {
    if (!fill(count)) {
      throw DicomException.truncated("the data set ends early", position() + (end - at));
    }
  }

  /// The byte `ahead` of the next one, without taking it; -1 behind the end.
  int peek(int ahead) throws IOException, DicomException {
    return fill(ahead + 1) ? buffer[at + ahead] & 0xFF : -1;
  }

  int u8() throws IOException, DicomException {
    need(1);
    return buffer[at++] & 0xFF;
  }

  int u16(boolean bigEndian) throws IOException, DicomException {
    need(2);
    int first = buffer[at] & 0xFF;
    int second = buffer[at + 1] & 0xFF;
    at += 2;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  long u32(boolean bigEndian) throws IOException, DicomException {
    int first = u16(bigEndian);
    int second = u16(bigEndian);
    return bigEndian ? (long) first << 16 | second : (long) second << 16 | first;
  }

  /// Takes `length` bytes into memory that grows only as bytes arrive.
  byte[] bytes(int length) throws IOException, DicomException {
    byte[] value = new byte[Math.min(length, BUFFER_BYTES)];
    int have = 0;
    while (have < length) {
      if (at == end) {
        need(1);
      }
      if (have == value.length) {
        value = Arrays.copyOf(value, (int) Math.min(length, 4L * value.length));
      }
      int part = Math.min(end - at, value.length - have);
      System.arraycopy(buffer, at, value, have, part);
      at += part;
      have += part;
    }
    return value;
  }

  /// Passes `length` bytes on; to nowhere if `out` is null.
  void pass(long length, @org.jspecify.annotations.Nullable OutputStream out)
      throws IOException, DicomException {
    long left = length;
    while (left > 0) {
      if (at == end && out == null && left > BUFFER_BYTES && in instanceof CheapSkip) {
        left -= skip(left);
        continue;
      }
      if (at == end) {
        need(1);
      }
      int part = (int) Math.min(left, end - at);
      if (out != null) {
        out.write(buffer, at, part);
      }
      at += part;
      left -= part;
    }
  }

  /// Skips in the stream itself, with nothing buffered.
  private long skip(long length) throws IOException, DicomException {
    long skipped = in.skip(length);
    if (skipped <= 0) {
      throw DicomException.truncated("the data set ends early", position());
    }
    filled += skipped;
    if (filled > bytesMax) {
      throw DicomException.malformed("more bytes than a data set may have", bytesMax);
    }
    return skipped;
  }
}
