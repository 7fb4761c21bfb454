package leadglass.store;

import java.time.Duration;
import java.util.Optional;

/// What the store tells whoever runs it: counts, durations and enums, never a value of a data set.
public sealed interface StoreEvent {

  /// The store is open.
  ///
  /// @param instances held
  /// @param caughtUp instances the catalogue learnt of now
  /// @param unreadable records that are damaged or whose key is gone, among those read now
  /// @param tornBytes at the ends of packs that an earlier run did not get to acknowledge
  record Opened(Duration took, long instances, long caughtUp, long unreadable, long tornBytes)
      implements StoreEvent {}

  /// An index was missing, damaged or of other packs, and is made anew.
  record IndexRebuilt(Index index) implements StoreEvent {}

  /// Key store and registry are of the newest version now, and were read whole.
  record Upgraded() implements StoreEvent {}

  /// Something in key store or registry is damaged, perhaps since before their upgrade: the copies
  /// of what was before it stay until they read well.
  record UpgradeProofFailed() implements StoreEvent {}

  /// Nothing is taken until the store is opened again.
  record BecameReadOnly(Part part) implements StoreEvent {}

  /// New data sets are refused since the volume is too full; or taken again.
  record Storing(boolean storing, long freeBytes) implements StoreEvent {}

  /// The volume is full, and what was set aside for audit and sign-in is in use now; or set aside
  /// again.
  record Reserve(boolean setAside) implements StoreEvent {}

  /// Something in a pack is not what was written. Names and places, no values.
  ///
  /// @param hit what was hit
  /// @param study name of the study's key
  /// @param record its id
  record Damaged(
      String pack,
      long offset,
      String hit,
      Optional<SiteId> site,
      Optional<String> study,
      Optional<String> record)
      implements StoreEvent {}

  /// Something in the key store is not what was written.
  record KeysDamaged(int count) implements StoreEvent {}

  /// A pack that was damaged is whole again: a whole copy took its place.
  record Mended(String pack) implements StoreEvent {}

  /// The catalogue says something else than a pack; it is made anew at the next opening.
  record IndexDisagrees(String pack) implements StoreEvent {}

  /// Packs were verified.
  record Scrubbed(int packs, long bytes, long damages, Duration took) implements StoreEvent {}

  /// A pack was written anew without what is dead in it, or removed when all of it was.
  record Repacked(String pack, long savedBytes) implements StoreEvent {}

  /// The tree over the audit entries says something else than the packs, or than a head or
  /// checkpoint that was signed before: somebody altered one of them, or put an older one back.
  /// What was signed before is kept, and the check of the trail tells more.
  ///
  /// @param number of the first entry that is concerned, as near as it can be told
  record TrailDisagrees(long number) implements StoreEvent {}

  /// Looking after packs in the background came to nothing this time.
  record UpkeepFailed() implements StoreEvent {}

  /// The rebuildable parts.
  enum Index {
    CATALOGUE,
    SEARCH,
    TRAIL
  }

  /// What failed.
  enum Part {
    LOG,
    KEYS,
    CATALOGUE,
    SEARCH,
    REGISTRY,
    TRAIL
  }
}
