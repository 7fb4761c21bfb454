package leadglass.store;

import java.io.IOException;

/// There are packs or people, but no key store: without it they are noise. Bring it back from its
/// backup.
public final class KeysMissingException extends IOException {
  private static final long serialVersionUID = 1L;

  KeysMissingException() {
    super("the key store is not in the data directory, though what it opens is");
  }
}
