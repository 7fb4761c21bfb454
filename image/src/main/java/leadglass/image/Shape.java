package leadglass.image;

import java.util.Locale;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.image.Outcome.Reason;
import org.jspecify.annotations.Nullable;

/// What Image Pixel (PS3.3 §C.7.6.3) says of a frame, checked.
///
/// @param bytes of a sample; 0 if it is a single bit
record Shape(
    int rows,
    int columns,
    int samples,
    int bytes,
    int bitsStored,
    int shift,
    boolean signed,
    boolean planar,
    boolean rle,
    Colour colour) {

  enum Colour {
    MONOCHROME1,
    MONOCHROME2,
    PALETTE,
    RGB,
    YBR_FULL,
    YBR_FULL_422
  }

  private static final int PLANAR_CONFIGURATION = 0x00280006;
  private static final String RLE_LOSSLESS = "1.2.840.10008.1.2.5";

  /// Pixels of a frame at most; they are never held, but they take time.
  private static final long PIXELS_MAX = 1L << 28;

  private static final int SIDE_MAX = 65_535;

  /// Why the frame can't be drawn; null if it can.
  static @Nullable Reason refusal(DataSet attributes, TransferSyntax syntax) {
    int rows = attributes.integer(Tag.ROWS).orElse(0);
    int columns = attributes.integer(Tag.COLUMNS).orElse(0);
    Colour colour = colour(attributes);
    int samples = attributes.integer(Tag.SAMPLES_PER_PIXEL).orElse(1);
    if (syntax.encapsulated() && !isRle(syntax)) {
      return Reason.TRANSFER_SYNTAX;
    }
    if (rows < 1 || columns < 1 || rows > SIDE_MAX || columns > SIDE_MAX) {
      return Reason.SIZE;
    }
    if ((long) rows * columns > PIXELS_MAX) {
      return Reason.SIZE;
    }
    if (colour == null || samples != samplesOf(colour)) {
      return Reason.PHOTOMETRIC_INTERPRETATION;
    }
    if (colour == Colour.YBR_FULL_422 && (columns % 2 != 0 || isRle(syntax))) {
      return Reason.PHOTOMETRIC_INTERPRETATION;
    }
    return bits(attributes, colour) ? null : Reason.BITS;
  }

  private static boolean bits(DataSet attributes, Colour colour) {
    int allocated = attributes.integer(Tag.BITS_ALLOCATED).orElse(0);
    int stored = attributes.integer(Tag.BITS_STORED).orElse(allocated);
    int high = attributes.integer(Tag.HIGH_BIT).orElse(stored - 1);
    boolean monochrome = colour == Colour.MONOCHROME1 || colour == Colour.MONOCHROME2;
    boolean known =
        switch (allocated) {
          case 1 -> monochrome;
          case 8 -> true;
          case 16 -> colour != Colour.YBR_FULL_422;
          // Floating point pixels have no Bits Stored (PS3.3 §C.7.6.24).
          case 32 -> colour != Colour.YBR_FULL_422 && attributes.contains(Tag.BITS_STORED);
          default -> false;
        };
    return known && stored >= 1 && stored <= allocated && high >= stored - 1 && high < allocated;
  }

  /// Of attributes that were not refused.
  static Shape of(DataSet attributes, TransferSyntax syntax) {
    int allocated = attributes.integer(Tag.BITS_ALLOCATED).orElse(8);
    int stored = attributes.integer(Tag.BITS_STORED).orElse(allocated);
    int high = attributes.integer(Tag.HIGH_BIT).orElse(stored - 1);
    Colour colour = colour(attributes);
    if (colour == null) {
      throw new IllegalArgumentException("these attributes are refused");
    }
    return new Shape(
        attributes.integer(Tag.ROWS).orElse(0),
        attributes.integer(Tag.COLUMNS).orElse(0),
        samplesOf(colour),
        allocated / 8,
        stored,
        high + 1 - stored,
        isSigned(attributes),
        isRle(syntax) || (isPlanar(attributes) && colour != Colour.YBR_FULL_422),
        isRle(syntax),
        colour);
  }

  private static boolean isSigned(DataSet attributes) {
    return attributes.integer(Tag.PIXEL_REPRESENTATION).orElse(0) == 1;
  }

  private static boolean isPlanar(DataSet attributes) {
    return attributes.integer(PLANAR_CONFIGURATION).orElse(0) == 1;
  }

  boolean isMonochrome() {
    return colour == Colour.MONOCHROME1 || colour == Colour.MONOCHROME2;
  }

  private static boolean isRle(TransferSyntax syntax) {
    return syntax.uid().value().equals(RLE_LOSSLESS);
  }

  private static int samplesOf(Colour colour) {
    return switch (colour) {
      case MONOCHROME1, MONOCHROME2, PALETTE -> 1;
      case RGB, YBR_FULL, YBR_FULL_422 -> 3;
    };
  }

  private static @Nullable Colour colour(DataSet attributes) {
    String named =
        attributes.string(Tag.PHOTOMETRIC_INTERPRETATION).orElse("").toUpperCase(Locale.ROOT);
    return switch (named) {
      case "MONOCHROME1" -> Colour.MONOCHROME1;
      case "MONOCHROME2" -> Colour.MONOCHROME2;
      case "PALETTE COLOR" -> Colour.PALETTE;
      case "RGB" -> Colour.RGB;
      case "YBR_FULL" -> Colour.YBR_FULL;
      case "YBR_FULL_422" -> Colour.YBR_FULL_422;
      default -> null;
    };
  }
}
