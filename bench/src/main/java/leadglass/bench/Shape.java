package leadglass.bench;

import java.util.Locale;

/// The kinds of instance that are sent. Sizes are those of the side-by-side measurements.
enum Shape {
  /// 512 × 512 pixels of 16 bits: 525 KB.
  CT("1.2.840.10008.5.1.4.1.1.2", "CT", 512, 16, 1),
  /// 256 × 256 pixels of 16 bits: 132 KB.
  MR("1.2.840.10008.5.1.4.1.1.4", "MR", 256, 16, 1),
  /// No pixels: 0.5 KB, and 0.8 KB as a file.
  TINY("1.2.840.10008.5.1.4.1.1.7", "OT", 0, 0, 1),
  /// 2,000 frames of 256 × 256 pixels of 8 bits: 131 MB.
  XA("1.2.840.10008.5.1.4.1.1.12.1", "XA", 256, 8, 2000);

  private final String sopClass;
  private final String modality;
  private final int side;
  private final int bits;
  private final int frames;

  Shape(String sopClass, String modality, int side, int bits, int frames) {
    this.sopClass = sopClass;
    this.modality = modality;
    this.side = side;
    this.bits = bits;
    this.frames = frames;
  }

  String sopClass() {
    return sopClass;
  }

  String modality() {
    return modality;
  }

  /// Rows and columns.
  int side() {
    return side;
  }

  int bits() {
    return bits;
  }

  int frames() {
    return frames;
  }

  int frameBytes() {
    return side * side * bits / 8;
  }

  /// Whether an instance is too large to be held in many copies.
  boolean isLarge() {
    return frames > 1;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
