package leadglass.image;

/// Shrinks rows of samples as they come by averaging all that fall into one pixel.
final class Box {
  private final int columns;
  private final int rows;
  private final int width;
  private final int height;
  private final double[][] sums;
  private final int[] across;
  private final int[] columnsIn;
  private final int[] rowsIn;

  /// Keeps the shape within `widthMax` and `heightMax`, and never enlarges.
  Box(int columns, int rows, int widthMax, int heightMax, int channels) {
    this.columns = columns;
    this.rows = rows;
    double scale = Math.min(1, Math.min((double) widthMax / columns, (double) heightMax / rows));
    this.width = Math.clamp(Math.round(columns * scale), 1, Math.min(columns, widthMax));
    this.height = Math.clamp(Math.round(rows * scale), 1, Math.min(rows, heightMax));
    this.sums = new double[channels][width * height];
    this.across = new int[columns];
    this.columnsIn = new int[width];
    this.rowsIn = new int[height];
    for (int x = 0; x < columns; x++) {
      across[x] = (int) ((long) x * width / columns);
      columnsIn[across[x]]++;
    }
    for (int y = 0; y < rows; y++) {
      rowsIn[down(y)]++;
    }
  }

  private int down(int y) {
    return (int) ((long) y * height / rows);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /// Adds row `y` of a channel.
  ///
  /// @param stride from one sample of the channel to the next
  void add(int channel, int y, long[] samples, int from, int stride) {
    double[] sum = sums[channel];
    int line = down(y) * width;
    int at = from;
    for (int x = 0; x < columns; x++) {
      sum[line + across[x]] += samples[at];
      at += stride;
    }
  }

  /// The average, once all rows are there.
  double average(int channel, int x, int y) {
    return sums[channel][y * width + x] / ((double) columnsIn[x] * rowsIn[y]);
  }
}
