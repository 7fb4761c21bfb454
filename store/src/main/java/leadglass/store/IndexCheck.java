package leadglass.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.store.InstanceRow.Location;
import leadglass.store.catalogue.Catalogue;
import leadglass.store.catalogue.CatalogueCheck;
import leadglass.store.catalogue.StudyChange;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.Frame;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.Records;
import leadglass.store.pack.Records.Kept;
import leadglass.store.search.StudyIndex;

/// Compares catalogue and search with the packs while all of them change. Whatever looks wrong is
/// looked at again at the end, when for a moment nothing is told: what merely came or went
/// meanwhile is right then.
final class IndexCheck {
  private static final int STUDIES_AT_ONCE = 100;
  private static final int DOUBTS_MAX = 1000;
  private static final Set<Frame.Kind> WANTED =
      EnumSet.of(Frame.Kind.INSTANCE, Frame.Kind.COMMIT, Frame.Kind.EVENT);

  private final PackLog log;
  private final KeyStore keys;
  private final Records records;
  private final Catalogue catalogue;
  private final StudyIndex search;
  private final Progress progress;
  private final List<Doubt> doubts = new ArrayList<>();
  private final List<Kept> rowless = new ArrayList<>();
  private final Set<String> discarded = new HashSet<>();
  private long readable;
  private long unreadable;
  private long rows;
  private long studies;

  /// Something that looked wrong.
  ///
  /// @param words without values
  private record Doubt(String words, Again again) {}

  /// Looks again.
  private interface Again {
    boolean isWrong() throws IOException;
  }

  IndexCheck(
      PackLog log, KeyStore keys, Catalogue catalogue, StudyIndex search, Progress progress) {
    this.log = log;
    this.keys = keys;
    this.records = new Records(log, keys);
    this.catalogue = catalogue;
    this.search = search;
    this.progress = progress;
  }

  private void doubt(String words, Again again) {
    if (doubts.size() < DOUBTS_MAX) {
      doubts.add(new Doubt(words, again));
    }
  }

  /// @param still runs something while nothing is told
  IndexReport run(Index.Still still) throws IOException {
    Optional<Position> upTo = catalogue.position();
    try (CatalogueCheck check = catalogue.check()) {
      for (String words : check.tables()) {
        doubt(words, () -> true); // it was read at one moment
      }
      studies(check);
      if (upTo.isPresent()) {
        packs(check, upTo.get());
      }
    } catch (IOException | UncheckedIOException _) {
      doubt("the catalogue can't be read", () -> true);
    }
    files();
    List<String> wrong = new ArrayList<>();
    long[] documents = new long[1];
    still.still(() -> documents[0] = settle(wrong));
    return new IndexReport(readable, unreadable, rows, studies, documents[0], summed(wrong));
  }

  private void files() {
    try {
      search.verify();
    } catch (IOException | UncheckedIOException _) {
      doubt("a file of the search is damaged", () -> isDamaged());
    }
  }

  private boolean isDamaged() {
    try {
      search.verify();
      return false;
    } catch (IOException | UncheckedIOException _) {
      return true;
    }
  }

  private void studies(CatalogueCheck check) throws IOException {
    long total = catalogue.totals().studies();
    long after = 0;
    while (true) {
      List<CatalogueCheck.Study> page = check.studies(after, STUDIES_AT_ONCE);
      List<StudyChange> changes = new ArrayList<>();
      for (CatalogueCheck.Study each : page) {
        long before = each.number() - 1;
        rows += each.rows();
        if (!each.whole()) {
          doubt("a study that is not as it was written", () -> isBroken(before));
        }
        each.change().ifPresent(changes::add);
      }
      studies += page.size();
      unlike(changes, page);
      if (page.size() < STUDIES_AT_ONCE) {
        return;
      }
      after = page.getLast().number();
      progress.at("comparing studies", studies, total);
    }
  }

  private boolean isBroken(long before) throws IOException {
    try (CatalogueCheck check = catalogue.check()) {
      List<CatalogueCheck.Study> again = check.studies(before, 1);
      return !again.isEmpty()
          && again.getFirst().number() == before + 1
          && !again.getFirst().whole();
    }
  }

  private void unlike(List<StudyChange> changes, List<CatalogueCheck.Study> page) {
    try {
      if (search.unlike(changes) == 0) {
        return;
      }
    } catch (UncheckedIOException _) {
      doubt("the search can't be read", () -> true);
      return;
    }
    for (CatalogueCheck.Study each : page) {
      doubt("a study that the search does not know as it is", () -> isUnlike(each.number() - 1));
    }
  }

  private boolean isUnlike(long before) throws IOException {
    try (CatalogueCheck check = catalogue.check()) {
      List<StudyChange> again =
          check.studies(before, 1).stream()
              .filter(each -> each.number() == before + 1)
              .flatMap(each -> each.change().stream())
              .toList();
      return search.unlike(again) > 0;
    } catch (UncheckedIOException e) {
      return true;
    }
  }

  /// One pack's records, as they are read.
  private static final class Seen {
    private final Set<Long> offsets = new HashSet<>();
    private String pack = "";
    private long end;
  }

  private void packs(CatalogueCheck check, Position upTo) throws IOException {
    Seen seen = new Seen();
    Set<String> visited = new HashSet<>();
    log.replay(
        Optional.empty(),
        WANTED,
        (frames, end) -> {
          if (!seen.pack.equals(end.pack())) {
            withoutRecord(check, seen);
            seen.pack = end.pack();
            visited.add(end.pack());
          }
          for (Placed each : frames) {
            compare(check, each, seen);
          }
          seen.end = end.offset();
          progress.at("comparing packs", readable, rows);
          return !end.equals(upTo);
        });
    withoutRecord(check, seen);
    for (String pack : check.packs()) {
      if (!visited.contains(pack)) {
        withoutRecord(check, pack, Set.of(), Long.MAX_VALUE);
      }
    }
    rowless.removeIf(each -> discarded.contains(HexFormat.of().formatHex(each.record())));
    for (Kept each : rowless) {
      doubt("a record that the catalogue does not know", () -> isWithoutRow(each));
    }
  }

