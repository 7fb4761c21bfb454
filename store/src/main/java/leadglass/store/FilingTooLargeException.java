package leadglass.store;

import java.io.IOException;

/// A filing whose attributes and layout are larger than any honest data set's: 2 MiB together, or 1
/// MiB of audit entries. Nothing was kept.
public final class FilingTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  public FilingTooLargeException() {
    super("attributes and layout of an instance are too large to be kept");
  }
}
