package leadglass.store.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import leadglass.store.StudyTerms;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

/// What studies are sorted by: date, then time, then arrival, newest first.
///
/// @param date `YYYYMMDD` as a number, 0 if there is none
/// @param time microseconds of the day, -1 if there is none
/// @param arrival number of the study
record SortKey(long date, long time, long arrival) {
  static final String DATE = "sort.date";
  static final String TIME = "sort.time";
  static final String ARRIVAL = "sort.arrival";
  static final int BYTES = 3 * Long.BYTES;

  static final Comparator<SortKey> NEWEST_FIRST =
      Comparator.comparingLong(SortKey::date)
          .thenComparingLong(SortKey::time)
          .thenComparingLong(SortKey::arrival)
          .reversed();

  static Sort indexSort() {
    return new Sort(newestFirst(DATE), newestFirst(TIME), newestFirst(ARRIVAL));
  }

  private static SortField newestFirst(String field) {
    return new SortField(field, SortField.Type.LONG, true);
  }

  static SortKey of(StudyTerms terms, long arrival) {
    String date = terms.studyDate().strip();
    String time = terms.studyTime().strip();
    return new SortKey(
        date.matches("[0-9]{8}") ? Long.parseLong(date) : 0,
        time.matches("[0-9]{2}([0-9]{2}([0-9]{2}(\\.[0-9]{1,6})?)?)?") ? micros(time) : -1,
        arrival);
  }

  private static long micros(String time) {
    String digits = (time.replace(".", "") + "0000000000").substring(0, 12);
    long hours = Long.parseLong(digits.substring(0, 2));
    long minutes = Long.parseLong(digits.substring(2, 4));
    return ((hours * 60 + minutes) * 60) * 1_000_000 + Long.parseLong(digits.substring(4));
  }

  byte[] encode() {
    return ByteBuffer.allocate(BYTES).putLong(date).putLong(time).putLong(arrival).array();
  }

  static SortKey decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new SortKey(buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /// Reads the keys of a segment's documents, in any order.
  static final class Reader {
    private final LeafReader leaf;
    private NumericDocValues date;
    private NumericDocValues time;
    private NumericDocValues arrival;
    private int last = -1;

    Reader(LeafReader leaf) throws IOException {
      this.leaf = leaf;
      this.date = DocValues.getNumeric(leaf, DATE);
      this.time = DocValues.getNumeric(leaf, TIME);
      this.arrival = DocValues.getNumeric(leaf, ARRIVAL);
    }

    SortKey of(int document) throws IOException {
      if (document < last) { // doc values only go forward
        date = DocValues.getNumeric(leaf, DATE);
        time = DocValues.getNumeric(leaf, TIME);
        arrival = DocValues.getNumeric(leaf, ARRIVAL);
      }
      last = document;
      date.advanceExact(document);
      time.advanceExact(document);
      arrival.advanceExact(document);
      return new SortKey(date.longValue(), time.longValue(), arrival.longValue());
    }
  }
}
