package leadglass.app.console;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Writes how far an act is, a few times a second at most, until its reply is written. May be told
/// by any thread.
final class Telling implements Pieces {
  private static final long EVERY_NANOS = 200_000_000;

  private final OutputStream out;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private String lastWhat = "";
  private long next;
  private boolean over;

  /// @param nanos a clock
  Telling(OutputStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.next = nanos.getAsLong();
  }

  @Override
  public void accept(HowFar howFar) {
    lock.lock();
    try {
      boolean due = nanos.getAsLong() - next >= 0 || !howFar.what().equals(lastWhat);
      if (!over && due) {
        Wire.write(out, new Line(howFar, null, null));
        lastWhat = howFar.what();
        next = nanos.getAsLong() + EVERY_NANOS;
      }
    } catch (IOException _) {
      over = true; // the command has ended; what it asked for goes on
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void piece(String text) throws IOException {
    lock.lock();
    try {
      if (over) {
        throw new IOException("the command has ended");
      }
      Wire.write(out, new Line(null, null, text));
    } finally {
      lock.unlock();
    }
  }

  /// Ends it with the reply.
  void reply(Reply reply) throws IOException {
    lock.lock();
    try {
      over = true;
      Wire.write(out, new Line(null, reply, null));
    } finally {
      lock.unlock();
    }
  }
}
