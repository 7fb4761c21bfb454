package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// What packs ask of a disk, so that tests can cut its power. [FileDisk] is the real one.
public interface Disk {

  /// Names of the packs there are, in no order.
  List<String> packs() throws IOException;

  /// Makes a pack that is not there yet; its name survives power loss once [Tail#force] returned.
  Tail create(String pack) throws IOException;

  /// Reads into the buffer until it is full or the pack ends.
  ///
  /// @return bytes read, fewer than asked only at the pack's end
  int read(String pack, long offset, ByteBuffer into) throws IOException;

  long size(String pack) throws IOException;

  /// Removes a pack that holds nothing.
  void remove(String pack) throws IOException;

  /// Where a pack is written.
  interface Tail extends AutoCloseable {

    void append(ByteBuffer bytes) throws IOException;

    /// Returns once everything appended survives power loss.
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /// The folder, for a message to the operator.
  Path folder();
}