  private void compare(CatalogueCheck check, Placed frame, Seen seen) throws IOException {
    try {
      if (frame.frame().kind() == Frame.Kind.EVENT) {
        Optional<LifeEvent> event = records.event(frame);
        if (event.isPresent() && event.get().kind() == LifeEvent.Kind.DISCARDED) {
          discarded.add(HexFormat.of().formatHex(event.get().subject()));
        }
        return;
      }
      Optional<Kept> kept = records.kept(frame);
      if (kept.isEmpty()) {
        return;
      }
      readable++;
      seen.offsets.add(frame.at().offset());
      compare(check, kept.get());
    } catch (Records.DamagedException _) {
      unreadable++;
      seen.offsets.add(frame.at().offset());
    }
  }

  private void compare(CatalogueCheck check, Kept kept) {
    Location at = kept.at();
    try {
      Optional<CatalogueCheck.Row> row = check.at(at.pack(), at.offset());
      if (row.isEmpty()) {
        if (rowless.size() < DOUBTS_MAX && !isTwice(check, kept)) {
          rowless.add(kept);
        }
      } else if (!isOf(row.get(), kept)) {
        doubt("a row that is not what its record says", () -> isWrong(kept));
      }
    } catch (IOException _) {
      doubt("a row that can't be read", () -> isWrong(kept));
    }
  }

  /// Whether a record has no row since another of the same instance has it.
  private boolean isTwice(CatalogueCheck check, Kept kept) throws IOException {
    byte[] hash = keys.hash(kept.filing().site(), "instance", kept.filing().sopInstance());
    return check.holds(kept.study().name(), hash);
  }

  private static boolean isOf(CatalogueCheck.Row row, Kept kept) {
    Filing filing = kept.filing();
    return Arrays.equals(row.study(), kept.study().name())
        && row.studyUid().equals(filing.study().value())
        && row.seriesUid().equals(filing.series().value())
        && row.sopInstance().equals(filing.sopInstance().value())
        && row.sopClass().equals(filing.sopClass().value())
        && row.transferSyntax().equals(filing.transferSyntax().value())
        && row.dataSetBytes() == kept.dataSetBytes()
        && Arrays.equals(row.attributes(), filing.instanceAttributes())
        && row.at().equals(kept.at());
  }

  /// Whether the record still has a key: if not it needs no row.
  private boolean hasKey(Kept kept) throws IOException {
    return keys.named(kept.filing().site(), kept.study().name()).isPresent();
  }

  private boolean isWithoutRow(Kept kept) throws IOException {
    try (CatalogueCheck check = catalogue.check()) {
      return hasKey(kept)
          && check.at(kept.at().pack(), kept.at().offset()).isEmpty()
          && !isTwice(check, kept);
    }
  }

  private boolean isWrong(Kept kept) throws IOException {
    try (CatalogueCheck check = catalogue.check()) {
      Optional<CatalogueCheck.Row> row = check.at(kept.at().pack(), kept.at().offset());
      return row.isPresent() && !isOf(row.get(), kept);
    } catch (IOException e) {
      if (hasKey(kept)) {
        return true;
      }
      throw e;
    }
  }

  private void withoutRecord(CatalogueCheck check, Seen seen) throws IOException {
    if (!seen.pack.isEmpty()) {
      withoutRecord(check, seen.pack, seen.offsets, seen.end);
      seen.offsets.clear();
    }
  }

  private void withoutRecord(CatalogueCheck check, String pack, Set<Long> offsets, long end)
      throws IOException {
    for (long offset : check.offsets(pack)) {
      if (offset < end && !offsets.contains(offset)) {
        doubt("a row without a record", () -> isAlone(pack, offset));
      }
    }
  }

  /// Whether there is such a row still, and nothing that its place holds.
  private boolean isAlone(String pack, long offset) throws IOException {
    try (CatalogueCheck check = catalogue.check()) {
      if (!check.offsets(pack).contains(offset)) {
        return false;
      }
      Optional<CatalogueCheck.Row> row = check.at(pack, offset);
      return row.isEmpty() || !opens(row.get().at());
    } catch (IOException e) {
      return true;
    }
  }

  private boolean opens(Location at) {
    return keys.sites().stream().anyMatch(site -> opens(site, at));
  }

  private boolean opens(SiteId site, Location at) {
    try (StoredBytes _ = records.open(site, at)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Nothing is told now.
  ///
  /// @return how many documents the search has
  private long settle(List<String> wrong) {
    for (Doubt each : doubts) {
      try {
        if (each.again().isWrong()) {
          wrong.add(each.words());
        }
      } catch (IOException | UncheckedIOException _) {
        wrong.add(each.words());
      }
    }
    try {
      long documents = search.documents();
      if (documents != catalogue.totals().studies()) {
        wrong.add("the search has not one document for each study");
      }
      return documents;
    } catch (UncheckedIOException _) {
      wrong.add("the search can't be read");
      return 0;
    }
  }

  /// Each kind of disagreement once, with how often it was found.
  private static List<String> summed(List<String> wrong) {
    return wrong.stream()
        .distinct()
        .map(words -> {
          long count = wrong.stream().filter(words::equals).count();
          return count == 1 ? words : words + " (" + count + " times)";
        })
        .toList();
  }
}
