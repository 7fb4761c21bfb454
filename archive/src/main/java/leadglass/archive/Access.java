package leadglass.archive;

import java.util.Optional;
import leadglass.store.Audit;

/// What somebody did with one study in one visit, as the entry that opened it and the one that
/// closed it tell.
///
/// @param number of the entry that opened it
/// @param first that entry
/// @param about whose study
/// @param lastMillis of its last entry
/// @param instances asked for
/// @param frames and `bytes`: what went out of the store; empty where the visit goes on, or was cut
///   short
record Access(
    long number,
    AuditEntry first,
    Audit.About about,
    long lastMillis,
    long instances,
    Optional<Long> frames,
    Optional<Long> bytes) {

  /// Whether images, or previews of them, went out.
  boolean isOfImages() {
    return first.act() == Act.RETRIEVED || first.act() == Act.PREVIEWED;
  }

  @Override
  public String toString() {
    return "Access[" + number + "]";
  }
}
