package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import leadglass.store.InstanceRow.Location;
import leadglass.store.SiteId;
import leadglass.store.catalogue.Cells.InstanceCells;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.seal.SecretBytes;

/// Switches the rows of one pack over to the pack that takes its place. Confined to the writer's
/// thread.
final class Relocation {
  private final Statements statements;
  private final KeyStore keys;
  private final Packs packs;

  Relocation(Statements statements, KeyStore keys, Packs packs) {
    this.statements = statements;
    this.keys = keys;
    this.packs = packs;
  }

  void move(String from, String to, List<Moved> moved) throws SQLException, IOException {
    for (Moved each : moved) {
      move(from, to, each);
    }
    String sql = "SELECT 1 FROM instance WHERE pack = ?";
    try (ResultSet row = statements.with(sql, packs.number(from)).executeQuery()) {
      if (row.next()) {
        throw new IOException("a pack that holds records can't be replaced");
      }
    }
    packs.remove(from);
  }

  private void move(String from, String to, Moved moved) throws SQLException, IOException {
    InstanceCells cells;
    SecretBytes tagKey;
    String sql = Rows.INSTANCE + " WHERE i.pack = ? AND i.pack_offset = ?";
    try (ResultSet row = statements.with(sql, packs.number(from), moved.from()).executeQuery()) {
      if (!row.next()) {
        packs.dead(to, moved.length()); // it died while it was written anew
        return;
      }
      SiteId site = Rows.site(row, Rows.INSTANCE_STUDY_SITE);
      Optional<StudyKey> key = keys.named(site, Rows.id(row, Rows.INSTANCE_STUDY_NAME));
      if (key.isEmpty()) {
        throw new GoneKeyException();
      }
      tagKey = Values.tagKey(key.get());
      cells = Rows.instance(row, tagKey);
    }
    InstanceCells now =
        cells.at(new Location(to, moved.to(), moved.length()), Packs.chunks(moved.chunks()));
    statements.update(
        "UPDATE instance SET pack = ?, pack_offset = ?, record_bytes = ?, chunks = ?, tag = ?"
            + " WHERE number = ?",
        packs.number(to),
        now.at().offset(),
        now.at().length(),
        now.chunks(),
        now.tag(tagKey),
        now.number());
  }

  /// Where the log goes on once a pack has taken another's place.
  static Optional<Position> position(Optional<Position> old, String from, Position end) {
    return old.map(each -> each.pack().equals(from) ? end : each);
  }
}
