package leadglass.store;

import java.io.IOException;

/// Another program has the data directory open.
public final class StoreInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreInUseException() {
    super("the data directory is in use by another program");
  }
}
