package leadglass.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Real and hostile DICOM files with what is expected of them. They are not part of the project:
/// they lie in a folder `shared` beside the checkout, or where `LEADGLASS_SHARED` says.
///
/// A test without them is skipped: `assumeTrue(Corpus.find().isPresent(), Corpus.ABSENT)`.
public final class Corpus {

  /// What a skipped test says.
  public static final String ABSENT =
      "no corpus: put it into ../shared/corpus or name its parent in LEADGLASS_SHARED";

  private final Path shared;
  private final List<Row> rows;

  private Corpus(Path shared, List<Row> rows) {
    this.shared = shared;
    this.rows = rows;
  }

  /// One file of the corpus.
  ///
  /// @param columns of `corpus.tsv`, by their names
  public record Row(Path file, Map<String, String> columns) {

    /// Relative to the corpus, with `/`.
    public String path() {
      return column("path");
    }

    /// `ok`, `recover` or `reject`.
    public String expected() {
      return column("expected");
    }

    /// Whether only decoding has to refuse it, so that storing it is fine.
    public boolean concernsRendering() {
      return column("note").contains("(rendering)");
    }

    public String column(String name) {
      return columns.getOrDefault(name, "");
    }

    public byte[] bytes() {
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return path();
    }
  }

  /// The corpus, where there is one.
  public static Optional<Corpus> find() {
    Path shared = shared();
    Path table = shared.resolve("corpus/corpus.tsv");
    if (!Files.isReadable(table)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Corpus(shared, read(table)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path shared() {
    String named = System.getenv("LEADGLASS_SHARED");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    return Path.of(System.getProperty("leadglass.root", "."), "..", "shared")
        .toAbsolutePath()
        .normalize();
  }

  private static List<Row> read(Path table) throws IOException {
    List<String> lines = Files.readAllLines(table);
    String[] names = lines.getFirst().split("\t", -1);
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      Map<String, String> columns = new TreeMap<>();
      for (int i = 0; i < names.length && i < cells.length; i++) {
        columns.put(names[i], cells[i]);
      }
      rows.add(new Row(table.resolveSibling(columns.getOrDefault("path", "")), columns));
    }
    return List.copyOf(rows);
  }

  public List<Row> rows() {
    return rows;
  }

  public Row row(String path) {
    return rows.stream().filter(row -> row.path().equals(path)).findFirst().orElseThrow();
  }

  /// A file of the corpus that has no row, such as a golden.
  public Path file(String relative) {
    return shared.resolve("corpus").resolve(relative);
  }

  /// A table of the standard's facts, such as `dictionary.tsv`.
  public Path standard(String name) {
    return shared.resolve("standard").resolve(name);
  }
}
