package leadglass.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.store.Audit;
import leadglass.store.StudyName;
import org.jspecify.annotations.Nullable;

/// Joins entries of one visit. Entries go in oldest first; accesses come out when they are over,
/// and at the end. Confined to one thread.
final class Accesses {

  /// A visit whose end is nowhere: the archive was killed meanwhile. It had rested then for longer
  /// than any visit does.
  private static final long CUT_MILLIS = 24L * 3600 * 1000;

  /// Looked for visits that were cut short after so many entries.
  private static final int LOOK_EVERY = 4096;

  private final Consumer<? super Access> over;
  private final Map<Key, Visit> open = new HashMap<>();
  private int taken;

  /// @param recipient the device that something was sent to by order of another one
  private record Key(
      String kind,
      String who,
      @Nullable String hat,
      Optional<String> recipient,
      Act act,
      StudyName study) {}

  private static final class Visit {
    private final long number;
    private final AuditEntry first;
    private final Audit.About about;
    private long last;
    private long instances;

    Visit(long number, AuditEntry first, Audit.About about) {
      this.number = number;
      this.first = first;
      this.about = about;
      this.last = first.at();
      this.instances = first.count();
    }

    Access over(Optional<Long> frames, Optional<Long> bytes) {
      return new Access(number, first, about, last, instances, frames, bytes);
    }
  }

  Accesses(Consumer<? super Access> over) {
    this.over = over;
  }

  /// @param about of the entry; one that is about no study is no access
  void take(long number, AuditEntry entry, Optional<Audit.About> about) {
    if (++taken % LOOK_EVERY == 0) {
      cutShort(entry.at());
    }
    if (about.isEmpty() || !entry.success() || !isVisit(entry.act())) {
      return;
    }
    Key key =
        new Key(
            entry.kind(),
            entry.who(),
            entry.hat(),
            Stated.device(entry),
            entry.act(),
            about.get().study());
    Visit visit = open.get(key);
    if (visit == null) {
      visit = new Visit(number, entry, about.get());
      open.put(key, visit);
    } else {
      visit.last = entry.at();
      visit.instances = Math.max(visit.instances, entry.count());
    }
    if (entry.ends()) {
      open.remove(key);
      over.accept(
          visit.over(Optional.ofNullable(entry.frames()), Optional.ofNullable(entry.bytes())));
    }
  }

  private static boolean isVisit(Act act) {
    return act == Act.RETRIEVED || act == Act.DESCRIBED || act == Act.PREVIEWED;
  }

  private void cutShort(long now) {
    List<Visit> cut = new ArrayList<>();
    open.values()
        .removeIf(visit -> {
          boolean old = now - visit.last > CUT_MILLIS;
          if (old) {
            cut.add(visit);
          }
          return old;
        });
    cut.forEach(this::tell);
  }

  private void tell(Visit visit) {
    over.accept(visit.over(Optional.empty(), Optional.empty()));
  }

  /// Tells of visits that go on, or were cut short.
  void end() {
    open.values().forEach(this::tell);
    open.clear();
  }
}
