package leadglass.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import leadglass.store.catalogue.Catalogue;
import leadglass.store.pack.Damage;
import leadglass.store.pack.Disk;
import leadglass.store.pack.Pace;
import leadglass.store.pack.PackCheck;
import leadglass.store.pack.Records.Kept;

/// Verifies one pack and compares it with the catalogue.
final class Verifying {
  private static final int DAMAGES_MAX = 1000;
  private static final int DOUBTS_MAX = 1000;

  private final PackedStore.Parts parts;
  private final PackCheck.Audits audits;

  Verifying(PackedStore.Parts parts, PackCheck.Audits audits) {
    this.parts = parts;
    this.audits = audits;
  }

  /// What was found in a pack.
  ///
  /// @param damages at most 1,000
  /// @param disagrees whether the catalogue lacks a record that is whole, or has one that is not in
  ///   the pack although nothing in it is damaged
  record Findings(PackCheck.Result result, List<Damage> damages, boolean disagrees) {
    boolean whole() {
      return result.finished() && damages.isEmpty() && !disagrees;
    }
  }

  Findings pack(String pack, Pace pace) throws IOException {
    return pack(parts.disk(), pack, pace);
  }

  /// @param shown where it is read
  Findings pack(Disk shown, String pack, Pace pace) throws IOException {
    // The rows first: a pack that is appended to has more by then, never less.
    long[] places = parts.catalogue().places(pack);
    OptionalLong growingTo = parts.log().growingTo(pack);
    Comparing comparing = new Comparing(places, growingTo.isPresent());
    PackCheck.Result result =
        new PackCheck(shown, parts.keys(), audits).check(pack, growingTo, pace, comparing);
    if (result.finished()) {
      // What merely came or went meanwhile is right when nothing is told for a moment.
      parts.index().telling(() -> comparing.settle(pack));
    }
    return new Findings(result, comparing.damages, comparing.disagrees);
  }

  private static Damage missingAt(String pack, long place) {
    return new Damage(
        pack, place, Damage.Hit.MISSING, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// What is in the pack against the rows.
  private final class Comparing implements PackCheck.Told {
    private final long[] places;
    private final boolean[] seen;
    private final boolean grows;
    private final List<Damage> damages = new ArrayList<>();
    private final List<Kept> doubts = new ArrayList<>();
    private boolean disagrees;

    Comparing(long[] places, boolean grows) {
      this.places = places;
      this.seen = new boolean[places.length];
      this.grows = grows;
    }

    @Override
    public void damaged(Damage damage) {
      if (damages.size() < DAMAGES_MAX) {
        damages.add(damage);
      }
    }

    @Override
    public void kept(Kept kept) {
      int found = Arrays.binarySearch(places, kept.at().offset());
      if (found >= 0) {
        seen[found] = true;
      } else if (!grows && doubts.size() < DOUBTS_MAX && isStrange(kept)) {
        doubts.add(kept);
      }
    }

    /// A row of the same instance elsewhere, or a study put aside, explains a record without a row;
    /// so does an instance that was dropped from those kept apart.
    private boolean isStrange(Kept kept) {
      return !kept.filing().apart() && isInUse(kept) && isUnknown(kept);
    }

    private boolean isInUse(Kept kept) {
      try {
        return parts.keys().named(kept.filing().site(), kept.study().name()).isPresent()
            && !parts.keys().isAside(kept.study().name());
      } catch (IOException _) {
        return false; // the key store tells of its own damage
      }
    }

    private boolean isUnknown(Kept kept) {
      byte[] hash =
          parts.keys().hash(kept.filing().site(), "instance", kept.filing().sopInstance());
      try {
        return parts.catalogue().instance(kept.filing().site(), hash).isEmpty();
      } catch (UncheckedIOException _) {
        return true; // its row is not what was written
      }
    }

    void settle(String pack) {
      disagrees |= doubts.stream().anyMatch(this::isStrange);
      missing(pack);
    }

    /// Rows of what was not there: of something damaged, or of nothing.
    private void missing(String pack) {
      boolean explained = !damages.isEmpty();
      for (int i = 0; i < places.length; i++) {
        if (!seen[i] && !explained) {
          Catalogue.Says says = parts.catalogue().says(pack, places[i]);
          disagrees |= says != Catalogue.Says.NOTHING;
          if (says == Catalogue.Says.THERE) {
            damaged(missingAt(pack, places[i]));
          }
        }
      }
    }
  }
}
