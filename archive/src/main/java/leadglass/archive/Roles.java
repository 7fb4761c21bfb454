package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.archive.Accounts.Known;
import leadglass.archive.RoleRecord.Asked;
import leadglass.archive.RoleRecord.Provisional;
import leadglass.store.Registry;
import org.jspecify.annotations.Nullable;

/// Roles given and taken. Nobody gives one to themselves: another administrator confirms it, or,
/// where there is none, it waits for 72 hours in which everybody is told and anybody who
/// administers can take it back.
///
/// Safe for use by several threads.
public final class Roles {

  /// How long a role waits that one gives to oneself, with nobody to confirm it.
  public static final Duration LONE_WAIT = Duration.ofDays(3);

  /// How long a role works that was given at the console, unless its owner confirms it.
  public static final Duration CONSOLE_TTL = Duration.ofDays(1);

  private static final Duration FORGOTTEN = Duration.ofDays(14);
  private static final int NAME_BYTES = 16;
  private static final String NOT_YOURS = "You may not do this.";
  private static final Origin OWN = new Origin(Origin.Door.ARCHIVE, "archive");
  private static final AuditTrail.Who ARCHIVE = new AuditTrail.Who("archive", "", null);

  private final Parts parts;
  private final Documents<Asked> asked;

  /// What roles are given with.
  record Parts(
      Registry registry,
      Accounts accounts,
      Provisionals provisionals,
      Sessions sessions,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      SecureRandom random) {}

  Roles(Parts parts) {
    this.parts = parts;
    this.asked = new Documents<>(parts.registry(), Asked.KIND, Asked.class);
  }

  /// What came of giving one.
  public sealed interface Given {
    /// @param endsMillis when it ends unless its owner confirms it
    record Done(Optional<Long> endsMillis) implements Given {}

    /// Somebody else has to confirm it.
    ///
    /// @param dueMillis when it needs nobody any more; empty while there is another administrator
    record Waits(Optional<Long> dueMillis) implements Given {}

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Given {}
  }

  /// A role that somebody wants for themselves.
  ///
  /// @param name of the request
  public record Request(
      String name,
      String account,
      Role role,
      String askedBy,
      long askedMillis,
      Optional<Long> dueMillis) {}

  /// A role of one's own that ends unless one confirms it.
  public record Unconfirmed(Role role, String by, long endsMillis) {}

  /// Gives a role; asks for it, where it would be one's own.
  public Given give(Caller by, String name, Role role) throws IOException {
    if (!parts.gate().permits(by, Verb.ADMINISTER)) {
      parts.refusals().refused(by, "giving a role refused");
      return new Given.Refused(NOT_YOURS);
    }
    ReentrantLock changes = parts.accounts().changes();
    changes.lock();
    try {
      Optional<Known> found = parts.accounts().find(name).filter(Known::enabled);
      if (found.isEmpty()) {
        return new Given.Refused("There is no enabled account of that name.");
      }
      Known known = found.get();
      if (known.roles().contains(role)) {
        return new Given.Refused("They have that role already.");
      }
      // Who sits at the console may be any administrator, so for them it is as if they asked.
      boolean own =
          switch (by) {
            case Caller.Person person -> Accounts.key(person.name()).equals(known.key());
            case Caller.Console _ -> known.record().administers();
            case Caller.Stranger _,
                Caller.Program _,
                Caller.Device _,
                Caller.Share _,
                Caller.Patient _ ->
                true;
          };
      return own ? ask(by, known, role) : give(by, known, role);
    } finally {
      changes.unlock();
    }
  }

  private Given give(Caller by, Known known, Role role) throws IOException {
    String account = known.record().name();
    String what = "role given: " + role.word() + " to " + account;
    if (!(by instanceof Caller.Console)) {
      note(by, what);
      grant(known, role);
      return new Given.Done(Optional.empty());
    }
    long ends = parts.clock().millis() + CONSOLE_TTL.toMillis();
    note(by, what + ", for 24 hours unless confirmed");
    // First, so that cut off in between it still ends.
    parts
        .provisionals()
        .put(new Provisional(account, role.word(), AuditTrail.Who.of(by).name(), ends));
    grant(known, role);
    return new Given.Done(Optional.of(ends));
  }

