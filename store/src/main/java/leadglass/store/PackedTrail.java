package leadglass.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.trail.Note;
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
    Asked asked = new Asked(site, patients, studies, opener.get(), visitor);
    long next = 0;
    int tries = 0;
    try (TrailFrames frames = new TrailFrames(parts.log())) {
      while (next >= 0) {
        List<TrailIndex.Entry> entries = index.about(site, patients, studies, next);
        if (entries.isEmpty()) {
          return;
        }
        long from = next;
        next = some(entries, next, frames, asked);
        if (next == from && tries++ == TRIES_MAX) {
          throw new IOException("a pack with audit entries is gone");
        }
      }
    }
  }

  /// A question, and who takes the answer.
  private record Asked(
      SiteId site,
      Set<Pseudonym> patients,
      Set<StudyName> studies,
      AuditSeals.Opener opening,
      Visitor visitor) {

    boolean visit(long number, Placed placed) throws IOException {
      Audit.Opened entry = opened(opening, placed);
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
      return visitor.visit(number, entry);
    }
  }

  /// Hands over entries of a page.
  ///
  /// @return number of the entry to go on with; -1 if the visitor wants no more
  private static long some(List<TrailIndex.Entry> page, long from, TrailFrames frames, Asked asked)
      throws IOException {
    long next = from;
    for (int at = 0; at < page.size(); at += TrailFrames.TOGETHER) {
      List<TrailIndex.Entry> entries =
          page.subList(at, Math.min(page.size(), at + TrailFrames.TOGETHER));
      List<Optional<Placed>> placed = frames.read(entries);
      for (int i = 0; i < entries.size(); i++) {
        if (placed.get(i).isEmpty()) { // its pack was written anew just now
          return next;
        }
        if (!asked.visit(entries.get(i).number(), placed.get(i).get())) {
          return -1;
        }
        next = entries.get(i).number() + 1;
      }
    }
    return next;
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
  public String cosigningKey() {
    return parts.trail().keys().witnessing().text();
  }

  @Override
  public String cosign(String note, long seconds) {
    Note read = Note.parse(note).orElseThrow(() -> new IllegalArgumentException("no note"));
    return parts.trail().keys().cosignature(read, seconds);
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
