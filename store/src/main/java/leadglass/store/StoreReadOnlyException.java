package leadglass.store;

import java.io.IOException;

/// A write or a sync failed earlier: nothing is taken until the store is opened again. What a disk
/// holds after it failed to sync is not known, so trying once more would promise too much.
public final class StoreReadOnlyException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreReadOnlyException(Throwable cause) {
    super("the store is read-only until it is opened again", cause);
  }
}
