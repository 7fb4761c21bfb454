package leadglass.store;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of one data set, as received. No byte leaves before the tag over it verified.
///
/// Confined to one thread.
public interface StoredBytes extends AutoCloseable {

  /// Length of the data set in bytes.
  long length();

  /// What [Filing#layout()] was.
  byte[] layout();

  /// A part of the data set, unsealed chunk by chunk.
  ///
  /// @throws java.io.EOFException when the part reaches past the end, before any byte is given
  InputStream read(long offset, long length) throws IOException;

  @Override
  void close() throws IOException;
}