  private Given ask(Caller by, Known known, Role role) throws IOException {
    String account = known.record().name();
    if (requests().stream()
        .anyMatch(each ->
            each.document().role().equals(role.word())
                && Accounts.key(each.document().account()).equals(known.key()))) {
      return new Given.Refused("That role is asked for already.");
    }
    long now = parts.clock().millis();
    @Nullable Long lone = Lone.without(parts.accounts(), known.key()) ? now : null;
    note(by, "role asked for: " + role.word() + " for " + account);
    byte[] name = new byte[NAME_BYTES];
    parts.random().nextBytes(name);
    Asked record = new Asked(account, role.word(), AuditTrail.Who.of(by).name(), now, lone);
    asked.put(HexFormat.of().formatHex(name), 0, record);
    return new Given.Waits(due(record));
  }

  private static Optional<Long> due(Asked record) {
    return Optional.ofNullable(record.loneSince()).map(since -> since + LONE_WAIT.toMillis());
  }

  private void grant(Known known, Role role) {
    change(
        known,
        record -> {
          List<String> more = new ArrayList<>(record.roles());
          if (!more.contains(role.word())) {
            more.add(role.word());
          }
          return record.allowed(more, record.enabled(), record.lastStep());
        });
  }

  private void change(Known known, java.util.function.UnaryOperator<AccountRecord> change) {
    Known now = known;
    while (!parts.accounts().replace(now, change.apply(now.record()))) {
      now = parts.accounts().find(known.key()).orElseThrow();
    }
  }

  /// Takes a role. The last administrator keeps theirs, and everybody one.
  ///
  /// @return a rule if it was refused
  public Optional<String> take(Caller by, String name, Role role) throws IOException {
    if (!parts.gate().permits(by, Verb.ADMINISTER)) {
      parts.refusals().refused(by, "taking a role refused");
      return Optional.of(NOT_YOURS);
    }
    ReentrantLock changes = parts.accounts().changes();
    changes.lock();
    try {
      Optional<Known> found = parts.accounts().find(name);
      if (found.isEmpty() || !found.get().roles().contains(role)) {
        return Optional.of("There is no account of that name with that role.");
      }
      Known known = found.get();
      boolean last =
          role == Role.ADMINISTRATOR
              && parts.provisionals().administersForGood(known)
              && parts.accounts().list().stream()
                      .filter(parts.provisionals()::administersForGood)
                      .count()
                  == 1;
      if (last) {
        return Optional.of(People.LAST);
      }
      boolean others =
          known.roles().stream()
              .filter(each -> each != role)
              .anyMatch(each -> parts.provisionals().find(known.key(), each).isEmpty());
      if (!others) {
        return Optional.of("That is their only role. Disable the account instead.");
      }
      note(by, "role taken: " + role.word() + " of " + known.record().name());
      drop(known, role.word());
      return Optional.empty();
    } finally {
      changes.unlock();
    }
  }

  /// A session that wears it ends with the next request.
  private void drop(Known known, String role) {
    change(
        known,
        record ->
            record.allowed(
                record.roles().stream().filter(each -> !each.equals(role)).toList(),
                record.enabled(),
                record.lastStep()));
    parts.provisionals().remove(known.key(), role);
  }

  private List<Documents.Kept<Asked>> requests() {
    long now = parts.clock().millis();
    return asked.list().stream()
        .filter(kept -> now - kept.document().asked() < FORGOTTEN.toMillis())
        .toList();
  }

  /// What waits, the oldest first. For every person: it is announced.
  public List<Request> requests(Caller by) {
    if (!(by instanceof Caller.Person) && !parts.gate().permits(by, Verb.ADMINISTER)) {
      return List.of();
    }
    return requests().stream()
        .map(kept ->
            new Request(
                kept.key(),
                kept.document().account(),
                Role.of(kept.document().role()).orElseThrow(),
                kept.document().askedBy(),
                kept.document().asked(),
                due(kept.document())))
        .sorted(Comparator.comparingLong(Request::askedMillis))
        .toList();
  }

  /// Another administrator says that it is right.
  ///
  /// @param request its name
  public Ruling confirm(Caller by, String request) throws IOException {
    if (!(by instanceof Caller.Person person) || !parts.gate().permits(by, Verb.ADMINISTER)) {
      parts.refusals().refused(by, "confirming a role refused");
      return new Ruling.NotThere();
    }
    ReentrantLock changes = parts.accounts().changes();
    changes.lock();
    try {
      Optional<Asked> found = found(request);
      if (found.isEmpty()) {
        return new Ruling.NotThere();
      }
      String account = found.get().account();
      if (Accounts.key(account).equals(Accounts.key(person.name()))) {
        parts.refusals().refused(by, "confirming one's own role refused");
        return new Ruling.Refused("Somebody else has to confirm it.");
      }
      note(by, "role confirmed: " + found.get().role() + " for " + account);
      return granted(request, found.get());
    } finally {
      changes.unlock();
    }
  }

