package leadglass.image;

import leadglass.dicom.data.DataSet;
import org.jspecify.annotations.Nullable;

/// Takes a frame apart into rows of samples (PS3.5 §8.1.1) and draws them.
final class Rows {
  private final Shape shape;
  private final @Nullable Palette palette;
  private final Window window;
  private final Box box;
  private final long padding;
  private final byte[] line;
  private final long[] samples;
  private final long[] colours;
  private int filled;
  private int row;
  private int plane;
  private long excess;
  private long low = Long.MAX_VALUE;
  private long high = Long.MIN_VALUE;

  Rows(
      DataSet attributes,
      Shape shape,
      @Nullable Palette palette,
      int frame,
      int widthMax,
      int heightMax) {
    this.shape = shape;
    this.palette = shape.colour() == Shape.Colour.PALETTE ? palette : null;
    this.window = Window.of(attributes, frame, shape.colour() == Shape.Colour.MONOCHROME1);
    this.padding = Window.padding(attributes, shape.signed());
    int channels = shape.isMonochrome() ? 1 : 3;
    this.box = new Box(shape.columns(), shape.rows(), widthMax, heightMax, channels);
    this.samples = new long[shape.columns() * samplesInLine(shape)];
    this.colours = new long[this.palette == null ? 0 : shape.columns()];
    this.line = new byte[shape.bytes() == 0 ? 0 : samples.length * shape.bytes()];
  }

  private static int samplesInLine(Shape shape) {
    if (shape.colour() == Shape.Colour.YBR_FULL_422) {
      return 2;
    }
    return shape.planar() ? 1 : shape.samples();
  }

  private boolean isDone() {
    return row == shape.rows();
  }

  /// Takes more bytes of a native frame, which may have one more than it needs.
  void take(byte[] bytes, int offset, int length) {
    if (shape.bytes() == 0) {
      bits(bytes, offset, length);
      return;
    }
    int at = offset;
    int left = length;
    while (left > 0 && !isDone()) {
      int part = Math.min(left, line.length - filled);
      System.arraycopy(bytes, at, line, filled, part);
      filled += part;
      at += part;
      left -= part;
      if (filled == line.length) {
        filled = 0;
        for (int i = 0; i < samples.length; i++) {
          samples[i] = sample(i * shape.bytes());
        }
        draw();
      }
    }
    excess += left;
  }

