package leadglass.dicom.io;

import java.util.ArrayList;
import java.util.List;
import leadglass.dicom.io.Frame.Extent;
import org.jspecify.annotations.Nullable;

/// Where pixel data and its frames lie in an encoded data set (PS3.5 §8, §A.4; PS3.3 §C.7.6.3):
/// what it takes to fetch one frame without reading the others. Made by [PixelLayoutBuilder].
/// Immutable.
///
/// Offsets count from the first byte of the data set as it is stored; if that is deflated, of what
/// it inflates to, and [#isDeflated()] tells.
public final class PixelLayout {

  /// What can be addressed.
  public enum Addressing {
    /// There is no pixel data.
    NONE,
    /// Every frame.
    FRAMES,
    /// Only the pixel data as a whole: a video stream, fragments that can't be told apart by frame,
    /// or attributes that contradict the length.
    WHOLE,
    /// More fragments than are recorded.
    TOO_MANY
  }

  /// Recorded fragments at most.
  public static final int FRAGMENTS_MAX = 1 << 20;

  /// What Image Pixel (PS3.3 §C.7.6.3) says; 0 where it says nothing.
  ///
  /// @param frames 1 if the data set does not say
  public record Shape(int rows, int columns, int samples, int bitsAllocated, int frames) {}

  /// What the builder found.
  ///
  /// @param tag of the pixel data; 0 if there is none
  /// @param offset of its value: of the first fragment's value if encapsulated
  /// @param length of a native value; -1 if encapsulated
  /// @param swapBytes how many bytes are to be turned around together; 1 if none
  /// @param frameBits of a native frame; 0 if frames can't be addressed
  /// @param fragments lengths of the fragments behind the Basic Offset Table, as unsigned numbers
  /// @param perFrame how many fragments each frame has; null if frames can't be told apart
  record Parts(
      Shape shape,
      int tag,
      boolean deflated,
      boolean tooMany,
      long offset,
      long length,
      int swapBytes,
      long frameBits,
      int[] fragments,
      int @Nullable [] perFrame) {}

  private final Parts parts;
  private final long[] offsets;
  private final int[] firsts;

  PixelLayout(Parts parts) {
    this.parts = parts;
    this.offsets = new long[parts.fragments().length];
    long at = parts.offset();
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = at;
      at += Integer.toUnsignedLong(parts.fragments()[i]) + 8;
    }
    int[] perFrame = parts.perFrame();
    this.firsts = new int[perFrame == null ? 0 : perFrame.length + 1];
    for (int i = 1; perFrame != null && i < firsts.length; i++) {
      firsts[i] = firsts[i - 1] + perFrame[i - 1];
    }
  }

  /// What [#encode()] made.
  ///
  /// @throws DicomException if it is something else
  public static PixelLayout decode(byte[] encoded) throws DicomException {
    return new PixelLayout(PixelLayoutCodec.decode(encoded));
  }

  /// A few bytes for a native picture, about three for each fragment of an encapsulated one.
  public byte[] encode() {
    return PixelLayoutCodec.encode(parts);
  }

  public Shape shape() {
    return parts.shape();
  }

  /// Number of Frames as the data set says, 1 if it does not; 0 without pixel data.
  public int frames() {
    return parts.tag() == 0 ? 0 : parts.shape().frames();
  }

  /// Pixel Data, Float Pixel Data or Double Float Pixel Data; 0 if there is none.
  public int tag() {
    return parts.tag();
  }

  public boolean isEncapsulated() {
    return parts.tag() != 0 && parts.length() < 0;
  }

  public boolean isDeflated() {
    return parts.deflated();
  }

  /// Bytes to be turned around together to make what lies there little endian; 1 if it is.
  /// [Frame#aligned] does it.
  public int swapBytes() {
    return parts.swapBytes();
  }

  public Addressing addressing() {
    if (parts.tag() == 0) {
      return Addressing.NONE;
    }
    if (parts.tooMany()) {
      return Addressing.TOO_MANY;
    }
    boolean addressed = isEncapsulated() ? firsts.length > 0 : parts.frameBits() > 0;
    return addressed ? Addressing.FRAMES : Addressing.WHOLE;
  }

  /// Where a frame lies.
  ///
  /// @param number from 1, as in the standard
  /// @throws IllegalStateException unless [#addressing()] is [Addressing#FRAMES]
  /// @throws IndexOutOfBoundsException if there is no such frame
  public Frame frame(int number) {
    if (addressing() != Addressing.FRAMES) {
      throw new IllegalStateException("frames can't be addressed");
    }
    if (number < 1 || number > frames()) {
      throw new IndexOutOfBoundsException("frame " + number + " of " + frames());
    }
    return isEncapsulated()
        ? fragments(firsts[number - 1], firsts[number])
        : nativeFrame((number - 1) * parts.frameBits());
  }

  /// All of the pixel data: the native value, or every fragment behind the Basic Offset Table.
  /// Without extents if there is none, or if there are too many.
  public Frame whole() {
    return switch (addressing()) {
      case NONE, TOO_MANY -> new Frame(List.of(), 0, 0);
      case FRAMES, WHOLE ->
          isEncapsulated()
              ? fragments(0, offsets.length)
              : new Frame(
                  List.of(new Extent(parts.offset(), parts.length())),
                  0,
                  8 * parts.length(),
                  parts.swapBytes());
    };
  }

  private Frame fragments(int from, int to) {
    List<Extent> extents = new ArrayList<>(to - from);
    long bytes = 0;
    for (int i = from; i < to; i++) {
      long length = Integer.toUnsignedLong(parts.fragments()[i]);
      extents.add(new Extent(offsets[i], length));
      bytes += length;
    }
    return new Frame(extents, 0, 8 * bytes);
  }

  private Frame nativeFrame(long bit) {
    long from = bit / 8;
    long to = (bit + parts.frameBits() + 7) / 8;
    // Big endian units are fetched whole, as the last one may be padded.
    long unit = parts.swapBytes();
    long end = Math.min((to + unit - 1) / unit * unit, parts.length());
    Extent extent = new Extent(parts.offset() + from, end - from);
    return new Frame(List.of(extent), (int) (bit % 8), parts.frameBits(), parts.swapBytes());
  }

  @Override
  public String toString() {
    return "PixelLayout[" + addressing() + ", " + frames() + " frames]";
  }
}
