package leadglass.archive;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.archive.Accounts.Known;
import leadglass.store.Registry;
import org.jspecify.annotations.Nullable;

/// Accounts whose owners lost everything they could prove them with. Asked for at the console; then
/// it takes two recovery sheets, or another administrator, or, where there is no other, 24 hours in
/// which everybody is told. What comes of it is a fresh link; the old factors, sessions and tokens
/// end with it.
///
/// Safe for use by several threads.
public final class Recoveries {

  /// How long one waits whom nobody could confirm.
  public static final Duration LONE_WAIT = Duration.ofDays(1);

  /// How long somebody may take to fetch the link, once it is theirs.
  static final Duration GOOD = Duration.ofDays(3);

  private static final Duration FORGOTTEN = Duration.ofDays(14);
  private static final String LINKED =
      "That account signs in at its provider, which has the factors. Nothing of ours is lost.";
  private static final String CONSOLE_ALONE = "Accounts are recovered at the console alone.";

  private final Parts parts;
  private final Documents<RecoveryRecord> documents;

  /// @param masterKey a copy of it, to be compared and overwritten
  record Parts(
      Registry registry,
      Accounts accounts,
      Links links,
      Sessions sessions,
      Enrolments enrolments,
      Invites invites,
      Supplier<byte[]> masterKey,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      Consumer<? super ArchiveEvent> events) {}

  Recoveries(Parts parts) {
    this.parts = parts;
    this.documents = new Documents<>(parts.registry(), RecoveryRecord.KIND, RecoveryRecord.class);
  }

  /// What came of asking.
  public sealed interface Outcome {
    /// The old factors work no more; this link makes new ones.
    record Link(Invites.Made.Link link) implements Outcome {}

    /// @param dueMillis when it needs nobody any more; empty: an administrator has to confirm it
    record Waits(Optional<Long> dueMillis) implements Outcome {}

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Outcome {}
  }

  /// A recovery that was asked for.
  ///
  /// @param askedBy who sat at the console
  /// @param dueMillis when it needs nobody any more, as things are
  public record Asked(
      String account,
      String askedBy,
      long askedMillis,
      Optional<Long> dueMillis,
      Optional<String> confirmedBy) {}

  /// Asks, or fetches the link of what was asked for before.
  public Outcome recover(Caller by, String name) throws IOException {
    Optional<Outcome> refused = refused(by);
    if (refused.isPresent()) {
      return refused.get();
    }
    ReentrantLock changes = parts.accounts().changes();
    changes.lock();
    try {
      Optional<Known> found = parts.accounts().find(name);
      if (found.isEmpty()) {
        return new Outcome.Refused(People.UNKNOWN);
      }
      if (parts.links().isLinked(found.get().key())) {
        return new Outcome.Refused(LINKED);
      }
      Known known = found.get();
      long now = parts.clock().millis();
      Optional<Documents.Kept<RecoveryRecord>> before =
          documents.find(known.key()).filter(kept -> alive(kept.document(), now));
      if (before.isEmpty()) {
        return ask(by, known, now);
      }
      RecoveryRecord asked = looked(before.get(), now);
      String why = granted(asked, now);
      return why.isEmpty() ? new Outcome.Waits(due(asked)) : done(by, known, why);
    } finally {
      changes.unlock();
    }
  }

  /// With two recovery sheets: at once.
  ///
  /// @param first a sheet as it was typed
  public Outcome recover(Caller by, String name, String first, String second) throws IOException {
    Optional<Outcome> refused = refused(by);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<String> wrong = wrong(first, second);
    if (wrong.isPresent()) {
      parts.refusals().refused(by, "recovery refused: sheets");
      return new Outcome.Refused(wrong.get());
    }
    ReentrantLock changes = parts.accounts().changes();
    changes.lock();
    try {
      Optional<Known> found = parts.accounts().find(name);
      if (found.isEmpty()) {
        return new Outcome.Refused(People.UNKNOWN);
      }
      return parts.links().isLinked(found.get().key())
          ? new Outcome.Refused(LINKED)
          : done(by, found.get(), "with two recovery sheets");
    } finally {
      changes.unlock();
    }
  }

  private Optional<Outcome> refused(Caller by) throws IOException {
    if (by instanceof Caller.Console && parts.gate().permits(by, Verb.ADMINISTER)) {
      return Optional.empty();
    }
    parts.refusals().refused(by, "recovering an account refused");
    return Optional.of(new Outcome.Refused(CONSOLE_ALONE));
  }

  private Optional<String> wrong(String first, String second) {
    return switch (EscrowSheet.read(first, second)) {
      case EscrowSheet.Reading.Wrong(String rule) -> Optional.of(rule);
      case EscrowSheet.Reading.Key(var _, var _, byte[] typed) -> {
        byte[] present = parts.masterKey().get();
        boolean opens = MessageDigest.isEqual(present, typed);
        Arrays.fill(present, (byte) 0);
        Arrays.fill(typed, (byte) 0);
        yield opens
            ? Optional.empty()
            : Optional.of(
                "These two sheets are whole, but of another key than this archive's present one.");
      }
    };
  }

