package leadglass.store;

import java.io.IOException;

/// A backup or restore can't be done as asked; the message says why, in words for whoever asked.
public final class BackupRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  public BackupRefusedException(String rule) {
    super(rule);
  }

  /// The message, which is never null.
  public String rule() {
    return String.valueOf(getMessage());
  }
}
