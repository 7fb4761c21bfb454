package leadglass.dicom.io;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import leadglass.dicom.data.Tag;
import org.jspecify.annotations.Nullable;

/// The bytes of a pixel layout: a version, flags, then numbers of seven bits a byte, the lowest
/// first, the highest bit set on all but a number's last byte.
///
/// Lengths of fragments are differences to the one before, since those of one object are much
/// alike.
final class PixelLayoutCodec {
  private static final int VERSION = 1;
  private static final int DEFLATED = 1;
  private static final int ENCAPSULATED = 2;
  private static final int TOO_MANY = 4;
  private static final int FRAMES_KNOWN = 8;
  private static final int ONE_EACH = 16;

  private PixelLayoutCodec() {}

  static byte[] encode(PixelLayout.Parts parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] perFrame = parts.perFrame();
    boolean oneEach = perFrame != null && Arrays.stream(perFrame).allMatch(n -> n == 1);
    out.write(VERSION);
    out.write(
        (parts.deflated() ? DEFLATED : 0)
            | (parts.length() < 0 ? ENCAPSULATED : 0)
            | (parts.tooMany() ? TOO_MANY : 0)
            | (perFrame != null ? FRAMES_KNOWN : 0)
            | (oneEach ? ONE_EACH : 0));
    put(out, Integer.toUnsignedLong(parts.tag()));
    put(out, parts.shape().rows());
    put(out, parts.shape().columns());
    put(out, parts.shape().samples());
    put(out, parts.shape().bitsAllocated());
    put(out, parts.shape().frames());
    put(out, parts.offset());
    put(out, parts.swapBytes());
    if (parts.length() < 0) {
      fragments(out, parts.fragments(), oneEach ? null : perFrame);
    } else {
      put(out, parts.length());
      put(out, parts.frameBits());
    }
    return out.toByteArray();
  }

  private static void fragments(
      ByteArrayOutputStream out, int[] fragments, int @Nullable [] perFrame) {
    put(out, fragments.length);
    long before = 0;
    for (int fragment : fragments) {
      long length = Integer.toUnsignedLong(fragment);
      long difference = length - before;
      put(out, difference << 1 ^ difference >> 63);
      before = length;
    }
    if (perFrame != null) {
      put(out, perFrame.length);
      for (int count : perFrame) {
        put(out, count);
      }
    }
  }

  private static void put(ByteArrayOutputStream out, long number) {
    long left = number;
    while (left > 0x7F) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  static PixelLayout.Parts decode(byte[] encoded) throws DicomException {
    return new Source(encoded).parts();
  }

  private static final class Source {
    private final byte[] bytes;
    private int at;

    Source(byte[] bytes) {
      this.bytes = bytes;
    }

    private DicomException wrong() {
      return DicomException.malformed("no pixel layout", at);
    }

    private int u8() throws DicomException {
      if (at >= bytes.length) {
        throw wrong();
      }
      return bytes[at++] & 0xFF;
    }

    private long number(long max) throws DicomException {
      long number = 0;
      for (int shift = 0; shift < 63; shift += 7) {
        int next = u8();
        number |= (long) (next & 0x7F) << shift;
        if (next < 0x80) {
          if (number > max) {
            throw wrong();
          }
          return number;
        }
      }
      throw wrong();
    }

    private int count() throws DicomException {
      // One takes a byte at least, so a lying count takes no memory.
      return (int) number(Math.min(PixelLayout.FRAGMENTS_MAX, bytes.length - at));
    }

    PixelLayout.Parts parts() throws DicomException {
      if (u8() != VERSION) {
        throw wrong();
      }
      int flags = u8();
      int tag = (int) number(0xFFFFFFFFL);
      if (tag != 0 && !Tag.isPixelData(tag)) {
        throw wrong();
      }
      PixelLayout.Shape shape =
          new PixelLayout.Shape(
              (int) number(Integer.MAX_VALUE),
              (int) number(Integer.MAX_VALUE),
              (int) number(Integer.MAX_VALUE),
              (int) number(Integer.MAX_VALUE),
              (int) number(Integer.MAX_VALUE));
      long offset = number(Long.MAX_VALUE >>> 8);
      int swapBytes = (int) number(8);
      boolean encapsulated = (flags & ENCAPSULATED) != 0;
      long length = encapsulated ? -1 : number(0xFFFFFFFFL);
      long frameBits = encapsulated ? 0 : number(Long.MAX_VALUE);
      checkFits(shape, length, frameBits);
      int[] fragments = encapsulated ? fragments() : new int[0];
      int[] perFrame = encapsulated ? perFrame(flags, fragments.length, shape.frames()) : null;
      if (at != bytes.length || swapBytes == 0) {
        throw wrong();
      }
      return new PixelLayout.Parts(
          shape,
          tag,
          (flags & DEFLATED) != 0,
          (flags & TOO_MANY) != 0,
          offset,
          length,
          swapBytes,
          frameBits,
          fragments,
          perFrame);
    }

    private void checkFits(PixelLayout.Shape shape, long length, long frameBits)
        throws DicomException {
      if (frameBits > 0 && shape.frames() > 8 * length / frameBits) {
        throw wrong();
      }
    }

    private int[] fragments() throws DicomException {
      int[] fragments = new int[count()];
      long before = 0;
      for (int i = 0; i < fragments.length; i++) {
        long folded = number(1L << 33);
        long length = before + (folded >>> 1 ^ -(folded & 1));
        if (length < 0 || length > 0xFFFFFFFEL) {
          throw wrong();
        }
        fragments[i] = (int) length;
        before = length;
      }
      return fragments;
    }

    private int @Nullable [] perFrame(int flags, int fragments, int frames) throws DicomException {
      if ((flags & FRAMES_KNOWN) == 0) {
        return null;
      }
      int[] perFrame = new int[(flags & ONE_EACH) != 0 ? fragments : count()];
      long sum = 0;
      for (int i = 0; i < perFrame.length; i++) {
        perFrame[i] = (flags & ONE_EACH) != 0 ? 1 : (int) number(fragments);
        sum += perFrame[i];
      }
      if (sum != fragments || perFrame.length != frames) {
        throw wrong();
      }
      return perFrame;
    }
  }
}
