package leadglass.store.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import leadglass.store.sql.Sqlite;

/// Tries a master key on a key store's file, of whatever version, and changes nothing.
public final class KeyProof {
  private KeyProof() {}

  public static boolean opens(Path file, SecretBytes master) throws IOException {
    try (Connection connection = Sqlite.connect(file);
        Statement statement = connection.createStatement()) {
      boolean first = Sqlite.version(connection) == 1;
      String query =
          first ? "SELECT sealed FROM proof" : "SELECT wrapped FROM root WHERE name = 'root'";
      try (ResultSet row = statement.executeQuery(query)) {
        if (!row.next()) {
          return false;
        }
        if (first) {
          Seal.open(
              Seal.derive(master, "wrap sites"), Wrapping.about("proof"), Sqlite.bytes(row, 1));
        } else {
          Wrapping.openRoot(master, Sqlite.bytes(row, 1));
        }
        return true;
      }
    } catch (Seal.BrokenException _) {
      return false;
    } catch (SQLException e) {
      throw new IOException("the key store can't be read", e);
    }
  }
}
