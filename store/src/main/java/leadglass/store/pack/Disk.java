package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// What packs ask of a disk, so that tests can cut its power. [FileDisk] is the real one.
public interface Disk extends AutoCloseable {

  /// Names of the packs there are, in no order.
  List<String> packs() throws IOException;

  /// Makes a pack that is not there yet; its name survives power loss once [Tail#force] returned.
  Tail create(String pack) throws IOException;

  /// Reads into the buffer until it is full or the pack ends.
  ///
  /// @return bytes read, fewer than asked only at the pack's end
  int read(String pack, long offset, ByteBuffer into) throws IOException;

  long size(String pack) throws IOException;

  /// Makes a pack of an earlier run survive power loss, as far as it can be read now.
  void force(String pack) throws IOException;

  /// Removes a pack; it does not come back after power loss.
  void remove(String pack) throws IOException;

  /// Gives a pack another name, in one step and so that it survives power loss; what had that name
  /// is gone.
  void rename(String from, String to) throws IOException;

  /// Lets go of what was opened for reading.
  @Override
  void close() throws IOException;

  /// Where a pack is written. One thread appends at a time; another may force meanwhile.
  interface Tail extends AutoCloseable {

    /// Takes the bytes, which lie in an array.
    void append(ByteBuffer bytes) throws IOException;

    /// Returns once everything appended before the call survives power loss.
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }
}
