package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.Logged;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.Records.Dead;
import leadglass.store.pack.Records.Kept;
import leadglass.store.seal.SecretBytes;

/// The one connection that writes the catalogue. Confined to one thread at a time; what is known of
/// the catalogue as a whole may be read by any.
final class Writer implements AutoCloseable {
  private final Statements statements;
  private final SecretBytes tagKey;
  private final Sums sums;
  private final Packs packs;
  private final Pending pending;
  private final Instances instances;
  private final Events events;
  private final Relocation relocation;
  private volatile Known known;
  private boolean broken;

  /// What is known of the catalogue as a whole.
  record Known(Optional<Position> position, long searchSequence, Totals totals) {}

  /// Changes the tables.
  private interface Change {
    void make() throws SQLException, IOException;
  }

  Writer(Connection connection, KeyStore keys, SecretBytes tagKey)
      throws SQLException, IOException {
    this.statements = new Statements(connection);
    this.tagKey = tagKey;
    this.sums = new Sums(statements, tagKey);
    this.packs = new Packs(statements, tagKey, sums);
    this.pending = new Pending(statements, keys, sums);
    this.instances = new Instances(statements, keys, pending, packs, sums);
    this.events = new Events(statements, tagKey, pending, instances, sums);
    this.relocation = new Relocation(statements, keys, packs);
    this.known = known();
  }

  private Known known() {
    return new Known(sums.position, sums.sequence, sums.totals());
  }

  byte[] identity() {
    return sums.identity;
  }

  Known whole() {
    return known;
  }

  List<StudyChange> apply(List<? extends Logged> logged, Position end)
      throws SQLException, IOException {
    List<StudyChange> changes = new ArrayList<>();
    change(() -> {
      for (Logged each : logged) {
        switch (each) {
          case Kept kept -> instances.add(kept);
          case Dead dead -> instances.add(dead);
          case LifeEvent event -> {
            pending.write(changes); // events are about rows
            events.apply(event, changes);
          }
        }
      }
      pending.write(changes);
      sums.position = Optional.of(end);
    });
    return changes;
  }

  /// @param end where the log goes on behind the pack that takes the place
  void relocate(String from, String to, Position end, List<Moved> moved)
      throws SQLException, IOException {
    change(() -> {
      relocation.move(from, to, moved);
      sums.position = Relocation.position(sums.position, from, end);
    });
  }

  void verified(Map<String, Long> some) throws SQLException, IOException {
    change(() -> {
      for (Map.Entry<String, Long> each : some.entrySet()) {
        packs.verified(each.getKey(), each.getValue());
      }
    });
  }

  void dead(String pack, long bytes) throws SQLException, IOException {
    change(() -> packs.dead(pack, bytes));
  }

  void forget(String pack) throws SQLException, IOException {
    change(() -> packs.remove(pack));
  }

  /// The search has learnt of what happened up to a change, for good.
  void searchKnows(long sequence) throws SQLException, IOException {
    change(() -> statements.update("DELETE FROM gone WHERE search_sequence <= ?", sequence));
  }

  /// All or none.
  private void change(Change change) throws SQLException, IOException {
    if (broken) {
      throw new IOException("a change of the catalogue failed earlier");
    }
    Connection connection = statements.connection();
    connection.setAutoCommit(false);
    try {
      change.make();
      packs.write();
      sums.write(statements, tagKey);
      connection.commit();
      known = known();
      pending.done();
    } catch (SQLException | IOException | RuntimeException e) {
      broken = true; // what is in memory is ahead of the tables
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  @Override
  public void close() throws SQLException {
    statements.close();
  }
}
