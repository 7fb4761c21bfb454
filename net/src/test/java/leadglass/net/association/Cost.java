package leadglass.net.association;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What reading one input may cost: memory that goes with its length, and nothing else.
final class Cost {
  private static final long BYTES_FREE = 16 << 20;
  private static final long BYTES_A_BYTE = 4096; // a message of some fifty bytes takes buffers

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long before = THREADS.getCurrentThreadAllocatedBytes();
  private final int inputBytes;

  private Cost(int inputBytes) {
    this.inputBytes = inputBytes;
  }

  /// Starts to count what this thread allocates.
  static Cost of(byte[] input) {
    return new Cost(input.length);
  }

  void check() {
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (taken > BYTES_FREE + BYTES_A_BYTE * inputBytes) {
      throw new AssertionError(taken + " bytes allocated for " + inputBytes);
    }
  }
}
