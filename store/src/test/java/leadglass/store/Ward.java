package leadglass.store;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import leadglass.store.Act.Kind;
import leadglass.store.Act.Reply;
import leadglass.store.Coming.Sent;
import leadglass.store.Coming.Status;

/// The part of an archive that one thread works in: chooses acts by its seed and keeps in mind what
/// came of them, so that it can be compared with the archive. At most one act is without an answer.
///
/// Confined to one thread.
final class Ward {
  private static final int NUMBERS = 1_000_000;
  private static final int PATIENTS = 3;
  private static final int STUDIES_HELD_MAX = 5;
  private static final int CHUNKED_BYTES = 1_100_000;
  private static final int SIDE_BYTES = 1_600_000;
  private static final int SCRUB_BYTES = 4_000_000;

  /// Refused when the volume is full or when somebody else is at it.
  private static final Set<Kind> MAY_BE_REFUSED =
      EnumSet.of(Kind.FILE, Kind.REPACK, Kind.BACKUP, Kind.FULL);

  private final int first;
  private final Random random;
  final List<Coming> comings = new ArrayList<>();

  /// Numbers of audit entries that must be there, and when that was known.
  final Map<Integer, Long> entries = new TreeMap<>();

  /// Numbers of audit entries that must be there unless the power went.
  final Set<Integer> mentions = new TreeSet<>();

  /// Numbers of those who signed in while the volume was full.
  final Set<Integer> sessions = new TreeSet<>();

  /// Backups that were made.
  final List<Copy> copies = new ArrayList<>();

  /// What was asked and answered last, for whoever looks for a fault.
  final List<String> history = new ArrayList<>();

  private final AtomicLong moments;
  private int last;
  private Optional<Act> unanswered = Optional.empty();
  private long asked;

  /// A backup.
  ///
  /// @param asked when; what was answered before is in it
  record Copy(String snapshot, long asked) {}

  /// @param moments counts what is asked and answered, in all wards of an archive
  Ward(int number, long seed, AtomicLong moments) {
    this.first = number * NUMBERS;
    this.last = first;
    this.random = new Random(seed * 31 + number);
    this.moments = moments;
  }

  private long moment() {
    return moments.incrementAndGet();
  }

  /// When the act was asked for that nobody answered.
  long asked() {
    return asked;
  }

  /// The act that nobody answered.
  Optional<Act> unanswered() {
    return unanswered;
  }

  private List<Coming> all(Status status) {
    return comings.stream().filter(each -> each.status == status).toList();
  }