  /// Bits of a row follow those of the row before; the lowest of a byte is the first.
  private void bits(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length && !isDone(); i++) {
      for (int bit = 0; bit < 8 && !isDone(); bit++) {
        samples[filled++] = (long) bytes[i] >>> bit & 1;
        if (filled == samples.length) {
          filled = 0;
          draw();
        }
      }
    }
  }

  private long sample(int at) {
    long value = 0;
    for (int i = shape.bytes() - 1; i >= 0; i--) {
      value = value << 8 | (line[at + i] & 0xFF);
    }
    return stored(value);
  }

  /// Only Bits Stored below High Bit count; what lies around them may be anything.
  private long stored(long value) {
    int up = 64 - shape.bitsStored();
    long moved = value >>> shape.shift() << up;
    return shape.signed() ? moved >> up : moved >>> up;
  }

  /// Decodes a whole RLE frame.
  void decode(byte[] frame, int length) throws DamagedException {
    int bytes = shape.bytes();
    if (bytes == 0) {
      decodeBits(frame, length);
      return;
    }
    Rle rle = Rle.of(frame, length, shape.samples() * bytes);
    byte[] one = new byte[shape.columns()];
    for (row = 0; row < shape.rows(); ) {
      for (plane = 0; plane < shape.samples(); plane++) {
        java.util.Arrays.fill(samples, 0);
        for (int b = 0; b < bytes; b++) {
          rle.read(plane * bytes + b, one, one.length);
          for (int i = 0; i < one.length; i++) {
            samples[i] = samples[i] << 8 | (one[i] & 0xFF);
          }
        }
        for (int i = 0; i < samples.length; i++) {
          samples[i] = stored(samples[i]);
        }
        drawPlane();
      }
      row++;
    }
  }

  /// Single bits are packed as in native frames, and then make one segment.
  private void decodeBits(byte[] frame, int length) throws DamagedException {
    Rle rle = Rle.of(frame, length, 1);
    byte[] one = new byte[1];
    while (!isDone()) {
      rle.read(0, one, 1);
      bits(one, 0, 1);
    }
  }

  private void draw() {
    if (shape.planar() && shape.samples() == 3) {
      drawPlane();
      row++;
      if (row == shape.rows() && plane < 2) {
        row = 0;
        plane++;
      }
      return;
    }
    switch (shape.colour()) {
      case MONOCHROME1, MONOCHROME2, PALETTE -> drawPlane();
      case RGB, YBR_FULL -> {
        for (int channel = 0; channel < 3; channel++) {
          box.add(channel, row, samples, channel, 3);
        }
      }
      case YBR_FULL_422 -> drawHalfChrominance();
    }
    row++;
  }

  private void drawPlane() {
    if (palette != null) {
      for (int channel = 0; channel < 3; channel++) {
        for (int x = 0; x < colours.length; x++) {
          colours[x] = palette.sample(channel, samples[x]);
        }
        box.add(channel, row, colours, 0, 1);
      }
      return;
    }
    if (shape.isMonochrome()) {
      range();
    }
    box.add(shape.isMonochrome() ? 0 : plane, row, samples, 0, 1);
  }

  private void range() {
    for (long sample : samples) {
      if (sample != padding) {
        low = Math.min(low, sample);
        high = Math.max(high, sample);
      }
    }
  }

  /// Two of luminance, one of each chrominance (PS3.3 §C.7.6.3.1.2).
  private void drawHalfChrominance() {
    long[] full = new long[3 * shape.columns()];
    for (int pair = 0; pair < shape.columns() / 2; pair++) {
      for (int i = 0; i < 2; i++) {
        full[6 * pair + 3 * i] = samples[4 * pair + i];
        full[6 * pair + 3 * i + 1] = samples[4 * pair + 2];
        full[6 * pair + 3 * i + 2] = samples[4 * pair + 3];
      }
    }
    for (int channel = 0; channel < 3; channel++) {
      box.add(channel, row, full, channel, 3);
    }
  }

  Picture picture() throws DamagedException {
    if (!isDone() || excess > 1) {
      throw new DamagedException();
    }
    int channels = shape.isMonochrome() ? 1 : 3;
    byte[] drawn = new byte[box.width() * box.height() * channels];
    int at = 0;
    for (int y = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++) {
        if (channels == 1) {
          drawn[at++] = (byte) window.grey(box.average(0, x, y), (double) low, (double) high);
        } else {
          at = colour(x, y, drawn, at);
        }
      }
    }
    return new Picture(box.width(), box.height(), channels, drawn);
  }

  private int colour(int x, int y, byte[] into, int at) {
    double scale = palette == null ? 255.0 / ((1L << shape.bitsStored()) - 1) : 1;
    double a = box.average(0, x, y) * scale;
    double b = box.average(1, x, y) * scale;
    double c = box.average(2, x, y) * scale;
    boolean ybr =
        shape.colour() == Shape.Colour.YBR_FULL || shape.colour() == Shape.Colour.YBR_FULL_422;
    into[at] = eight(ybr ? a + 1.402 * (c - 128) : a);
    into[at + 1] = eight(ybr ? a - 0.344136 * (b - 128) - 0.714136 * (c - 128) : b);
    into[at + 2] = eight(ybr ? a + 1.772 * (b - 128) : c);
    return at + 3;
  }

  private static byte eight(double value) {
    return (byte) Math.round(Math.clamp(value, 0.0, 255.0));
  }
}
