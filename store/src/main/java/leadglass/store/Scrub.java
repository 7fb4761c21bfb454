package leadglass.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads what is kept before anybody needs it: verifies every key and every seal in every pack,
/// compares packs with the catalogue, mends a damaged pack from a copy, and writes packs anew that
/// are mostly dead. A slice is done every night, so that everything was read within 30 days.
///
/// One act at a time; whoever comes second waits. Safe for use by several threads.
public interface Scrub {

  /// Where whole packs may be had, such as a backup.
  interface PackSource {
    /// The file of a pack, if there is one; it is verified before anything is done with it.
    Optional<Path> pack(String name) throws IOException;
  }

  /// Told how far it is.
  interface Progress {
    Progress NOBODY = (_, _) -> true;

    /// @return false to stop
    boolean at(long doneBytes, long ofBytes);
  }

  /// What came of it.
  ///
  /// @param finished false if it was stopped
  /// @param packs that were read to their ends
  /// @param damages that are there now, in those packs
  /// @param mended packs that are whole again
  /// @param disagreeing packs of which the catalogue says something else
  /// @param keyDamages what is wrong with the key store, in words without any value
  /// @param indexMadeAnew whether index and packs were compared, disagreed, and the index was made
  ///   anew from the packs
  record Report(
      boolean finished,
      int packs,
      long bytes,
      long liveBytes,
      long deadBytes,
      long damages,
      int mended,
      int disagreeing,
      List<String> keyDamages,
      boolean indexMadeAnew) {}

  /// What came of writing packs anew.
  record Repacked(boolean finished, int packs, long savedBytes) {}

  /// A place where something is not what was written.
  ///
  /// @param hit what was hit: a word of `docs/operating/scrub.md`
  /// @param study name of the study's key
  /// @param record its id
  record Known(
      long foundMillis,
      String pack,
      long offset,
      String hit,
      Optional<SiteId> site,
      Optional<String> study,
      Optional<String> record) {}

  /// How things stand.
  ///
  /// @param packs there are
  /// @param lastMillis when packs were verified last, 0: never
  /// @param oldestMillis when the pack was verified that was not for the longest time, 0: never
  /// @param damages known, at most 1,000 of each pack
  /// @param keyDamages things wrong with the key store when it was read last
  record State(
      int packs, long lastMillis, long oldestMillis, List<Known> damages, int keyDamages) {}

  /// Verifies every pack; then, if all are whole, compares the index with them and makes it anew if
  /// it disagrees.
  ///
  /// @param copies to mend damaged packs from
  Report all(Optional<PackSource> copies, Progress progress) throws IOException;

  /// Verifies those packs that were not for the longest time, one at least, up to so many bytes.
  Report slice(long bytes, Progress progress) throws IOException;

  /// Writes every pack anew of which more than half is dead.
  Repacked repack(Progress progress) throws IOException;

  State state();
}