  private Optional<Asked> found(String request) {
    return requests().stream()
        .filter(kept -> kept.key().equals(request))
        .map(Documents.Kept::document)
        .findFirst();
  }

  private Ruling granted(String request, Asked record) {
    Optional<Known> known = parts.accounts().find(record.account()).filter(Known::enabled);
    Optional<Role> role = Role.of(record.role());
    if (known.isPresent() && role.isPresent()) {
      grant(known.get(), role.get());
    }
    asked.remove(request);
    return known.isPresent() ? new Ruling.Done(record.account()) : new Ruling.NotThere();
  }

  /// Whoever administers takes it back, whoever asked.
  public Ruling takeBack(Caller by, String request) throws IOException {
    if (!parts.gate().permits(by, Verb.ADMINISTER)) {
      parts.refusals().refused(by, "taking a request back refused");
      return new Ruling.NotThere();
    }
    Optional<Asked> found = found(request);
    if (found.isEmpty()) {
      return new Ruling.NotThere();
    }
    note(by, "request taken back: " + found.get().role() + " for " + found.get().account());
    asked.remove(request);
    return new Ruling.Done(found.get().account());
  }

  /// Roles of one's own that end unless one confirms them.
  public List<Unconfirmed> unconfirmed(Caller.Person person) {
    String key = Accounts.key(person.name());
    return parts.provisionals().list().stream()
        .filter(each -> Accounts.key(each.account()).equals(key))
        .map(each -> new Unconfirmed(Role.of(each.role()).orElseThrow(), each.by(), each.ends()))
        .toList();
  }

  /// Its owner confirms a role that was given at the console.
  ///
  /// @param secret of a session in which a factor was proved within the last five minutes
  public Ruling keep(Caller.Person person, String secret, Role role) throws IOException {
    if (!parts.sessions().fresh(secret)) {
      parts.refusals().refused(person, "confirming a role refused: no fresh factor");
      return new Ruling.Refused(StepUps.FRESH_NEEDED);
    }
    ReentrantLock changes = parts.accounts().changes();
    changes.lock();
    try {
      if (parts
          .provisionals()
          .find(person.name(), role)
          .filter(each -> each.ends() > parts.clock().millis())
          .isEmpty()) {
        return new Ruling.NotThere();
      }
      note(person, "role confirmed by its owner: " + role.word());
      parts.provisionals().remove(person.name(), role.word());
      return new Ruling.Done(role.word());
    } finally {
      changes.unlock();
    }
  }

  /// Somebody was disabled: what they asked for goes with them.
  void left(String name) {
    String key = Accounts.key(name);
    for (Documents.Kept<Asked> kept : asked.list()) {
      if (Accounts.key(kept.document().account()).equals(key)) {
        asked.remove(kept.key());
      }
    }
  }

  /// Does what is due; called every minute, and when the archive opens.
  void sweep() throws IOException {
    ReentrantLock changes = parts.accounts().changes();
    changes.lock();
    try {
      long now = parts.clock().millis();
      end(now);
      for (Documents.Kept<Asked> kept : asked.list()) {
        Asked record = kept.document();
        if (now - record.asked() >= FORGOTTEN.toMillis()) {
          asked.remove(kept.key());
          continue;
        }
        boolean lone = Lone.without(parts.accounts(), Accounts.key(record.account()));
        if (lone != (record.loneSince() != null)) {
          asked.put(kept.key(), kept.version(), record.lone(lone ? now : null));
        } else if (due(record).filter(at -> at <= now).isPresent()) {
          parts
              .trail()
              .security(
                  ARCHIVE,
                  OWN,
                  true,
                  "role given after 72 hours: " + record.role() + " to " + record.account());
          granted(kept.key(), record);
        }
      }
    } finally {
      changes.unlock();
    }
  }

  private void end(long now) throws IOException {
    for (Provisional each : parts.provisionals().list()) {
      if (each.ends() > now) {
        continue;
      }
      parts
          .trail()
          .security(
              ARCHIVE,
              OWN,
              true,
              "role ended, nobody confirmed it: " + each.role() + " of " + each.account());
      Optional<Known> known = parts.accounts().find(each.account());
      if (known.isPresent()) {
        drop(known.get(), each.role());
      } else {
        parts.provisionals().remove(each.account(), each.role());
      }
    }
  }

  private void note(Caller by, String what) throws IOException {
    parts.trail().security(AuditTrail.Who.of(by), by.origin(), true, what);
  }
}
