package leadglass.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import leadglass.store.Act.Kind;
import leadglass.store.Act.Reply;
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

  private final int first;
  private final Random random;
  final List<Coming> comings = new ArrayList<>();

  /// Numbers of audit entries that must be there.
  final Set<Integer> entries = new TreeSet<>();

  /// Numbers of audit entries that must be there unless the power went.
  final Set<Integer> mentions = new TreeSet<>();

  /// What was asked and answered last, for whoever looks for a fault.
  final List<String> history = new ArrayList<>();

  private int last;
  private Optional<Act> unanswered = Optional.empty();

  Ward(int number, long seed) {
    this.first = number * NUMBERS;
    this.last = first;
    this.random = new Random(seed * 31 + number);
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
    unanswered = Optional.of(act);
    return act;
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

  /// The act was done or refused.
  ///
  /// @return whether it is as it should be
  boolean answered(Reply reply) {
    Act act = unanswered.orElseThrow();
    unanswered = Optional.empty();
    history.add(act.line() + ": " + reply.line());
    boolean expected = act.kind() != Kind.RESTORE || held(act.study()).isEmpty();
    if (reply.done()) {
      done(act, reply.name());
    }
    return reply.done() == expected;
  }

  /// The act that nobody answered turned out to be done, or not.
  void settled(boolean done) {
    unanswered.ifPresent(act -> history.add(act.line() + ": unanswered, found done: " + done));
    if (done) {
      unanswered.ifPresent(act -> done(act, act.name()));
    }
    unanswered = Optional.empty();
  }

  private void done(Act act, String name) {
    switch (act.kind()) {
      case FILE -> filed(act, name);
      case AUDIT -> entries.add(act.instance());
      case MENTION -> mentions.add(act.instance());
      case DELETE -> held(act.study()).orElseThrow().status = Status.ASIDE;
      case RESTORE -> named(act.name()).status = Status.HELD;
      case PURGE -> named(act.name()).status = Status.GONE;
      case MOVE -> {
        Coming moved = held(act.study()).orElseThrow();
        moved.patient = act.patient();
        moved.moved = true;
      }
      case ERASE ->
          comings.stream()
              .filter(each -> each.patient == act.patient())
              .forEach(each -> each.status = Status.GONE);
    }
  }

  private Coming named(String name) {
    return comings.stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
  }

  private void filed(Act act, String name) {
    Coming into =
        held(act.study())
            .orElseGet(() -> {
              Coming fresh = new Coming(act.study(), act.patient(), name);
              comings.add(fresh);
              return fresh;
            });
    into.instances.put(act.instance(), act.bytes());
  }

  /// The power went: what was not waited for may be gone.
  void forgetMentions() {
    history.add("power lost");
    mentions.clear();
  }
}
