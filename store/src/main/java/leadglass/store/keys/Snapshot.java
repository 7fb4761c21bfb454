package leadglass.store.keys;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import leadglass.store.Private;
import leadglass.store.sql.Sqlite;

/// Whole copies of an SQLite file as it is at one moment, its journal included.
public final class Snapshot {
  private Snapshot() {}

  /// Copies what a file holds, whoever has it open.
  public static void of(Path from, Path to) throws IOException {
    try (Connection connection = Sqlite.connect(from)) {
      of(connection, to);
    } catch (SQLException e) {
      throw new IOException("a copy can't be made", e);
    }
  }

  /// Copies to a new file (mode 0600) that is on stable storage when this returns.
  public static void of(Connection from, Path to) throws IOException {
    Private.file(to); // SQLite takes an empty file, and nobody else may read this one
    try (PreparedStatement vacuum = from.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, to.toString());
      vacuum.execute();
    } catch (SQLException e) {
      throw new IOException("a copy can't be made", e);
    }
    try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Private.sync(to.resolveSibling(".").normalize().toAbsolutePath());
  }
}
