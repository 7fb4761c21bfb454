package leadglass.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// What a campaign found out.
final class Tally {
  private static final int FRAMES = 8;

  final AtomicLong acknowledged = new AtomicLong();
  final AtomicLong restored = new AtomicLong();
  final List<String> lost = new ArrayList<>();
  private final Map<Act.Kind, AtomicLong> kinds = new ConcurrentHashMap<>();
  private final AtomicLong repacked = new AtomicLong();

  /// An act was answered.
  void add(Act.Kind kind, Act.Reply reply) {
    acknowledged.incrementAndGet();
    if (reply.done()) {
      kinds.computeIfAbsent(kind, _ -> new AtomicLong()).incrementAndGet();
      if (kind == Act.Kind.REPACK) {
        repacked.addAndGet(Long.parseLong(reply.name()));
      }
    }
  }

  void add(Tally other) {
    acknowledged.addAndGet(other.acknowledged.get());
    restored.addAndGet(other.restored.get());
    repacked.addAndGet(other.repacked.get());
    other.kinds.forEach(
        (kind, count) -> kinds.computeIfAbsent(kind, _ -> new AtomicLong()).addAndGet(count.get()));
    lost.addAll(other.lost);
  }

  /// What was done, kind by kind.
  String counts() {
    Map<Act.Kind, AtomicLong> sorted = new EnumMap<>(Act.Kind.class);
    sorted.putAll(kinds);
    return sorted.entrySet().stream()
            .map(each -> each.getKey().name().toLowerCase(Locale.ROOT) + " " + each.getValue())
            .collect(Collectors.joining(", "))
        + ", packs written anew %d, backups restored %d".formatted(repacked.get(), restored.get());
  }

  /// A failure and what it came of.
  static String causes(Throwable failure) {
    StringBuilder causes = new StringBuilder(failure.toString());
    for (Throwable each = failure.getCause(); each != null; each = each.getCause()) {
      causes.append(", since ").append(each);
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return causes
        + Arrays.stream(root.getStackTrace())
            .limit(FRAMES)
            .map(each -> " at " + each)
            .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return "acknowledged %d, lost %d".formatted(acknowledged.get(), lost.size());
  }
}