  private Outcome ask(Caller by, Known known, long now) throws IOException {
    String name = known.record().name();
    @Nullable Long lone = Lone.without(parts.accounts(), known.key()) ? now : null;
    RecoveryRecord asked =
        new RecoveryRecord(name, AuditTrail.Who.of(by).name(), now, lone, null, null);
    note(by, "recovery asked for: " + name);
    long version = documents.find(known.key()).map(Documents.Kept::version).orElse(0L);
    documents.put(known.key(), version, asked);
    parts.events().accept(new ArchiveEvent.RecoveryAsked(name));
    return new Outcome.Waits(due(asked));
  }

  private static boolean alive(RecoveryRecord record, long now) {
    Long confirmed = record.confirmed();
    return confirmed == null
        ? now - record.asked() < FORGOTTEN.toMillis()
        : now - confirmed < GOOD.toMillis();
  }

  /// Notes whether somebody is there who could confirm it, from when on nobody is.
  private RecoveryRecord looked(Documents.Kept<RecoveryRecord> kept, long now) {
    RecoveryRecord record = kept.document();
    boolean lone = Lone.without(parts.accounts(), kept.key());
    if (lone == (record.loneSince() != null)) {
      return record;
    }
    RecoveryRecord after = record.lone(lone ? now : null);
    documents.put(kept.key(), kept.version(), after);
    return after;
  }

  private static Optional<Long> due(RecoveryRecord record) {
    return Optional.ofNullable(record.loneSince()).map(since -> since + LONE_WAIT.toMillis());
  }

  private static String granted(RecoveryRecord record, long now) {
    if (record.confirmedBy() != null) {
      return "confirmed by " + record.confirmedBy();
    }
    return due(record).filter(at -> at <= now).isPresent()
        ? "after 24 hours, nobody else there"
        : "";
  }

  private Outcome done(Caller by, Known known, String why) throws IOException {
    String name = known.record().name();
    note(by, "account recovered: " + name + ", " + why);
    AccountRecord.Factors none = parts.enrolments().none();
    Known emptied = known;
    while (!parts.accounts().replace(emptied, emptied.record().emptied(none))) {
      emptied = parts.accounts().find(name).orElseThrow();
    }
    parts.sessions().endAll(known.key());
    Invites.Made.Link link = parts.invites().again(by, parts.accounts().find(name).orElseThrow());
    documents.remove(known.key());
    parts.events().accept(new ArchiveEvent.Recovered(name));
    return new Outcome.Link(link);
  }

  /// Those that wait, or whose link was not fetched yet. For every person: who lost what is
  /// announced.
  public List<Asked> list(Caller by) {
    if (!(by instanceof Caller.Person) && !parts.gate().permits(by, Verb.ADMINISTER)) {
      return List.of();
    }
    long now = parts.clock().millis();
    return documents.list().stream()
        .map(Documents.Kept::document)
        .filter(each -> alive(each, now))
        .map(each ->
            new Asked(
                each.account(),
                each.askedBy(),
                each.asked(),
                due(each),
                Optional.ofNullable(each.confirmedBy())))
        .sorted(Comparator.comparing(Asked::account))
        .toList();
  }

  /// An administrator says that it is right. Nobody for themselves.
  public Ruling confirm(Caller by, String name) throws IOException {
    String key = Accounts.key(name);
    if (!(by instanceof Caller.Person person) || !parts.gate().permits(by, Verb.ADMINISTER)) {
      parts.refusals().refused(by, "confirming a recovery refused");
      return new Ruling.NotThere();
    }
    if (Accounts.key(person.name()).equals(key)) {
      parts.refusals().refused(by, "confirming one's own recovery refused");
      return new Ruling.Refused("Somebody else has to confirm it.");
    }
    long now = parts.clock().millis();
    Optional<Documents.Kept<RecoveryRecord>> kept =
        documents
            .find(key)
            .filter(each -> alive(each.document(), now) && each.document().confirmed() == null);
    if (kept.isEmpty()) {
      return new Ruling.NotThere();
    }
    note(by, "recovery confirmed: " + kept.get().document().account());
    RecoveryRecord confirmed = kept.get().document().confirmed(person.name(), now);
    return documents.put(key, kept.get().version(), confirmed)
        ? new Ruling.Done(confirmed.account())
        : new Ruling.NotThere();
  }

  /// An administrator stops it, or whoever is said to have lost everything.
  public Ruling takeBack(Caller by, String name) throws IOException {
    String key = Accounts.key(name);
    boolean own = by instanceof Caller.Person person && Accounts.key(person.name()).equals(key);
    if (!own && !parts.gate().permits(by, Verb.ADMINISTER)) {
      parts.refusals().refused(by, "stopping a recovery refused");
      return new Ruling.NotThere();
    }
    Optional<Documents.Kept<RecoveryRecord>> kept = documents.find(key);
    if (kept.isEmpty()) {
      return new Ruling.NotThere();
    }
    note(by, "recovery stopped: " + kept.get().document().account());
    documents.remove(key);
    return new Ruling.Done(Objects.requireNonNull(kept.get().document().account()));
  }

  /// Forgets what nobody came back to, and notes who is alone.
  void sweep() {
    long now = parts.clock().millis();
    for (Documents.Kept<RecoveryRecord> kept : documents.list()) {
      if (alive(kept.document(), now)) {
        looked(kept, now);
      } else {
        documents.remove(kept.key());
      }
    }
  }

  private void note(Caller by, String what) throws IOException {
    parts.trail().security(AuditTrail.Who.of(by), by.origin(), true, what);
  }
}
