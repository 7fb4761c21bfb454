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

  /// Numbered, one after the other.
  record Steps(List<String> steps) implements Block {
    Steps {
      steps = List.copyOf(steps);
    }
  }

  /// What it comes to, before all else.
  ///
  /// @param grade a letter
  /// @param says what it means, in a few words
  /// @param verdict a sentence with when and from where
  /// @param counts such as 12 studies
  record Tile(Mark grade, String says, String verdict, List<Count> counts) implements Block {
    Tile {
      counts = List.copyOf(counts);
    }
  }

  record Count(String name, String number) {}

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
      return new Cell(List.of(new Part(Optional.empty(), text)));
    }

    static Cell of(Mark mark) {
      return new Cell(List.of(new Part(Optional.of(mark), "")));
    }

    static Cell of(State state, boolean grave) {
      return new Cell(List.of(new Part(Optional.of(Mark.of(state, grave)), "")));
    }
  }

  /// A word that stands out.
  record Mark(String words, Tone tone) {
    static Mark of(State state, boolean grave) {
      return new Mark(grave ? state.words() + ", now" : state.words(), Tone.of(state, grave));
    }
  }

  /// @param mark what is written out before the text
  record Part(Optional<Mark> mark, String text) {

    /// The mark as it is written out: no eye has to see its colour. Empty: there is none.
    String markWords() {
      return mark.map(Mark::words).orElse("");
    }
  }
}
