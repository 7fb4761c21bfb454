package leadglass.survey.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import leadglass.survey.Product;

/// How to mend what was found: exact steps for the products that are told apart, and what helps
/// with any other. The table is `mending.tsv`, beside this class.
public final class Mending {
  private static final List<Row> ROWS = rows();

  private Mending() {}

  /// One thing to be done; several findings may have the same.
  ///
  /// @param id unlike any other
  /// @param steps in their order
  public record Fix(String id, String title, List<String> steps) {
    public Fix {
      steps = List.copyOf(steps);
    }

    /// Whether it is for whatever there is no better advice for.
    public boolean isFallback() {
      return ROWS.stream().anyMatch(row -> row.kind("level") && row.words().equals(id));
    }
  }

  private record Row(String kind, String first, String second, String words) {
    boolean kind(String wanted) {
      return kind.equals(wanted);
    }

    boolean is(String wanted, String key) {
      return kind.equals(wanted) && first.equals(key);
    }
  }

  /// @param service as in [Result.DoorResult]
  /// @param level 0 to 4
  /// @return empty where there is nothing to mend
  public static Optional<Fix> of(
      String probe, String decision, String service, int level, Optional<Product> product) {
    if (level == 0) {
      return Optional.empty();
    }
    return first(
            row -> row.kind("when") && fits(row.first(), probe) && fits(row.second(), decision))
        .or(() -> first(row -> row.is("service", service)))
        .or(() -> first(row -> row.is("level", Integer.toString(level))))
        .map(id -> fix(id, product));
  }

  private static Optional<String> first(Predicate<Row> fits) {
    return ROWS.stream().filter(fits).findFirst().map(Row::words);
  }

  private static boolean fits(String pattern, String word) {
    if (!pattern.contains("*")) {
      return pattern.equals(word);
    }
    boolean anyStart = pattern.startsWith("*");
    boolean anyEnd = pattern.endsWith("*");
    String middle = pattern.replace("*", "");
    return anyStart
        ? anyEnd ? word.contains(middle) : word.endsWith(middle)
        : word.startsWith(middle);
  }

  static Fix fix(String id, Optional<Product> product) {
    Optional<String> own =
        product
            .map(Enum::name)
            .filter(name ->
                ROWS.stream().anyMatch(row -> row.is("step", id) && row.second().equals(name)));
    String chosen = own.orElse("-");
    List<String> steps =
        ROWS.stream()
            .filter(row -> row.is("step", id))
            .filter(row -> row.second().equals("*") || row.second().equals(chosen))
            .map(Row::words)
            .toList();
    String words = first(row -> row.is("title", id)).orElseThrow();
    String title = own.isEmpty() ? words : words + ": " + product.orElseThrow().words();
    return new Fix(own.map(name -> id + "/" + name).orElse(id), title, steps);
  }

  /// What products the table has steps for, as it names them.
  static List<String> products() {
    return ROWS.stream()
        .filter(row -> row.kind("step"))
        .map(Row::second)
        .filter(each -> !each.equals("*") && !each.equals("-"))
        .distinct()
        .toList();
  }

  /// Every fix that the table speaks of.
  static List<String> ids() {
    return ROWS.stream()
        .filter(row -> Stream.of("when", "service", "level").anyMatch(row::kind))
        .map(Row::words)
        .distinct()
        .toList();
  }

  private static List<Row> rows() {
    try (InputStream in = Mending.class.getResourceAsStream("mending.tsv")) {
      if (in == null) {
        throw new IllegalStateException("mending.tsv is missing");
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(parts -> new Row(parts[0], parts[1], parts[2], parts[3]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
