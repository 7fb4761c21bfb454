package leadglass.bench;

import java.util.Random;

/// An ellipse with organs and photon noise, which has about the entropy of a CT slice.
final class Phantom {
  private static final int BACKGROUND = 20;
  private static final int BODY = 1040;
  private static final int ORGANS = 8;
  private static final double NOISE = 12;

  private Phantom() {}

  /// One frame of pixels, little endian, of a synthetic body that `seed` decides.
  static byte[] frame(Shape shape, long seed) {
    Random random = new Random(seed);
    double[][] organs = new double[ORGANS][];
    for (int i = 0; i < ORGANS; i++) {
      organs[i] =
          new double[] {
            random.nextDouble() - 0.5,
            random.nextDouble() * 0.8 - 0.4,
            0.05 + random.nextDouble() * 0.15,
            random.nextDouble() * 900 - 300
          };
    }
    int side = shape.side();
    byte[] pixels = new byte[shape.frameBytes()];
    int at = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double value = value(organs, 2.0 * column / side - 1, 2.0 * row / side - 1);
        int pixel = (int) Math.clamp(value + random.nextGaussian() * NOISE, 0, 4095);
        if (shape.bits() == 16) {
          pixels[at++] = (byte) pixel;
          pixels[at++] = (byte) (pixel >> 8);
        } else {
          pixels[at++] = (byte) (pixel >> 4);
        }
      }
    }
    return pixels;
  }

  private static double value(double[][] organs, double x, double y) {
    boolean inside = x * x / 0.7225 + y * y / 0.4225 < 1;
    double value = inside ? BODY : BACKGROUND;
    for (double[] organ : organs) {
      double dx = x - organ[0];
      double dy = y - organ[1];
      value += dx * dx + dy * dy < organ[2] * organ[2] ? organ[3] : 0;
    }
    return value;
  }
}
