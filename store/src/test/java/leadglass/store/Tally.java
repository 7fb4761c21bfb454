package leadglass.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What a campaign found out.
final class Tally {
  final AtomicLong acknowledged = new AtomicLong();
  final List<String> lost = new ArrayList<>();

  void add(Tally other) {
    acknowledged.addAndGet(other.acknowledged.get());
    lost.addAll(other.lost);
  }

  /// A failure and what it came of.
  static String causes(Throwable failure) {
    StringBuilder causes = new StringBuilder(failure.toString());
    for (Throwable each = failure.getCause(); each != null; each = each.getCause()) {
      causes.append(", since ").append(each);
    }
    StackTraceElement[] where = failure.getStackTrace();
    return where.length == 0 ? causes.toString() : causes + " at " + where[0];
  }

  @Override
  public String toString() {
    return "acknowledged %d, lost %d".formatted(acknowledged.get(), lost.size());
  }
}
