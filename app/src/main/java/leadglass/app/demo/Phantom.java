package leadglass.app.demo;

/// A computed body: ellipsoids in the manner of Shepp and Logan, in Hounsfield units. Nobody's.
final class Phantom {

  /// Voxels in a row and in a column of a slice.
  static final int SIDE = 256;

  /// One ellipsoid, in a cube from -1 to 1 on every axis.
  private record Ellipsoid(
      double x, double y, double z, double a, double b, double c, double degrees, int hounsfield) {}

  /// Later ones replace what earlier ones put.
  private static final Ellipsoid[] HEAD = {
    new Ellipsoid(0, 0, 0, 0.72, 0.95, 0.93, 0, 1100),
    new Ellipsoid(0, -0.0184, 0, 0.6624, 0.874, 0.88, 0, 35),
    new Ellipsoid(-0.22, 0, 0, 0.16, 0.41, 0.22, 18, 8),
    new Ellipsoid(0.22, 0, 0, 0.11, 0.31, 0.28, -18, 8),
    new Ellipsoid(0, 0.35, -0.15, 0.21, 0.25, 0.35, 0, 55),
    new Ellipsoid(0, 0.1, 0.25, 0.046, 0.046, 0.046, 0, 75),
    new Ellipsoid(0, -0.1, 0.25, 0.046, 0.046, 0.046, 0, 75),
    new Ellipsoid(-0.08, -0.605, 0, 0.046, 0.023, 0.05, 0, 60),
    new Ellipsoid(0.06, -0.605, -0.1, 0.023, 0.046, 0.05, 0, 60),
    new Ellipsoid(0.06, -0.105, 0.3, 0.056, 0.04, 0.1, 90, 240),
  };

  private Phantom() {}

  /// One axial slice as stored pixel values: Hounsfield units plus 1024, little endian, 16 bits.
  ///
  /// @param z height in the body, -1 to 1
  static byte[] slice(double z) {
    byte[] pixels = new byte[SIDE * SIDE * 2];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double x = 2.2 * (column + 0.5) / SIDE - 1.1;
        double y = 1.1 - 2.2 * (row + 0.5) / SIDE;
        int value = hounsfield(x, y, z) + 1024 + grain(row, column, z);
        int at = 2 * (row * SIDE + column);
        pixels[at] = (byte) value;
        pixels[at + 1] = (byte) (value >> 8);
      }
    }
    return pixels;
  }

  private static int hounsfield(double x, double y, double z) {
    int value = -1000;
    for (Ellipsoid e : HEAD) {
      double turn = Math.toRadians(e.degrees());
      double dx = (x - e.x()) * Math.cos(turn) + (y - e.y()) * Math.sin(turn);
      double dy = (y - e.y()) * Math.cos(turn) - (x - e.x()) * Math.sin(turn);
      double dz = z - e.z();
      double r = square(dx / e.a()) + square(dy / e.b()) + square(dz / e.c());
      value = r <= 1 ? e.hounsfield() : value;
    }
    return value;
  }

  /// A little noise, the same each time, so that the picture looks like a scan.
  private static int grain(int row, int column, double z) {
    long hash = (row * 0x9E3779B97F4A7C15L) ^ (column * 0xC2B2AE3D27D4EB4FL) ^ Double.hashCode(z);
    hash ^= hash >>> 29;
    hash *= 0xBF58476D1CE4E5B9L;
    return (int) (hash >>> 60) - 8;
  }

  private static double square(double value) {
    return value * value;
  }
}
