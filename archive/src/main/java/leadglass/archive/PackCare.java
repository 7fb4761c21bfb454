package leadglass.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import leadglass.store.Scrub;

/// What an administrator can have done for the packs besides what is done every night: all of them
/// verified, damaged ones mended from a backup, and those that are mostly dead written anew.
public final class PackCare {
  private final Scrub scrub;
  private final Gate gate;
  private final SecurityTrail trail;

  PackCare(Scrub scrub, Gate gate, SecurityTrail trail) {
    this.scrub = scrub;
    this.gate = gate;
    this.trail = trail;
  }

  /// Told how far it is.
  public interface Told {
    void at(long doneBytes, long ofBytes);
  }

  /// A place where something is not what was written.
  ///
  /// @param hit what was hit, a word of `docs/operating/scrub.md`
  /// @param site whose it is, empty if it can't be told
  /// @param study pseudonym of the study, likewise
  /// @param record its id, likewise
  public record Damage(
      long foundMillis,
      String pack,
      long offset,
      String hit,
      String site,
      String study,
      String record) {

    private static Damage of(Scrub.Known known) {
      return new Damage(
          known.foundMillis(),
          known.pack(),
          known.offset(),
          known.hit(),
          known.site().map(site -> site.value()).orElse(""),
          known.study().orElse(""),
          known.record().orElse(""));
    }
  }

  /// What came of verifying.
  ///
  /// @param finished false if the archive was stopped meanwhile
  /// @param mended packs that are whole again
  /// @param disagreeing packs of which the index said something else
  /// @param indexMadeAnew whether it was made anew from the packs for that; not while any is
  ///   damaged
  /// @param keyDamages what is wrong with the key store, in words
  /// @param damages there are now
  public record Verified(
      boolean finished,
      int packs,
      long bytes,
      long deadBytes,
      int mended,
      int disagreeing,
      boolean indexMadeAnew,
      List<String> keyDamages,
      List<Damage> damages) {

    /// Whether everything was read and is what was written.
    public boolean whole() {
      return finished && damages.isEmpty() && keyDamages.isEmpty();
    }
  }

  /// What came of writing packs anew.
  public record Shrunk(boolean finished, int packs, long savedBytes) {}

  /// How things stand.
  ///
  /// @param lastMillis when packs were verified last, 0: never
  /// @param oldestMillis when the pack was that was not for the longest time, 0: never
  public record State(int packs, long lastMillis, long oldestMillis, int damages) {}

  /// Verifies every pack; empty if `caller` may not.
  ///
  /// @param backup where whole packs may be had: what `leadglass backup` wrote
  public Optional<Verified> verify(Caller caller, Optional<Path> backup, Told told)
      throws IOException {
    if (!gate.permits(caller, Verb.OPERATE)) {
      return Optional.empty();
    }
    Scrub.Report report = scrub.all(backup.map(PackCare::source), progress(told));
    List<Damage> damages = scrub.state().damages().stream().map(Damage::of).toList();
    int count = damages.size() + report.keyDamages().size();
    note(caller, count == 0, "packs and keys verified: " + count + " damages");
    return Optional.of(
        new Verified(
            report.finished(),
            report.packs(),
            report.bytes(),
            report.deadBytes(),
            report.mended(),
            report.disagreeing(),
            report.indexMadeAnew(),
            report.keyDamages(),
            damages));
  }

  /// Writes packs anew of which more than half is dead; empty if `caller` may not.
  public Optional<Shrunk> shrink(Caller caller, Told told) throws IOException {
    if (!gate.permits(caller, Verb.OPERATE)) {
      return Optional.empty();
    }
    Scrub.Repacked done = scrub.repack(progress(told));
    note(caller, true, "packs written anew: " + done.packs());
    return Optional.of(new Shrunk(done.finished(), done.packs(), done.savedBytes()));
  }

  State state() {
    Scrub.State now = scrub.state();
    return new State(
        now.packs(), now.lastMillis(), now.oldestMillis(), now.damages().size() + now.keyDamages());
  }

  private void note(Caller caller, boolean success, String detail) throws IOException {
    trail.security(AuditTrail.Who.of(caller), caller.origin(), success, detail);
  }

  private static Scrub.Progress progress(Told told) {
    return (done, of) -> {
      told.at(done, of);
      return true;
    };
  }

  private static Scrub.PackSource source(Path backup) {
    return name -> {
      Path file = backup.resolve("packs").resolve(name.substring(0, 2)).resolve(name + ".pack");
      return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    };
  }
}
