package leadglass.testkit;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Finds any of very many short runs of bytes in one pass, in time that does not depend on how many
/// they are. A run is known by a hash of its last bytes, which is rolled along; what hashes alike
/// is compared.
///
/// Confined to one thread.
final class Needles {

  /// No run is shorter.
  static final int BYTES_MIN = 6;

  private static final int LONG_BYTES = 16;
  private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
  private static final int FILTER_BITS = 24;

  private byte[] pool = new byte[1 << 12];
  private int[] starts = new int[256]; // where each run begins in the pool; its end is the next's
  private int[] next = new int[256]; // that hashes alike; -1: none
  private int count;
  private int longest;
  private final Tails shorts = new Tails(BYTES_MIN);
  private final Tails longs = new Tails(LONG_BYTES);

  /// Runs by the hash of so many last bytes.
  private static final class Tails {
    private final int bytes;
    private final long out; // what the byte that leaves is multiplied with
    private final long[] filter = new long[1 << (FILTER_BITS - 6)];
    private long[] hashes = new long[1 << 10];
    private int[] heads = new int[1 << 10];
    private int used;

    Tails(int bytes) {
      this.bytes = bytes;
      long factor = 1;
      for (int i = 0; i < bytes; i++) {
        factor *= FACTOR;
      }
      this.out = factor;
      Arrays.fill(heads, -1);
    }

    long hash(byte[] of, int end) {
      long hash = 0;
      for (int at = end - bytes; at < end; at++) {
        hash = hash * FACTOR + of[at];
      }
      return hash;
    }

    long rolled(long hash, byte[] text, int at) {
      long rolled = hash * FACTOR + text[at];
      return at < bytes ? rolled : rolled - out * text[at - bytes];
    }

    private int bit(long hash) {
      return (int) (((hash ^ (hash >>> 29)) * FACTOR) >>> (64 - FILTER_BITS));
    }

    boolean may(long hash) {
      int bit = bit(hash);
      return ((filter[bit >>> 6] >>> bit) & 1) != 0;
    }

    private int slot(long hash) {
      int slot = (int) ((hash * FACTOR) >>> 33) & (hashes.length - 1);
      while (heads[slot] >= 0 && hashes[slot] != hash) {
        slot = (slot + 1) & (hashes.length - 1);
      }
      return slot;
    }

    int head(long hash) {
      return heads[slot(hash)];
    }

    void put(long hash, int head) {
      if (2 * used >= hashes.length) {
        grow();
      }
      int slot = slot(hash);
      used += heads[slot] < 0 ? 1 : 0;
      hashes[slot] = hash;
      heads[slot] = head;
      int bit = bit(hash);
      filter[bit >>> 6] |= 1L << bit;
    }

    private void grow() {
      long[] before = hashes;
      int[] headsBefore = heads;
      hashes = new long[2 * before.length];
      heads = new int[hashes.length];
      Arrays.fill(heads, -1);
      for (int i = 0; i < before.length; i++) {
        if (headsBefore[i] >= 0) {
          int slot = slot(before[i]);
          hashes[slot] = before[i];
          heads[slot] = headsBefore[i];
        }
      }
    }
  }

  /// Bytes of the longest.
  int longest() {
    return longest;
  }

  /// Looks for these bytes too.
  ///
  /// @return their number; -1 if they are looked for already
  int add(byte[] bytes) {
    Tails tails = bytes.length >= LONG_BYTES ? longs : shorts;
    long hash = tails.hash(bytes, bytes.length);
    int head = tails.head(hash);
    for (int each = head; each >= 0; each = next[each]) {
      if (Arrays.equals(pool, starts[each], starts[each + 1], bytes, 0, bytes.length)) {
        return -1;
      }
    }
    if (starts[count] + bytes.length > pool.length) {
      pool = Arrays.copyOf(pool, 2 * pool.length + bytes.length);
    }
    if (count + 2 > starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      next = Arrays.copyOf(next, 2 * next.length);
    }
    System.arraycopy(bytes, 0, pool, starts[count], bytes.length);
    starts[count + 1] = starts[count] + bytes.length;
    next[count] = head;
    tails.put(hash, count);
    longest = Math.max(longest, bytes.length);
    return count++;
  }

  /// Tells the number of each run that stands in the first `length` bytes, as often as it does.
  void search(byte[] text, int length, IntConsumer found) {
    long shortHash = 0;
    long longHash = 0;
    for (int at = 0; at < length; at++) {
      shortHash = shorts.rolled(shortHash, text, at);
      longHash = longs.rolled(longHash, text, at);
      if (at + 1 >= BYTES_MIN && shorts.may(shortHash)) {
        compare(shorts.head(shortHash), text, at + 1, found);
      }
      if (at + 1 >= LONG_BYTES && longs.may(longHash)) {
        compare(longs.head(longHash), text, at + 1, found);
      }
    }
  }

  private void compare(int head, byte[] text, int end, IntConsumer found) {
    for (int each = head; each >= 0; each = next[each]) {
      int start = end - (starts[each + 1] - starts[each]);
      if (start >= 0 && Arrays.equals(pool, starts[each], starts[each + 1], text, start, end)) {
        found.accept(each);
      }
    }
  }
}
