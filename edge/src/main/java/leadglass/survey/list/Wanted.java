package leadglass.survey.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leadglass.survey.Door;

/// One row of a list of targets: a host that somebody wants looked at.
///
/// @param line of the file, for complaints
/// @param host a name or an address
/// @param doors empty for the usual ones
/// @param country ISO 3166 alpha-2, or empty
/// @param responsible whom to tell, or empty
/// @param proof how the address proves itself, or empty: see docs/check.md
public record Wanted(
    int line,
    String host,
    List<Door> doors,
    String owner,
    String country,
    String responsible,
    String proof) {
  private static final List<String> COLUMNS =
      List.of("host", "ports", "owner", "country", "responsible", "proof");
  private static final Set<String> COUNTRIES =
      Stream.of(Locale.getISOCountries()).collect(Collectors.toUnmodifiableSet());
  private static final int DOORS_MAX = 64;

  public Wanted {
    doors = List.copyOf(doors);
  }

  /// A list that can't be read: what is wrong, and where.
  public static final class BadList extends Exception {
    private static final long serialVersionUID = 1L;

    BadList(String message) {
      super(message);
    }
  }

  /// Reads a list. Its first line names the columns, in any order; only `host` must be there.
  ///
  /// @throws BadList for the first thing that is wrong
  public static List<Wanted> parse(String text) throws BadList {
    List<Csv.Row> rows;
    try {
      rows = Csv.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (IllegalArgumentException e) {
      throw new BadList(String.valueOf(e.getMessage()));
    }
    if (rows.isEmpty()) {
      throw new BadList("it is empty; its first line names the columns: " + columns());
    }
    List<String> header =
        rows.getFirst().fields().stream()
            .map(each -> each.strip().toLowerCase(Locale.ROOT))
            .toList();
    for (String each : header) {
      if (!COLUMNS.contains(each)) {
        throw new BadList("line 1: no such column; there are: " + columns());
      }
    }
    if (!header.contains("host")) {
      throw new BadList("line 1: there is no column `host`; there are: " + columns());
    }
    List<Wanted> all = new ArrayList<>();
    for (Csv.Row row : rows.subList(1, rows.size())) {
      all.add(of(row, header));
    }
    return all;
  }

  private static String columns() {
    return String.join(",", COLUMNS);
  }

  private static Wanted of(Csv.Row row, List<String> header) throws BadList {
    if (row.fields().size() > header.size()) {
      throw new BadList("line " + row.line() + ": more fields than columns");
    }
    String host = field(row, header, "host");
    if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '/')) {
      throw new BadList("line " + row.line() + ": `host` is a name or an address");
    }
    String country = field(row, header, "country").toUpperCase(Locale.ROOT);
    if (!country.isEmpty() && !COUNTRIES.contains(country)) {
      throw new BadList(
          "line " + row.line() + ": `country` is a code of two letters (ISO 3166), such as US");
    }
    return new Wanted(
        row.line(),
        host,
        doors(row.line(), field(row, header, "ports")),
        field(row, header, "owner"),
        country,
        field(row, header, "responsible"),
        field(row, header, "proof"));
  }

  private static List<Door> doors(int line, String text) throws BadList {
    List<Door> doors = new ArrayList<>();
    for (String each : text.isBlank() ? new String[0] : text.strip().split("[ ;]+")) {
      Optional<Door> door = Door.parse(each);
      if (door.isEmpty()) {
        throw new BadList(
            "line "
                + line
                + ": `ports` are numbers with spaces between, each with an optional"
                + " service: 11112/dicom 443/https");
      }
      doors.add(door.get());
    }
    if (doors.size() > DOORS_MAX) {
      throw new BadList("line " + line + ": more than " + DOORS_MAX + " ports");
    }
    return doors;
  }

  private static String field(Csv.Row row, List<String> header, String column) {
    int index = header.indexOf(column);
    return index < 0 || index >= row.fields().size() ? "" : row.fields().get(index).strip();
  }
}
