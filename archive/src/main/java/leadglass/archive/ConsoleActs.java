package leadglass.archive;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.Registry;

/// What was done at the console: each act stands on the front page until an administrator says that
/// they have seen it. The same act by the same user is counted.
///
/// Safe for use by several threads.
public final class ConsoleActs {

  /// More different ones are counted together; the audit trail has each.
  static final int APART_MAX = 1_000;

  private static final String MORE = "other acts; the audit trail has each";
  private static final String BACKUP_MADE = "backup made";
  private static final int KEY_BYTES = 16;

  private final Documents<ActRecord> documents;
  private final Registry registry;
  private final Gate gate;
  private final InstantSource clock;
  private final SecurityTrail trail;
  private final ReentrantLock lock = new ReentrantLock();

  /// @param what words of the audit trail
  record ActRecord(String osUser, String what, long first, long last, long count) {
    static final String KIND = "console-act";

    ActRecord again(long at) {
      return new ActRecord(osUser, what, first, Math.max(last, at), count + 1);
    }

    @Override
    public String toString() {
      return "ActRecord[]";
    }
  }

  /// @param trail is not watched itself: who has a session is not at the console
  ConsoleActs(Registry registry, Gate gate, InstantSource clock, SecurityTrail trail) {
    this.registry = registry;
    this.documents = new Documents<>(registry, ActRecord.KIND, ActRecord.class);
    this.gate = gate;
    this.clock = clock;
    this.trail = trail;
  }

  /// An act that nobody has said they have seen.
  ///
  /// @param name of it
  /// @param count how often
  public record Seen(
      String name, String osUser, String what, long firstMillis, long lastMillis, long count) {}

  /// Something was written to the trail. Before there is an administrator nobody could be told.
  void noticed(AuditTrail.Who who, String what) {
    if (!who.kind().equals("console") || registry.find("site", "site").isEmpty()) {
      return;
    }
    // Every night's has a name of its own, and they are one to whoever looks.
    String words = what.startsWith(BACKUP_MADE) ? BACKUP_MADE : what;
    lock.lock();
    try {
      String key = key(who.name(), words);
      Optional<Documents.Kept<ActRecord>> before = documents.find(key);
      if (before.isEmpty() && documents.list().size() >= APART_MAX) {
        words = MORE;
        key = key(who.name(), words);
        before = documents.find(key);
      }
      long now = clock.millis();
      ActRecord after =
          before.isPresent()
              ? before.get().document().again(now)
              : new ActRecord(who.name(), words, now, now, 1);
      documents.put(key, before.map(Documents.Kept::version).orElse(0L), after);
    } finally {
      lock.unlock();
    }
  }

  private static String key(String osUser, String what) {
    byte[] hash = Encodings.sha256(Encodings.utf8(osUser + "\n" + what));
    return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
  }

  /// The newest first; empty for whoever has nothing to say about them.
  public List<Seen> list(Caller by) {
    boolean told = gate.permits(by, Verb.ADMINISTER) || gate.couldWear(by, Verb.ADMINISTER);
    return told
        ? documents.list().stream()
            .map(kept -> {
              ActRecord act = kept.document();
              return new Seen(
                  kept.key(), act.osUser(), act.what(), act.first(), act.last(), act.count());
            })
            .sorted(Comparator.comparingLong(Seen::lastMillis).reversed())
            .toList()
        : List.of();
  }

  /// An administrator has seen an act as it was when they looked; one that was done again since
  /// stays.
  ///
  /// @param count how often they saw it was done
  public Ruling acknowledge(Caller by, String name, long count) throws IOException {
    if (!(by instanceof Caller.Person) || !gate.permits(by, Verb.ADMINISTER)) {
      return new Ruling.NotThere();
    }
    lock.lock();
    try {
      Optional<ActRecord> act =
          documents.find(name).map(Documents.Kept::document).filter(each -> each.count() == count);
      if (act.isEmpty()) {
        return new Ruling.NotThere();
      }
      String what = "seen what was done at the console by " + act.get().osUser() + ": ";
      trail.security(AuditTrail.Who.of(by), by.origin(), true, what + act.get().what());
      documents.remove(name);
      return new Ruling.Done(name);
    } finally {
      lock.unlock();
    }
  }
}
