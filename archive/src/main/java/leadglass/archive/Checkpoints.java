package leadglass.archive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import leadglass.store.CheckpointNote;
import leadglass.store.Trail;

/// The signed heads of the audit trail, for whoever carries them out of the box. They tell how many
/// entries there are and nothing of any.
///
/// Safe for use by several threads.
public final class Checkpoints {
  private final Trail trail;
  private final Gate gate;
  private final SecurityTrail security;

  Checkpoints(Trail trail, Gate gate, SecurityTrail security) {
    this.trail = trail;
    this.gate = gate;
    this.security = security;
  }

  /// What an earlier checkpoint is to a later one.
  public enum Earlier {
    /// Everything it covers is there, unchanged.
    BEGINNING,
    /// It is no checkpoint of this trail.
    ANOTHERS,
    /// The trail is not what it was: something was changed, or put back.
    CONTRADICTED
  }

  /// Tells every new checkpoint, one after the other; whoever takes them must come back soon.
  public void carry(Consumer<String> carrier) {
    trail.onCheckpoint(carrier);
  }

  /// The newest one there is.
  public String newest() {
    return trail.checkpoint();
  }

  /// One over every entry there is; empty for whoever may not read the trail.
  public Optional<String> now(Caller by) throws IOException {
    return gate.permits(by, Verb.READ_AUDIT)
        ? Optional.of(trail.checkpointNow())
        : Optional.empty();
  }

  /// How many entries a checkpoint of this trail covers; empty if it is none.
  public OptionalLong size(String note) {
    return CheckpointNote.read(note, trail.keys())
        .map(each -> OptionalLong.of(each.size()))
        .orElse(OptionalLong.empty());
  }

  /// When a checkpoint of this trail was made; empty if it is none.
  public OptionalLong millis(String note) {
    return CheckpointNote.read(note, trail.keys())
        .map(each -> OptionalLong.of(each.millis()))
        .orElse(OptionalLong.empty());
  }

  /// Whether a checkpoint of this trail has the cosignature of a witness too.
  ///
  /// @param key the witness's verifier key
  public boolean cosigned(String note, String key) {
    List<String> keys = List.of(key);
    boolean anothers = CheckpointNote.trail(keys).isEmpty(); // a trail's own key cosigns nothing
    return anothers && size(note).isPresent() && CheckpointNote.read(note, keys).isPresent();
  }

  /// What a witness is asked about a checkpoint of this trail.
  ///
  /// @param old entries that the witness has; at most those of the checkpoint
  public WitnessRequest request(String note, long old) throws IOException {
    long size = size(note).orElseThrow(() -> new IllegalArgumentException("no checkpoint of ours"));
    return new WitnessRequest(old, trail.consistency(old, size), note);
  }

  /// A witness says that this trail is not what it was: written down, for whoever reads the trail
  /// where it is sent to.
  public void contradicted(Caller by, String witness) throws IOException {
    security.security(
        AuditTrail.Who.of(by),
        by.origin(),
        false,
        "checkpoint refused by the witness " + witness + ": this trail contradicts itself");
  }

  /// @param earlier signed note, as it was kept elsewhere
  /// @param now the newest one
  public Earlier compare(String earlier, String now) throws IOException {
    Optional<CheckpointNote> then = CheckpointNote.read(earlier, trail.keys());
    Optional<CheckpointNote> latest = CheckpointNote.read(now, trail.keys());
    if (then.isEmpty() || latest.isEmpty()) {
      return Earlier.ANOTHERS;
    }
    if (then.get().size() > latest.get().size()) {
      return Earlier.CONTRADICTED;
    }
    boolean begins =
        then.get()
            .isBeginningOf(latest.get(), trail.consistency(then.get().size(), latest.get().size()));
    return begins ? Earlier.BEGINNING : Earlier.CONTRADICTED;
  }
}
