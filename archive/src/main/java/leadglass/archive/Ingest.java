package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import leadglass.dicom.data.Uid;

/// Takes instances in. What returns [StoreOutcome.Stored] is on stable storage.
///
/// Safe for use by several threads.
public final class Ingest {
  Ingest() {}

  /// A data set as it comes over DIMSE.
  ///
  /// @param dataSet read to its end, or as far as it is worth; not closed
  /// @throws IOException if the peer's stream fails; nothing is kept
  /// @throws java.io.UncheckedIOException if the disk fails; the store is read-only from then on
  public StoreOutcome store(Caller caller, StoreRequest request, InputStream dataSet)
      throws IOException {
    throw new UnsupportedOperationException(caller + "" + request + dataSet);
  }

  /// A file of PS3.10, as it comes by STOW-RS, from a browser or from a folder.
  ///
  /// @param study the study the door is told to store into (PS3.18 §10.5), if any
  /// @param file read to its end, or as far as it is worth; not closed
  public StoreOutcome storeFile(Caller caller, Optional<Uid> study, InputStream file)
      throws IOException {
    throw new UnsupportedOperationException(caller + "" + study + file);
  }
}
