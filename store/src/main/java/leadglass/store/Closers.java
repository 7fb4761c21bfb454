package leadglass.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What is to be closed, the last opened first; all of it, whatever fails.
final class Closers implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T each) {
    open.push(each);
    return each;
  }

  void closeQuietly(Exception because) {
    try {
      close();
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    @Nullable IOException first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        IOException failure =
            e instanceof IOException io ? io : new IOException("closing a part of the store", e);
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
