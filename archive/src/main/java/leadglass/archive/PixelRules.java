package leadglass.archive;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.io.PixelLayout;

/// What Image Pixel attributes (PS3.3 §C.7.6.3) may say of pixel data that is there. An image that
/// could never be shown, or that claims to be far larger than it is, is refused at the door.
final class PixelRules {

  /// Pixels that are promised but missing: more of them is a lie, not damage.
  private static final long MISSING_BYTES_MAX = 64L << 20;

  private PixelRules() {}

  /// The rule broken beyond use, if any; lesser ones are added to `warnings`.
  static Optional<String> check(
      PixelLayout layout, TransferSyntax syntax, DataSet image, List<String> warnings) {
    if (layout.tag() == 0) {
      return Optional.empty();
    }
    PixelLayout.Shape shape = layout.shape();
    int bits = shape.bitsAllocated();
    if (shape.rows() < 1 || shape.columns() < 1) {
      return Optional.of("pixel data without rows or columns");
    }
    if (bits != 1 && (bits < 8 || bits % 8 != 0 || bits > 64)) {
      return Optional.of("Bits Allocated is neither 1 nor a multiple of 8");
    }
    OptionalInt stored = image.integer(Tag.BITS_STORED);
    if (stored.isPresent() && (stored.getAsInt() > bits || stored.getAsInt() < 1)) {
      return Optional.of("Bits Stored is not within Bits Allocated");
    }
    if (layout.isEncapsulated() != syntax.encapsulated()) {
      warnings.add("pixel data is not encoded as the transfer syntax says");
    }
    return layout.isEncapsulated() ? Optional.empty() : length(layout, bits, warnings);
  }

  private static Optional<String> length(PixelLayout layout, int bits, List<String> warnings) {
    PixelLayout.Shape shape = layout.shape();
    double promised =
        (double) shape.rows() * shape.columns() * shape.samples() * shape.frames() * bits / 8;
    double missing = promised - layout.whole().bytes();
    if (missing > MISSING_BYTES_MAX) {
      return Optional.of("pixel data is far shorter than rows, columns and frames say");
    }
    if (missing >= 1 && layout.addressing() != PixelLayout.Addressing.FRAMES) {
      warnings.add("pixel data is shorter than rows, columns and frames say");
    }
    return Optional.empty();
  }
}
