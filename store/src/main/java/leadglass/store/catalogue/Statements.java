package leadglass.store.catalogue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// A connection and the statements prepared on it. Confined to one thread at a time.
final class Statements implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /// The statement with its parameters set: `byte[]`, an empty one for NULL, or `Long` each. Not to
  /// be closed.
  PreparedStatement with(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes.length == 0 ? null : bytes);
      } else {
        statement.setLong(i + 1, (Long) parameters[i]);
      }
    }
    return statement;
  }

  int update(String sql, Object... parameters) throws SQLException {
    return with(sql, parameters).executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    connection.close();
  }
}
