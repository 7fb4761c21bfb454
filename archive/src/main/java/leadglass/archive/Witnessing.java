package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.store.CheckpointNote;
import leadglass.store.Store;
import leadglass.store.Trail;

/// Keeps the newest checkpoint of other archives' trails, and takes none that contradicts it: their
/// past can't be bent any more without somebody else noticing. It learns how many entries they
/// have, and nothing of any.
///
/// Safe for use by several threads.
public final class Witnessing {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int PEERS_MAX = 100;
  private static final int KEYS_MAX = 4;
  private static final int TRIES_MAX = 16;
  private static final String NAMES = "[A-Za-z0-9][A-Za-z0-9.-]{0,63}";

  private final Documents<WitnessedRecord> documents;
  private final Trail trail;
  private final Gate gate;
  private final SecurityTrail security;
  private final Refusals refusals;
  private final InstantSource clock;
  private final Consumer<? super ArchiveEvent> events;

  private Witnessing(
      Documents<WitnessedRecord> documents,
      Trail trail,
      Gate gate,
      SecurityTrail security,
      Refusals refusals,
      InstantSource clock,
      Consumer<? super ArchiveEvent> events) {
    this.documents = documents;
    this.trail = trail;
    this.gate = gate;
    this.security = security;
    this.refusals = refusals;
    this.clock = clock;
    this.events = events;
  }

  static Witnessing of(
      Store store,
      Gate gate,
      SecurityTrail security,
      Refusals refusals,
      InstantSource clock,
      Consumer<? super ArchiveEvent> events) {
    Documents<WitnessedRecord> documents =
        new Documents<>(store.registry(), WitnessedRecord.KIND, WitnessedRecord.class);
    return new Witnessing(documents, store.trail(), gate, security, refusals, clock, events);
  }

  /// What a checkpoint is answered.
  public sealed interface Answer {
    /// It goes on from what was seen before, and is kept.
    ///
    /// @param line the cosignature, a signature line of the note
    record Cosigned(String line) implements Answer {}

    /// Not what was asked about: the witness has a checkpoint of another size, or another tree of
    /// the same size.
    record Conflict(long size) implements Answer {}

    /// The proof does not show that everything seen before is still there.
    record Inconsistent() implements Answer {}

    /// No request of that form.
    record Malformed() implements Answer {}

    /// No key that is known here signed it.
    record UnknownKey() implements Answer {}

    /// Nobody made that trail known here, or whoever asks may not.
    record UnknownTrail() implements Answer {}
  }

  /// Another archive's trail.
  ///
  /// @param origin what it calls itself
  /// @param size entries of the newest checkpoint; 0 before there was one
  /// @param seenMillis when that came
  /// @param wrongMillis when one came last that contradicts what came before; empty: never
  /// @param why the rule that one broke
  public record Peer(
      String name,
      String origin,
      long addedMillis,
      long size,
      Optional<Long> seenMillis,
      Optional<Long> wrongMillis,
      String why) {}

