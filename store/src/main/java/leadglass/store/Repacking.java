package leadglass.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.catalogue.Moved;
import leadglass.store.catalogue.PackEntry;
import leadglass.store.pack.Frame;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.Pace;
import leadglass.store.pack.PackCheck;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.PackSet;
import leadglass.store.pack.Records;
import leadglass.store.pack.Repack;

/// Writes packs anew that are mostly dead, and removes those of which nothing is left. Confined to
/// one thread at a time.
final class Repacking {
  private final PackedStore.Parts parts;
  private final Records records;
  private final Repack repack;
  private final Set<String> destroyed = new HashSet<>();
  private Optional<Position> replayedTo = Optional.empty();

  Repacking(PackedStore.Parts parts, PackCheck.Audits audits) {
    this.parts = parts;
    this.records = new Records(parts.log(), parts.keys());
    PackCheck check = new PackCheck(parts.disk(), parts.keys(), audits);
    this.repack = new Repack(parts.log(), parts.keys(), check);
  }

  /// A pack that is mostly dead.
  record Candidate(String pack, long bytes) {}

  List<Candidate> candidates() throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    Set<String> names = parts.log().names();
    for (PackEntry each : parts.catalogue().packEntries()) {
      if (names.contains(each.name())) {
        long bytes = parts.disk().size(each.name());
        if (each.deadBytes() > bytes / 2) {
          candidates.add(new Candidate(each.name(), bytes));
        }
      }
    }
    return candidates;
  }

  /// Writes a pack anew or removes it.
  ///
  /// @return bytes that were saved; empty if it can't be done now
  Optional<Long> shrink(Candidate candidate, Pace pace) throws IOException {
    ReentrantLock reshaping = parts.index().reshaping();
    reshaping.lock();
    try {
      return shrinkAlone(candidate, pace);
    } finally {
      reshaping.unlock();
    }
  }

  private Optional<Long> shrinkAlone(Candidate candidate, Pace pace) throws IOException {
    String pack = candidate.pack();
    boolean stray = !parts.log().packs().isReceiving(pack) && isKeptByItself(pack);
    if (parts.log().packs().isSide(pack)) {
      return stray ? removed(candidate) : Optional.empty();
    }
    if (!isSettled(pack)) {
      return Optional.empty();
    }
    learn();
    parts.headroom().ensure();
    Optional<Repack.Copy> copy = repack.copy(pack, destroyed::contains, stray, pace);
    if (copy.isEmpty()) {
      return Optional.empty();
    }
    place(copy.get());
    return Optional.of(copy.get().savedBytes());
  }

  private void place(Repack.Copy copy) throws IOException {
    repack.announce(copy);
    try {
      // A key that is destroyed goes before the rows do: not in between.
      parts
          .index()
          .telling(() ->
              parts.catalogue().relocate(copy.from(), copy.to(), copy.end(), moved(copy.moved())));
    } catch (IOException | RuntimeException e) {
      repack.discard(copy);
      throw e;
    }
    repack.place(copy);
    parts.catalogue().sync();
    repack.removeOld(copy);
  }

  static List<Moved> moved(List<Repack.Moved> moved) {
    return moved.stream()
        .map(each -> new Moved(each.from(), each.to(), each.length(), each.chunks()))
        .toList();
  }

  /// Whether no other pack keeps a record whose chunks lie in it.
  private boolean isKeptByItself(String pack) {
    Optional<Set<String>> keeping = parts.catalogue().keeping(pack);
    return keeping.isPresent() && Set.of(pack).containsAll(keeping.get());
  }

  private Optional<Long> removed(Candidate candidate) throws IOException {
    parts.catalogue().forget(candidate.pack());
    parts.catalogue().sync();
    parts.log().packs().remove(candidate.pack());
    return Optional.of(candidate.bytes());
  }

  /// Whether the catalogue knows of everything in a pack: what it is still to be told of would be
  /// looked for in its old place.
  private boolean isSettled(String pack) {
    Optional<Position> position = parts.catalogue().position();
    PackSet packs = parts.log().packs();
    return position.isPresent() && packs.isBefore(pack, position.get().pack());
  }

  /// Which keys were destroyed, by what the log tells. A key that is merely not in the key store
  /// may be in a copy of it. What the catalogue is still to be told of it has rows of.
  private void learn() throws IOException {
    Optional<Position> told = parts.catalogue().position();
    if (replayedTo.isPresent() && !parts.log().contains(replayedTo.get())) {
      replayedTo = Optional.empty();
    }
    parts
        .log()
        .replay(
            replayedTo,
            EnumSet.of(Frame.Kind.EVENT),
            (frames, end) -> {
              if (!isUpTo(end, told)) {
                return false;
              }
              for (Placed frame : frames) {
                records.event(frame).ifPresent(this::learn);
              }
              replayedTo = Optional.of(end);
              return true;
            });
  }

  private boolean isUpTo(Position end, Optional<Position> told) {
    if (told.isEmpty()) {
      return false;
    }
    return end.pack().equals(told.get().pack())
        ? end.offset() <= told.get().offset()
        : parts.log().packs().isBefore(end.pack(), told.get().pack());
  }

  private void learn(LifeEvent event) {
    if (event.kind().destroys()) {
      event.keys().forEach(each -> destroyed.add(HexFormat.of().formatHex(each)));
    }
  }
}
