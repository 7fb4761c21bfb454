package leadglass.store.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import leadglass.store.Registry.Entry;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// How an entry of the registry is hashed and sealed; docs/formats/registry.md.
final class Seals {
  private final SecretBytes sealing;
  private final SecretBytes hashing;

  Seals(SecretBytes from) {
    this.sealing = Seal.derive(from, "seal registry");
    this.hashing = Seal.derive(from, "hash registry");
  }

  byte[] hash(String kind, String key) {
    return Seal.hash(hashing, kind, key);
  }

  private static byte[] about(byte[] hash, long version) {
    return ByteBuffer.allocate(hash.length + Long.BYTES).put(hash).putLong(version).array();
  }

  byte[] seal(String kind, String key, long version, byte[] document) {
    byte[] name = key.getBytes(UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
    plain.writeBytes(name);
    plain.writeBytes(document);
    return Seal.seal(sealing, about(hash(kind, key), version), plain.toByteArray());
  }

  /// The entry of a row of kind, hash, version and sealed value.
  Entry entry(ResultSet row) throws SQLException, IOException {
    String kind = row.getString(1);
    byte[] hash = row.getBytes(2);
    long version = row.getLong(3);
    byte[] sealed = row.getBytes(4);
    if (kind == null || hash == null || sealed == null) { // NOT NULL binds writers only
      throw new IOException("an entry of the registry is damaged");
    }
    try {
      ByteBuffer plain = ByteBuffer.wrap(Seal.open(sealing, about(hash, version), sealed));
      byte[] name = new byte[plain.getInt()];
      plain.get(name);
      byte[] document = new byte[plain.remaining()];
      plain.get(document);
      String key = new String(name, UTF_8);
      if (!Arrays.equals(hash(kind, key), hash)) {
        throw new IOException("an entry of the registry is damaged"); // its kind is another
      }
      return new Entry(kind, key, version, document);
    } catch (Seal.BrokenException e) {
      throw new IOException("an entry of the registry is damaged", e);
    }
  }

  /// Seals every entry anew that others sealed, inside the caller's transaction. One that is
  /// damaged stays so: it stands for nothing, and nothing is lost that was not lost before.
  ///
  /// @throws IOException if none of them was sealed with what it should be
  void sealAnew(Connection connection, Seals before) throws SQLException, IOException {
    long damaged = 0;
    long done = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT kind, hash, version, sealed, number FROM entry");
        PreparedStatement update =
            connection.prepareStatement("UPDATE entry SET hash = ?, sealed = ? WHERE number = ?")) {
      while (row.next()) {
        Entry entry;
        try {
          entry = before.entry(row);
        } catch (IOException _) {
          damaged++;
          continue;
        }
        done++;
        update.setBytes(1, hash(entry.kind(), entry.key()));
        update.setBytes(2, seal(entry.kind(), entry.key(), entry.version(), entry.document()));
        update.setLong(3, row.getLong(5));
        update.executeUpdate();
      }
    }
    if (done == 0 && damaged > 0) {
      throw new IOException("the registry was sealed with another master key");
    }
  }

  /// How many rows are not what was written.
  long damaged(Connection connection) throws SQLException {
    long damaged = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT kind, hash, version, sealed FROM entry")) {
      while (row.next()) {
        try {
          entry(row);
        } catch (IOException _) {
          damaged++;
        }
      }
    }
    return damaged;
  }
}
