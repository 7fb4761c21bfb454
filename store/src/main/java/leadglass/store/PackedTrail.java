package leadglass.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.trail.Reading;
import leadglass.store.trail.TrailIndex;
import leadglass.store.trail.Vkey;

/// The audit entries as they lie in the packs, and the tree over them.
final class PackedTrail implements Trail {
  private static final int TRIES_MAX = 8;

  private final PackedStore.Parts parts;
  private final TrailIndex index;
  private final TrailKeeper keeper;
  private final Supplier<AuditSeals.Opener> opener;

  PackedTrail(
      PackedStore.Parts parts,
      TrailIndex index,
      TrailKeeper keeper,
      Supplier<AuditSeals.Opener> opener) {
    this.parts = parts;
    this.index = index;
    this.keeper = keeper;
    this.opener = opener;
  }

  @Override
  public long size() {
    return parts.trail().size();
  }

  @Override
  public long indexed() throws IOException {
    return index.entries();
  }

  @Override
  public void read(long from, Visitor visitor) throws IOException {
    if (from >= size()) {
      return;
    }
    TrailIndex.Begin begin = from <= 0 ? Reading.START : index.before(from);
    AuditSeals.Opener opening = opener.get();
    Reading.from(
        parts.log(),
        begin,
        (number, entry) -> number < from || visitor.visit(number, opening.open(entry)));
  }

  @Override
  public void about(SiteId site, Set<Pseudonym> patients, Set<StudyName> studies, Visitor visitor)
      throws IOException {
    AuditSeals.Opener opening = opener.get();
    long next = 0;
    int tries = 0;
    while (true) {
      List<TrailIndex.Entry> entries = index.about(site, patients, studies, next);
      if (entries.isEmpty()) {
        return;
      }
      for (TrailIndex.Entry each : entries) {
        Optional<Placed> placed = parts.log().frame(each.at());
        if (placed.isEmpty()) { // its pack was written anew just now
          if (tries++ == TRIES_MAX) {
            throw new IOException("a pack with audit entries is gone");
          }
          break;
        }
        Audit.Opened entry = opened(opening, placed.get());
        boolean asked =
            entry
                .about()
                .filter(about -> about.site().equals(site))
                .filter(
                    about -> patients.contains(about.patient()) || studies.contains(about.study()))
                .isPresent();
        if (!asked) {
          throw new IOException("the index of the audit trail is not of this trail");
        }
        if (!visitor.visit(each.number(), entry)) {
          return;
        }
        next = each.number() + 1;
      }
    }
  }

  private static Audit.Opened opened(AuditSeals.Opener opening, Placed placed) throws IOException {
    if (placed.frame().kind() != Frame.Kind.AUDIT) {
      throw new IOException("the index of the audit trail is not of these packs");
    }
    return opening.open(placed);
  }

  @Override
  public long from(long millis) throws IOException {
    return Reading.since(parts.log(), index.beforeTime(millis), millis).orElseGet(this::size);
  }

  @Override
  public String checkpoint() {
    return parts.trail().note();
  }

  @Override
  public String checkpointNow() throws IOException {
    return keeper.now();
  }

  @Override
  public List<byte[]> consistency(long old, long to) throws IOException {
    return parts.trail().consistency(old, to);
  }

  @Override
  public List<byte[]> inclusion(long number, long of) throws IOException {
    return parts.trail().inclusion(number, of);
  }

  @Override
  public List<String> keys() {
    return parts.trail().keys().verifying().stream().map(Vkey::text).toList();
  }

  @Override
  public void onCheckpoint(Consumer<String> carrier) {
    keeper.onCheckpoint(carrier);
  }

  @Override
  public void onWritten(Runnable told) {
    keeper.onWritten(told);
  }
}
