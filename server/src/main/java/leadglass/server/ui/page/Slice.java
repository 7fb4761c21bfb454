package leadglass.server.ui.page;

import java.util.List;
import java.util.function.Function;

/// A page of a list that is known as a whole.
///
/// @param address of the list
/// @param from how many stand before it
/// @param total of the whole list
public record Slice<T>(List<T> rows, String address, int from, int total) {
  public static final int ROWS = 100;

  public Slice {
    rows = List.copyOf(rows);
  }

  /// @param asked as it stands in an address; whatever is no number is the beginning
  public static <T> Slice<T> of(List<T> all, String address, String asked) {
    int wanted = asked.matches("\\d{1,9}") ? Integer.parseInt(asked) : 0;
    int from = Math.min(wanted, all.isEmpty() ? 0 : all.size() - 1);
    return new Slice<>(
        all.subList(from, Math.min(all.size(), from + ROWS)), address, from, all.size());
  }

  public <U> Slice<U> as(Function<? super T, U> row) {
    return new Slice<>(rows.stream().<U>map(row).toList(), address, from, total);
  }

  public boolean isEmpty() {
    return total == 0;
  }

  public boolean hasNewer() {
    return from > 0;
  }

  public boolean hasOlder() {
    return from + rows.size() < total;
  }

  public String newer() {
    return address + "?from=" + Math.max(0, from - ROWS);
  }

  public String older() {
    return address + "?from=" + (from + ROWS);
  }
}