  Optional<Coming> held(int study) {
    return all(Status.HELD).stream().filter(each -> each.study == study).findFirst();
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private int patient() {
    return first + random.nextInt(PATIENTS);
  }

  /// What to do next; waits for [#answered].
  Act next() {
    Act act = chosen();
    asked = moment();
    unanswered = Optional.of(act);
    return act;
  }

  /// Whether the end should come while an act is done that takes long.
  boolean isLast(Act act) {
    boolean takesLong = act.kind() == Kind.BACKUP || act.kind() == Kind.REPACK;
    return takesLong && random.nextInt(4) == 0;
  }

  private Act chosen() {
    List<Coming> held = all(Status.HELD);
    List<Coming> aside = all(Status.ASIDE);
    int dice = random.nextInt(100);
    if (dice < 8) {
      return new Act(Kind.AUDIT, 0, 0, ++last, 0, "-");
    }
    if (dice < 16) {
      return new Act(Kind.MENTION, 0, 0, ++last, 0, "-");
    }
    if (dice < 23 && !held.isEmpty()) {
      return new Act(Kind.DELETE, any(held).study, 0, 0, 0, "-");
    }
    if (dice < 28 && !aside.isEmpty()) {
      Coming back = any(aside);
      return new Act(Kind.RESTORE, back.study, 0, 0, 0, back.name);
    }
    if (dice < 31 && !aside.isEmpty()) {
      Coming gone = any(aside);
      return new Act(Kind.PURGE, gone.study, 0, 0, 0, gone.name);
    }
    if (dice < 37 && !held.isEmpty()) {
      return new Act(Kind.MOVE, any(held).study, patient(), 0, 0, "-");
    }
    if (dice < 39) {
      return new Act(Kind.ERASE, 0, patient(), 0, 0, "-");
    }
    if (dice < 43) {
      return new Act(Kind.REPACK, 0, 0, 0, 0, "-");
    }
    if (dice < 46) {
      return new Act(Kind.BACKUP, 0, 0, 0, 0, "-");
    }
    if (dice < 47) {
      return new Act(Kind.SCRUB, 0, 0, 0, random.nextInt(SCRUB_BYTES), "-");
    }
    if (dice < 49) {
      int read = held.isEmpty() ? 0 : any(held).study;
      return new Act(Kind.FULL, read, 0, ++last, random.nextInt(2) * 1024, "-");
    }
    return file(held);
  }

  private Act file(List<Coming> held) {
    List<Coming> open = held.stream().filter(each -> !each.moved).toList();
    int bytes = bytes();
    if (!open.isEmpty() && (held.size() >= STUDIES_HELD_MAX || random.nextInt(4) > 0)) {
      Coming into = any(open);
      return new Act(Kind.FILE, into.study, into.patient, ++last, bytes, "-");
    }
    List<Coming> free =
        all(Status.ASIDE).stream().filter(each -> held(each.study).isEmpty()).toList();
    boolean again = !free.isEmpty() && random.nextBoolean(); // comes again while it is put aside
    int study = again ? any(free).study : ++last;
    return new Act(Kind.FILE, study, patient(), ++last, bytes, "-");
  }

  private int bytes() {
    int dice = random.nextInt(100);
    if (dice < 5) {
      return 0;
    }
    if (dice < 70) {
      return 1 + random.nextInt(20_000);
    }
    if (dice < 92) {
      return 20_000 + random.nextInt(200_000);
    }
    return (dice < 97 ? CHUNKED_BYTES : SIDE_BYTES) + random.nextInt(100_000);
  }

  /// How long after it was asked for.
  int millis(int max) {
    return random.nextInt(max);
  }

  /// Whether nobody answered when it asked for a backup.
  boolean asksForBackup() {
    return unanswered.filter(act -> act.kind() == Kind.BACKUP).isPresent();
  }

  /// The act was done or refused.
  ///
  /// @return whether it is as it should be
  boolean answered(Reply reply) {
    Act act = unanswered.orElseThrow();
    unanswered = Optional.empty();
    history.add(act.line() + ": " + reply.line());
    boolean expected = act.kind() != Kind.RESTORE || held(act.study()).isEmpty();
    if (reply.done()) {
      done(act, reply.name(), moment());
    }
    return reply.done() == expected || (!reply.done() && MAY_BE_REFUSED.contains(act.kind()));
  }

  /// The act that nobody answered turned out to be done.
  ///
  /// @param name of a backup's snapshot
  void settled(String name) {
    unanswered.ifPresent(act -> {
      history.add(act.line() + ": unanswered, found done");
      done(act, name, moment());
    });
    unanswered = Optional.empty();
  }

  /// The act that nobody answered turned out not to be done, or nothing tells.
  void settled() {
    unanswered.ifPresent(act -> history.add(act.line() + ": unanswered, not found done"));
    unanswered = Optional.empty();
  }

  private void done(Act act, String name, long moment) {
    switch (act.kind()) {
      case FILE -> filed(act, name, moment);
      case AUDIT -> entries.put(act.instance(), moment);
      case MENTION -> mentions.add(act.instance());
      case DELETE -> held(act.study()).orElseThrow().become(Status.ASIDE, moment);
      case RESTORE -> named(act.name()).become(Status.HELD, moment);
      case PURGE -> named(act.name()).become(Status.GONE, moment);
      case MOVE -> {
        Coming moved = held(act.study()).orElseThrow();
        moved.patient = act.patient();
        moved.moved = true;
        moved.become(Status.HELD, moment);
      }
      case ERASE ->
          comings.stream()
              .filter(each -> each.patient == act.patient() && each.status != Status.GONE)
              .forEach(each -> each.become(Status.GONE, moment));
      case BACKUP -> copies.add(new Copy(name, asked));
      case FULL -> {
        entries.put(act.instance(), moment);
        sessions.add(act.instance());
      }
      case REPACK, SCRUB -> {}
    }
  }

  private Coming named(String name) {
    return comings.stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
  }

  private void filed(Act act, String name, long moment) {
    Coming into =
        held(act.study())
            .orElseGet(() -> {
              Coming fresh = new Coming(act.study(), act.patient(), name);
              comings.add(fresh);
              return fresh;
            });
    into.instances.put(act.instance(), new Sent(act.instance(), act.bytes(), moment));
  }

  /// The power went: what was not waited for may be gone.
  void forgetMentions() {
    history.add("power lost");
    mentions.clear();
  }
}
