package leadglass.store;

import java.io.IOException;

/// The master key does not open the key store: it is not the one the archive was sealed with.
public final class WrongKeyException extends IOException {
  private static final long serialVersionUID = 1L;

  public WrongKeyException() {
    super("the master key is not the one this archive was sealed with");
  }
}
