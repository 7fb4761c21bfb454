package leadglass.image;

/// RLE Lossless (PS3.5 Annex G): a header of offsets, then for each byte of each sample a segment
/// of runs. Rows are taken one after the other from all segments at once.
final class Rle {
  private static final int HEADER_BYTES = 64;
  private static final int SEGMENTS_MAX = 15;

  private final byte[] frame;
  private final int length;
  private final int[] at;
  private final int[] end;
  private final int[] repeat;
  private final int[] literal;

  private Rle(byte[] frame, int length, int segments) {
    this.frame = frame;
    this.length = length;
    this.at = new int[segments];
    this.end = new int[segments];
    this.repeat = new int[segments];
    this.literal = new int[segments];
  }

  /// A frame of `length` bytes that must have `segments` segments.
  ///
  /// @throws DamagedException if it has not
  static Rle of(byte[] frame, int length, int segments) throws DamagedException {
    if (length < HEADER_BYTES || segments > SEGMENTS_MAX || u32(frame, 0) != segments) {
      throw new DamagedException();
    }
    Rle rle = new Rle(frame, length, segments);
    for (int i = 0; i < segments; i++) {
      long from = u32(frame, 4 + 4 * i);
      long to = i + 1 < segments ? u32(frame, 8 + 4 * i) : length;
      if (from < HEADER_BYTES || from > to || to > length) {
        throw new DamagedException();
      }
      rle.at[i] = (int) from;
      rle.end[i] = (int) to;
    }
    return rle;
  }

  private static long u32(byte[] bytes, int at) {
    return (bytes[at] & 0xFF)
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | (bytes[at + 3] & 0xFFL) << 24;
  }

  /// The next `count` bytes of a segment. Runs may go on over the end of a row, though they should
  /// not (§G.3.1).
  void read(int segment, byte[] into, int count) throws DamagedException {
    int have = 0;
    while (have < count) {
      if (repeat[segment] == 0 && literal[segment] == 0) {
        header(segment);
      } else if (repeat[segment] > 0) {
        int part = Math.min(repeat[segment], count - have);
        java.util.Arrays.fill(into, have, have + part, frame[at[segment]]);
        have += part;
        repeat[segment] -= part;
        if (repeat[segment] == 0) {
          at[segment]++;
        }
      } else {
        int part = Math.min(literal[segment], count - have);
        System.arraycopy(frame, at[segment], into, have, part);
        have += part;
        at[segment] += part;
        literal[segment] -= part;
      }
    }
  }

  private void header(int segment) throws DamagedException {
    if (at[segment] >= end[segment]) {
      throw new DamagedException();
    }
    int n = frame[at[segment]++];
    if (n >= 0) {
      literal[segment] = n + 1;
    } else if (n != -128) {
      repeat[segment] = 1 - n;
    }
    int needed = n >= 0 ? n + 1 : n == -128 ? 0 : 1;
    if (at[segment] + needed > Math.min(end[segment], length)) {
      throw new DamagedException();
    }
  }
}
