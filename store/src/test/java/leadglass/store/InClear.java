package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What stands in clear about each study in the files of a closed archive: every number in its rows
/// and the length of everything else, without knowing what they mean.
final class InClear {
  private static final int HEAD_BYTES = 40 + 112;

  private InClear() {}

  /// From the catalogue alone, by the order in which the studies came.
  static Map<Long, List<Long>> ofIndex(Path data) throws SQLException {
    Map<Long, List<Long>> clear = new TreeMap<>();
    try (Connection catalogue =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("index/catalogue.db"));
        Statement statement = catalogue.createStatement()) {
      Map<Long, Long> studies = new HashMap<>(); // by series
      try (ResultSet rows = statement.executeQuery("SELECT * FROM study ORDER BY number")) {
        while (rows.next()) {
          clear.put(rows.getLong("number"), numbers(rows));
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT * FROM series ORDER BY number")) {
        while (rows.next()) {
          studies.put(rows.getLong("number"), rows.getLong("study"));
          clear.getOrDefault(rows.getLong("study"), new ArrayList<>()).addAll(numbers(rows));
        }
      }
      long before = 0;
      try (ResultSet rows = statement.executeQuery("SELECT * FROM instance ORDER BY number")) {
        while (rows.next()) {
          long study = studies.getOrDefault(rows.getLong("series"), 0L);
          List<Long> of = clear.getOrDefault(study, new ArrayList<>());
          of.addAll(numbers(rows));
          // Where the next one begins tells how large this one is.
          of.add(rows.getLong("pack_offset") - before);
          before = rows.getLong("pack_offset");
        }
      }
    }
    return clear;
  }

  private static List<Long> numbers(ResultSet row) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      Object value = row.getObject(column);
      numbers.add(
          switch (value) {
            case null -> -1L;
            case Number number -> number.longValue();
            case byte[] bytes -> (long) bytes.length;
            case String text -> (long) text.length();
            default -> throw new SQLException("a column of another kind");
          });
    }
    return numbers;
  }

  /// From the catalogue and the heads of the records in the packs: one data set a study.
  static Map<Long, List<Long>> ofDisk(Path data) throws SQLException, IOException {
    Map<Long, List<Long>> clear = ofIndex(data);
    try (Connection catalogue =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("index/catalogue.db"));
        Statement statement = catalogue.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT series.study, hex(pack.name), instance.pack_offset FROM instance"
                    + " JOIN series ON series.number = instance.series"
                    + " JOIN pack ON pack.number = instance.pack")) {
      Map<String, byte[]> packs = new HashMap<>();
      for (Path file : Folders.files(data.resolve("packs"))) {
        String name = file.getFileName().toString().replace(".pack", "");
        packs.put(name, Files.readAllBytes(file));
      }
      while (rows.next()) {
        byte[] pack = packs.get(rows.getString(2).toLowerCase(java.util.Locale.ROOT));
        ByteBuffer record =
            ByteBuffer.wrap(pack == null ? new byte[0] : pack)
                .slice((int) rows.getLong(3), HEAD_BYTES);
        List<Long> of = clear.getOrDefault(rows.getLong(1), new ArrayList<>());
        of.add((long) record.getInt(8)); // payload
        of.add(record.getLong(40 + 96)); // data set
        of.add((long) record.getInt(40 + 104)); // trailer
      }
    }
    return clear;
  }
}
