package leadglass.store.catalogue;

import java.io.IOException;

/// A row is of a study whose key is not there: it is destroyed just now, and the row goes in a
/// moment.
final class GoneKeyException extends IOException {
  private static final long serialVersionUID = 1L;

  GoneKeyException() {
    super("the key of a study is gone");
  }
}
