package leadglass.archive;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import leadglass.store.Registry;

/// What a site decides about the life of its studies, besides [Retention].
///
/// Safe for use by several threads.
public final class SiteRules {
  static final int GRACE_DAYS_DEFAULT = 7;
  private static final int GRACE_DAYS_MAX = 30;
  private static final String KEY = "lifecycle";

  /// What is done with an instance whose SOP Instance UID another one has.
  public enum Conflicts {
    /// It is refused, and the sender hears of it.
    REFUSE,
    /// It is kept apart until somebody decides.
    QUARANTINE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param graceDays of an erasure, 1 to 30
  record Rules(int graceDays, Conflicts conflicts) {}

  private final Custody custody;
  private final Documents<Rules> documents;
  private volatile Rules rules;
  private long version;

  SiteRules(Custody custody, Registry registry) {
    this.custody = custody;
    this.documents = new Documents<>(registry, "site-rules", Rules.class);
    Optional<Documents.Kept<Rules>> kept = documents.find(KEY);
    this.rules =
        kept.map(Documents.Kept::document).orElse(new Rules(GRACE_DAYS_DEFAULT, Conflicts.REFUSE));
    this.version = kept.map(Documents.Kept::version).orElse(0L);
  }

  /// Days between the second person's word and an erasure.
  public int graceDays() {
    return rules.graceDays();
  }

  public Conflicts conflicts() {
    return rules.conflicts();
  }

  /// Of erasures confirmed from now on.
  public Ruling setGraceDays(Caller by, int days) throws IOException {
    if (days < 1 || days > GRACE_DAYS_MAX) {
      return new Ruling.Refused("An erasure can be taken back for 1 to 30 days.");
    }
    return set(by, new Rules(days, rules.conflicts()), "days of grace of an erasure: " + days);
  }

  public Ruling setConflicts(Caller by, Conflicts conflicts) throws IOException {
    return set(
        by, new Rules(rules.graceDays(), conflicts), "conflicting instances: " + conflicts.word());
  }

  private Ruling set(Caller by, Rules next, String detail) throws IOException {
    if (!custody.permits(by, Verb.ADMINISTER, "setting a site's rule")) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      custody.write(by, Act.POLICY, detail, Optional.empty());
      if (!documents.put(KEY, version, next)) {
        return new Ruling.Refused("Somebody else changed the rules just now. Look at them again.");
      }
      version++;
      rules = next;
      return new Ruling.Done(KEY);
    } finally {
      custody.acts().unlock();
    }
  }
}
