package leadglass.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Where copies are kept: a folder, or a bucket. Whoever writes a backup adds files and touches
/// none that is there.
///
/// Names are relative, of letters, digits, `.`, `_`, `-` and `/`. Safe for use by several threads.
public interface BackupPlace {

  /// A file that is there.
  record Held(String name, long bytes) {}

  /// What a file is to hold; may be opened more than once.
  interface Content {
    InputStream open() throws IOException;
  }

  /// Adds a file; it is whole and on stable storage when this returns, or not there.
  ///
  /// @param bytes how long it is; content that ends before or goes on behind is refused
  /// @return false, with nothing changed, if there is one of that name
  boolean put(String name, long bytes, Content content) throws IOException;

  /// @throws java.nio.file.NoSuchFileException if there is none
  InputStream read(String name, long offset) throws IOException;

  /// Files whose names begin with `prefix`, in no order.
  List<Held> list(String prefix) throws IOException;

  /// Removes a file.
  ///
  /// @return false if the place does not let us
  boolean delete(String name) throws IOException;

  /// Tries to put other bytes in the place of a file that is there.
  ///
  /// @return whether they are there now
  boolean tryOverwrite(String name, byte[] other) throws IOException;

  /// For people.
  String shown();
}