  /// Takes a checkpoint, and has it on stable storage when it returns.
  ///
  /// @param body of the request, at most [WitnessRequest#BYTES_MAX] bytes
  public Answer add(Caller by, byte[] body) throws IOException {
    if (!gate.permits(by, Verb.WITNESS)) {
      refusals.refused(by, "having a checkpoint witnessed refused");
      return new Answer.UnknownTrail();
    }
    Optional<WitnessRequest> request = WitnessRequest.parse(body);
    Optional<String> origin = request.flatMap(each -> CheckpointNote.origin(each.note()));
    if (request.isEmpty() || origin.isEmpty()) {
      return new Answer.Malformed();
    }
    for (int i = 0; i < TRIES_MAX; i++) {
      Optional<Documents.Kept<WitnessedRecord>> kept = documents.find(origin.get());
      if (kept.isEmpty()) {
        refusals.refused(by, "checkpoint refused: of a trail that nobody made known here");
        return new Answer.UnknownTrail();
      }
      Optional<Answer> answer = answer(by, kept.get(), request.get());
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return new Answer.Conflict(
        documents.find(origin.get()).map(each -> each.document().size()).orElse(0L));
  }

  /// @return empty if another checkpoint came in between
  private Optional<Answer> answer(
      Caller by, Documents.Kept<WitnessedRecord> kept, WitnessRequest request) throws IOException {
    WitnessedRecord known = kept.document();
    Optional<CheckpointNote> note = CheckpointNote.read(request.note(), known.keys());
    if (note.isEmpty()) {
      refusals.refused(by, "checkpoint refused: not signed by the trail of " + known.name());
      return Optional.of(new Answer.UnknownKey());
    }
    CheckpointNote fresh = note.get();
    if (request.old() > fresh.size() && known.size() <= fresh.size()) {
      return Optional.of(new Answer.Malformed());
    }
    if (fresh.size() < known.size()) {
      contradicted(by, kept, "it covers fewer entries than before");
      return Optional.of(new Answer.Conflict(known.size()));
    }
    if (request.old() != known.size()) {
      return Optional.of(new Answer.Conflict(known.size()));
    }
    if (known.note() != null) {
      CheckpointNote before = CheckpointNote.read(known.note(), known.keys()).orElseThrow();
      if (!before.isBeginningOf(fresh, request.proof())) {
        contradicted(by, kept, "what it covered before was changed");
        return Optional.of(
            before.size() == fresh.size()
                ? new Answer.Conflict(known.size())
                : new Answer.Inconsistent());
      }
    } else if (!request.proof().isEmpty()) {
      return Optional.of(new Answer.Inconsistent());
    }
    return cosigned(kept, request.note(), fresh.size());
  }

  private Optional<Answer> cosigned(Documents.Kept<WitnessedRecord> kept, String note, long size) {
    long now = clock.millis();
    String line = trail.cosign(note, Math.max(0, now / 1000));
    WitnessedRecord saw = kept.document().saw(size, note + line, now);
    return documents.put(kept.key(), kept.version(), saw)
        ? Optional.of(new Answer.Cosigned(line))
        : Optional.empty();
  }

  /// Somebody has to look at it: it is no slip of a program.
  private void contradicted(Caller by, Documents.Kept<WitnessedRecord> kept, String rule)
      throws IOException {
    String name = kept.document().name();
    refusals.refused(
        by, "checkpoint refused: the trail of " + name + " contradicts itself, " + rule);
    long now = clock.millis();
    if (Math.abs(now - kept.document().wrong()) >= MINUTE.toMillis()) {
      events.accept(new ArchiveEvent.WitnessedTrailFailed(name));
      documents.put(kept.key(), kept.version(), kept.document().contradicted(now, rule));
    }
  }

  /// Makes another archive's trail known: its checkpoints are taken from now on.
  ///
  /// @param name what it is called here
  /// @param keys verifier keys, as they stand in its file `trail/keys`
  /// @return a rule if it was refused
  public Optional<String> add(Caller by, String name, List<String> keys) throws IOException {
    if (!gate.permits(by, Verb.OPERATE)) {
      refusals.refused(by, "making another trail known refused");
      return Optional.of("You may not do this.");
    }
    if (!name.matches(NAMES)) {
      return Optional.of("A name has 1 to 64 letters, digits, dots and hyphens.");
    }
    Optional<String> origin =
        keys.isEmpty() || keys.size() > KEYS_MAX ? Optional.empty() : CheckpointNote.trail(keys);
    if (origin.isEmpty() || new HashSet<>(keys).size() != keys.size()) {
      return Optional.of("Those are not the keys of a trail: copy its file trail/keys.");
    }
    if (CheckpointNote.trail(trail.keys()).equals(origin)) {
      return Optional.of("That is this archive's own trail; nobody is their own witness.");
    }
    List<Documents.Kept<WitnessedRecord>> all = documents.list();
    if (all.size() >= PEERS_MAX) {
      return Optional.of("There are " + PEERS_MAX + " of them; remove one first.");
    }
    if (all.stream().anyMatch(each -> each.document().name().equals(name))
        || documents.find(origin.get()).isPresent()) {
      return Optional.of("That name or that trail is known already.");
    }
    security.security(
        AuditTrail.Who.of(by),
        by.origin(),
        true,
        "checkpoints taken from now on: of the trail of " + name + ", " + origin.get());
    WitnessedRecord record =
        new WitnessedRecord(name, origin.get(), keys, clock.millis(), 0, null, 0, 0, null);
    return documents.put(origin.get(), 0, record)
        ? Optional.empty()
        : Optional.of("That name or that trail is known already.");
  }

  /// Forgets another archive's trail, and what was seen of it.
  public Ruling remove(Caller by, String name) throws IOException {
    if (!gate.permits(by, Verb.OPERATE)) {
      refusals.refused(by, "forgetting another trail refused");
      return new Ruling.NotThere();
    }
    Optional<Documents.Kept<WitnessedRecord>> kept = named(name);
    if (kept.isEmpty()) {
      return new Ruling.NotThere();
    }
    security.security(
        AuditTrail.Who.of(by),
        by.origin(),
        true,
        "checkpoints not taken any more: of the trail of "
            + kept.get().document().name()
            + ", at "
            + kept.get().document().size()
            + " entries");
    documents.remove(kept.get().key());
    return new Ruling.Done(name);
  }

  private Optional<Documents.Kept<WitnessedRecord>> named(String name) {
    return documents.list().stream()
        .filter(each -> each.document().name().equals(name))
        .findFirst();
  }

  /// The newest checkpoint that was taken of a trail, with this archive's cosignature; empty if
  /// there is none, or for whoever may not know.
  public Optional<String> kept(Caller by, String name) {
    return gate.permits(by, Verb.OPERATE)
        ? named(name).flatMap(each -> Optional.ofNullable(each.document().note()))
        : Optional.empty();
  }

  /// All of them by name; empty for whoever may not know.
  public List<Peer> peers(Caller by) {
    return gate.permits(by, Verb.OPERATE)
        ? documents.list().stream()
            .map(each -> peer(each.document()))
            .sorted(Comparator.comparing(Peer::name))
            .toList()
        : List.of();
  }

  private static Peer peer(WitnessedRecord each) {
    return new Peer(
        each.name(),
        each.origin(),
        each.added(),
        each.size(),
        Optional.of(each.seen()).filter(at -> at != 0),
        Optional.of(each.wrong()).filter(at -> at != 0),
        each.why() == null ? "" : each.why());
  }

  /// What its cosignatures are checked with, for whoever asks for them; not secret.
  public String key() {
    return trail.cosigningKey();
  }
}
