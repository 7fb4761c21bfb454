package leadglass.image;

import java.io.ByteArrayOutputStream;

/// Encodes small pictures as baseline JPEG (ITU-T T.81), grey or in full colour resolution, with a
/// JFIF header and nothing that would tell whose picture it is.
public final class Jpeg {
  private static final double[][] COSINES = cosines();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Picture picture;
  private final int[][] quantization = new int[2][64];
  private final int[][] dcCodes = {JpegTables.DC[0].codes(), JpegTables.DC[1].codes()};
  private final int[][] acCodes = {JpegTables.AC[0].codes(), JpegTables.AC[1].codes()};
  private final int[] predicted = new int[3];
  private final double[] block = new double[64];
  private final double[] half = new double[64];
  private final int[] coefficients = new int[64];
  private long bits;
  private int bitCount;

  private Jpeg(Picture picture, int quality) {
    this.picture = picture;
    // As the reference encoder of the Independent JPEG Group scales the tables.
    int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    for (int table = 0; table < 2; table++) {
      for (int i = 0; i < 64; i++) {
        int step = (JpegTables.QUANTIZATION[table][i] * scale + 50) / 100;
        quantization[table][i] = Math.clamp(step, 1, 255);
      }
    }
  }

  private static double[][] cosines() {
    double[][] cosines = new double[8][8];
    for (int u = 0; u < 8; u++) {
      for (int x = 0; x < 8; x++) {
        double scale = u == 0 ? Math.sqrt(0.125) : 0.5;
        cosines[u][x] = scale * Math.cos((2 * x + 1) * u * Math.PI / 16);
      }
    }
    return cosines;
  }

  /// @param quality 1 to 100
  public static byte[] encode(Picture picture, int quality) {
    if (quality < 1 || quality > 100 || picture.width() > 65_535 || picture.height() > 65_535) {
      throw new IllegalArgumentException("quality " + quality + " of " + picture);
    }
    Jpeg jpeg = new Jpeg(picture, quality);
    jpeg.headers();
    jpeg.scan();
    jpeg.marker(0xD9);
    return jpeg.out.toByteArray();
  }

  private void marker(int code) {
    out.write(0xFF);
    out.write(code);
  }

  private void u16(int value) {
    out.write(value >>> 8);
    out.write(value);
  }

  private void headers() {
    marker(0xD8);
    marker(0xE0);
    u16(16);
    out.writeBytes(new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
    int tables = picture.channels() == 1 ? 1 : 2;
    for (int table = 0; table < tables; table++) {
      marker(0xDB);
      u16(67);
      out.write(table);
      for (int i : JpegTables.ZIGZAG) {
        out.write(quantization[table][i]);
      }
    }
    frameHeader();
    for (int table = 0; table < tables; table++) {
      huffman(table, JpegTables.DC[table]);
      huffman(0x10 | table, JpegTables.AC[table]);
    }
    scanHeader();
  }

  private void frameHeader() {
    marker(0xC0);
    u16(8 + 3 * picture.channels());
    out.write(8);
    u16(picture.height());
    u16(picture.width());
    out.write(picture.channels());
    for (int i = 0; i < picture.channels(); i++) {
      out.write(i + 1);
      out.write(0x11);
      out.write(Math.min(i, 1));
    }
  }

  private void huffman(int id, JpegTables.Huffman table) {
    marker(0xC4);
    u16(19 + table.symbols().length);
    out.write(id);
    for (int count : table.counts()) {
      out.write(count);
    }
    for (int symbol : table.symbols()) {
      out.write(symbol);
    }
  }

  private void scanHeader() {
    marker(0xDA);
    u16(6 + 2 * picture.channels());
    out.write(picture.channels());
    for (int i = 0; i < picture.channels(); i++) {
      out.write(i + 1);
      out.write(i == 0 ? 0x00 : 0x11);
    }
    out.writeBytes(new byte[] {0, 63, 0});
  }

  private void scan() {
    for (int y = 0; y < picture.height(); y += 8) {
      for (int x = 0; x < picture.width(); x += 8) {
        for (int component = 0; component < picture.channels(); component++) {
          load(x, y, component);
          transform(Math.min(component, 1));
          write(component);
        }
      }
    }
    // What is left of the last byte is ones (§F.1.2.3).
    put(0x7F, 7);
    bitCount = 0;
  }

  /// The block at (`left`, `top`), its edge repeated where the picture ends.
  private void load(int left, int top, int component) {
    for (int y = 0; y < 8; y++) {
      int row = Math.min(top + y, picture.height() - 1);
      for (int x = 0; x < 8; x++) {
        int column = Math.min(left + x, picture.width() - 1);
        block[8 * y + x] = value(row * picture.width() + column, component) - 128;
      }
    }
  }

  private double value(int pixel, int component) {
    byte[] samples = picture.samples();
    if (picture.channels() == 1) {
      return samples[pixel] & 0xFF;
    }
    int r = samples[3 * pixel] & 0xFF;
    int g = samples[3 * pixel + 1] & 0xFF;
    int b = samples[3 * pixel + 2] & 0xFF;
    return switch (component) {
      case 0 -> 0.299 * r + 0.587 * g + 0.114 * b;
      case 1 -> -0.168736 * r - 0.331264 * g + 0.5 * b + 128;
      default -> 0.5 * r - 0.418688 * g - 0.081312 * b + 128;
    };
  }

  /// Cosine transform by rows and then by columns, and quantization (§A.3.3, §A.3.4).
  private void transform(int table) {
    for (int y = 0; y < 8; y++) {
      for (int u = 0; u < 8; u++) {
        double sum = 0;
        for (int x = 0; x < 8; x++) {
          sum += COSINES[u][x] * block[8 * y + x];
        }
        half[8 * y + u] = sum;
      }
    }
    for (int u = 0; u < 8; u++) {
      for (int v = 0; v < 8; v++) {
        double sum = 0;
        for (int y = 0; y < 8; y++) {
          sum += COSINES[v][y] * half[8 * y + u];
        }
        int at = 8 * v + u;
        coefficients[at] = (int) Math.round(sum / quantization[table][at]);
      }
    }
  }

  /// Huffman codes of a block (§F.1.2).
  private void write(int component) {
    int table = Math.min(component, 1);
    int difference = coefficients[0] - predicted[component];
    predicted[component] = coefficients[0];
    int size = size(difference);
    code(dcCodes[table][size]);
    extra(difference, size);
    int zeros = 0;
    for (int i = 1; i < 64; i++) {
      int value = coefficients[JpegTables.ZIGZAG[i]];
      if (value == 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) {
        code(acCodes[table][0xF0]);
      }
      size = size(value);
      code(acCodes[table][zeros << 4 | size]);
      extra(value, size);
      zeros = 0;
    }
    if (zeros > 0) {
      code(acCodes[table][0]);
    }
  }

  private static int size(int value) {
    return 32 - Integer.numberOfLeadingZeros(Math.abs(value));
  }

  private void code(int code) {
    put(code >>> 16, code & 0xFFFF);
  }

  private void extra(int value, int size) {
    put(value < 0 ? value + (1 << size) - 1 : value, size);
  }

  private void put(int value, int count) {
    bits = bits << count | value;
    bitCount += count;
    while (bitCount >= 8) {
      bitCount -= 8;
      int next = (int) (bits >>> bitCount) & 0xFF;
      out.write(next);
      if (next == 0xFF) {
        out.write(0); // so that it is no marker
      }
    }
    bits &= (1L << bitCount) - 1;
  }
}
