package leadglass.net.association;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/// What reading one input may cost: memory that goes with its length, and nothing else.
final class Cost {
  private static final long BYTES_FREE = 16 << 20;
  private static final long BYTES_A_BYTE = 4096; // a message of some fifty bytes takes buffers

  private static final int TIMES = 4;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Cost() {}

  /// Reads an input.
  @FunctionalInterface
  interface Work {
    void on(byte[] input) throws IOException;
  }

  /// Does it, and again if it took too much: the first time classes may have been loaded.
  static void bounded(byte[] input, Work work) throws IOException {
    long most = BYTES_FREE + BYTES_A_BYTE * input.length;
    long least = Long.MAX_VALUE;
    for (int time = 0; time < TIMES && least > most; time++) {
      least = Math.min(least, taken(input, work));
    }
    if (least > most) {
      throw new AssertionError(least + " bytes allocated for " + input.length);
    }
  }

  private static long taken(byte[] input, Work work) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.on(input);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
