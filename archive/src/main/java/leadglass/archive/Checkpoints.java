package leadglass.archive;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.store.CheckpointNote;
import leadglass.store.Trail;

/// The signed heads of the audit trail, for whoever carries them out of the box. They tell how many
/// entries there are and nothing of any.
///
/// Safe for use by several threads.
public final class Checkpoints {
  private final Trail trail;

  Checkpoints(Trail trail) {
    this.trail = trail;
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
