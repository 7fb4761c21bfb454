package leadglass.archive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;

/// Gives instances out. The audit entry is written before this returns.
///
/// Safe for use by several threads.
public final class Retrieve {
  Retrieve() {}

  /// The instances asked for, in the order they came; empty if there are none or `caller` may not
  /// have them, which looks the same.
  ///
  /// @param instance needs `series`
  public List<Held> open(
      Caller caller, Look look, Uid study, Optional<Uid> series, Optional<Uid> instance)
      throws IOException {
    throw new UnsupportedOperationException(caller + "" + look + study + series + instance);
  }
}
