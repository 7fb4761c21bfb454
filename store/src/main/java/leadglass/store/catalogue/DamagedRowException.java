package leadglass.store.catalogue;

import java.io.IOException;

/// A row is not what was written: the catalogue must be made anew.
final class DamagedRowException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedRowException() {
    super("a row of the catalogue is damaged");
  }
}
