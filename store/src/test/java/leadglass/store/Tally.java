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

  @Override
  public String toString() {
    return "acknowledged %d, lost %d".formatted(acknowledged.get(), lost.size());
  }
}
