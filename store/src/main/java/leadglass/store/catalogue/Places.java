package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import leadglass.store.SiteId;
import leadglass.store.catalogue.Cells.InstanceCells;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;

/// What rows say of packs: to compare the two, and before a pack is written anew.
final class Places {
  private Places() {}

  /// Where the records of a pack begin that rows are of, ascending.
  static long[] of(Statements statements, String pack) throws SQLException {
    String sql =
        "SELECT i.pack_offset FROM instance i JOIN pack p ON p.number = i.pack WHERE p.name = ?"
            + " ORDER BY i.pack_offset";
    long[] places = new long[16];
    int count = 0;
    try (ResultSet row = statements.with(sql, HexFormat.of().parseHex(pack)).executeQuery()) {
      while (row.next()) {
        places = count == places.length ? Arrays.copyOf(places, 2 * count) : places;
        places[count++] = row.getLong(1);
      }
    }
    return Arrays.copyOf(places, count);
  }

  /// What the rows say of the record at a place.
  static Catalogue.Says says(Statements statements, KeyStore keys, String pack, long offset)
      throws SQLException, IOException {
    String sql =
        "SELECT 1 FROM instance i JOIN pack p ON p.number = i.pack WHERE p.name = ?"
            + " AND i.pack_offset = ?";
    try (ResultSet row =
        statements.with(sql, HexFormat.of().parseHex(pack), offset).executeQuery()) {
      if (!row.next()) {
        return Catalogue.Says.NOTHING;
      }
    }
    String whole = Rows.INSTANCE + " WHERE p.name = ? AND i.pack_offset = ?";
    try (ResultSet row =
        statements.with(whole, HexFormat.of().parseHex(pack), offset).executeQuery()) {
      while (row.next()) {
        SiteId site = Rows.site(row, Rows.INSTANCE_STUDY_SITE);
        Optional<StudyKey> key = keys.named(site, Rows.id(row, Rows.INSTANCE_STUDY_NAME));
        if (key.isPresent()) {
          Rows.instance(row, Values.tagKey(key.get()));
          return Catalogue.Says.THERE;
        }
      }
      return Catalogue.Says.WRONG;
    } catch (DamagedRowException _) {
      return Catalogue.Says.WRONG;
    }
  }

  /// Packs with records whose chunks lie in another pack.
  static Set<String> keeping(Statements statements, KeyStore keys, String chunks)
      throws SQLException, IOException {
    Set<String> found = new HashSet<>();
    String sql = Rows.INSTANCE + " WHERE length(i.chunks) > 0";
    try (ResultSet row = statements.with(sql).executeQuery()) {
      while (row.next()) {
        SiteId site = Rows.site(row, Rows.INSTANCE_STUDY_SITE);
        Optional<StudyKey> key = keys.named(site, Rows.id(row, Rows.INSTANCE_STUDY_NAME));
        if (key.isEmpty()) {
          throw new GoneKeyException();
        }
        InstanceCells cells = Rows.instance(row, Values.tagKey(key.get()));
        if (Packs.spread(cells.chunks()).containsKey(chunks)) {
          found.add(cells.at().pack());
        }
      }
    }
    return found;
  }
}
