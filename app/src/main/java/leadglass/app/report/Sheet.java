package leadglass.app.report;

import java.util.List;
import java.util.Optional;

/// A report as it is read, before it is HTML or PDF.
///
/// @param line what stands on every page
/// @param compact whether it has to fit two pages
record Sheet(String title, String line, boolean compact, List<Block> blocks) {
  Sheet {
    blocks = List.copyOf(blocks);
  }

  /// A part of it.
  sealed interface Block {}

  /// @param level 2 or 3
  record Heading(int level, String text) implements Block {}

  record Paragraph(String text) implements Block {}

  /// @param caption what it is, for whoever can't see it
  /// @param widths of its columns, in hundredths
  /// @param rows each with a cell for each column
  record Table(String caption, List<String> columns, List<Integer> widths, List<List<Cell>> rows)
      implements Block {
    Table {
      columns = List.copyOf(columns);
      widths = List.copyOf(widths);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /// @param parts one below the other
  record Cell(List<Part> parts) {
    Cell {
      parts = List.copyOf(parts);
    }

    static Cell of(String text) {
      return new Cell(List.of(new Part(Optional.empty(), false, text)));
    }

    static Cell of(State state, boolean grave) {
      return new Cell(List.of(new Part(Optional.of(state), grave, "")));
    }
  }

  /// @param mark a state that is written out before the text
  record Part(Optional<State> mark, boolean grave, String text) {

    /// The mark as it is written out: no eye has to see its colour. Empty: there is none.
    String markWords() {
      return mark.map(state -> grave ? state.words() + ", now" : state.words()).orElse("");
    }
  }
}
