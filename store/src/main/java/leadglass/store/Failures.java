package leadglass.store;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The first failure of a write: from then on nothing is taken. Safe for use by several threads.
final class Failures {
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
  private final Consumer<? super StoreEvent> events;

  Failures(Consumer<? super StoreEvent> events) {
    this.events = events;
  }

  void failed(StoreEvent.Part part, Throwable cause) {
    if (first.compareAndSet(null, cause)) {
      events.accept(new StoreEvent.BecameReadOnly(part));
    }
  }

  boolean any() {
    return first.get() != null;
  }

  /// @throws StoreReadOnlyException if something failed
  void check() throws StoreReadOnlyException {
    Throwable cause = first.get();
    if (cause != null) {
      throw new StoreReadOnlyException(cause);
    }
  }
}
