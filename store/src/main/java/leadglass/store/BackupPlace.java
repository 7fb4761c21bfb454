package leadglass.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where copies are kept: a folder, or a bucket. Whoever writes a backup adds files and touches
/// none that is there.
///
/// Names are relative, of letters, digits, `.`, `_`, `-` and `/`; any other is an
/// [IllegalArgumentException]. Safe for use by several threads.
public interface BackupPlace extends AutoCloseable {

  /// A name that any place takes.
  Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  /// A file that is there.
  record Held(String name, long bytes) {}

  /// What a file is to hold; may be opened more than once.
  interface Content {
    InputStream open() throws IOException;
  }

  /// Keeps files from everybody's hands, this machine's and the owner's too, until a moment.
  interface Lock {

    /// Until when whatever is put is locked; the same for as long as the place is in use.
    long untilMillis();

    /// Whether a file locked until a moment is to be locked for longer by whoever still needs it.
    boolean isShort(long lockedUntilMillis);

    /// Locks a file that is there until [#untilMillis].
    ///
    /// @throws java.nio.file.NoSuchFileException if there is none
    void extend(String name) throws IOException;
  }

  /// @return the name
  static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a name of " + name.length() + " characters");
    }
    return name;
  }

  /// Adds a file; it is whole and on stable storage when this returns, or not there. It is locked
  /// if the place has a [#lock].
  ///
  /// @param bytes how long it is; content that ends before or goes on behind is refused
  /// @return false, with nothing changed, if there is one of that name
  boolean put(String name, long bytes, Content content) throws IOException;

  /// @throws java.nio.file.NoSuchFileException if there is none
  InputStream read(String name, long offset) throws IOException;

  /// Files whose names begin with `prefix`, in no order.
  List<Held> list(String prefix) throws IOException;

  /// Removes a file: afterwards nobody can bring it back. A mark that merely hides it is no
  /// removal.
  ///
  /// @return false, with the file as it was, if the place does not let us
  /// @throws java.nio.file.NoSuchFileException if there is none
  boolean delete(String name) throws IOException;

  /// Tries to put other bytes in the place of a file that is there.
  ///
  /// @return whether they are there now, and what was there before can't be had any more
  boolean tryOverwrite(String name, byte[] other) throws IOException;

  /// Removes what puts that were cut short left behind, once it is a day old.
  void sweep(Instant now) throws IOException;

  /// Empty if anybody with the right may remove what is here.
  default Optional<Lock> lock() throws IOException {
    return Optional.empty();
  }

  /// For people.
  String shown();

  /// Lets go of connections, if there are any.
  @Override
  default void close() throws IOException {}
}
