package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import leadglass.store.Coming.Sent;
import leadglass.store.Ward.Copy;

/// Restores a backup on empty grounds and compares the archive with what was acknowledged: every
/// instance that was taken in before the backup was asked for, in studies of which has become what
/// the newest backup knows. What came later may be there or not.
final class RestoredInspection {
  private final Copy copy;
  private final long knownUntil;
  private final List<String> wrong = new ArrayList<>();

  private RestoredInspection(Copy copy, long knownUntil) {
    this.copy = copy;
    this.knownUntil = knownUntil;
  }

  /// Restores one backup if there is any, in some of the cases; always when one was cut short.
  static List<String> now(
      boolean cutShort,
      Random random,
      SafePlace place,
      Grounds grounds,
      List<Ward> wards,
      Tally tally)
      throws IOException {
    List<Copy> copies =
        wards.stream()
            .flatMap(ward -> ward.copies.stream())
            .sorted(Comparator.comparing(Copy::snapshot))
            .toList();
    boolean newest = random.nextBoolean();
    int any = random.nextInt(Math.max(1, copies.size()));
    if (copies.isEmpty() || !(random.nextInt(5) == 0 || cutShort)) {
      return List.of();
    }
    tally.restored.incrementAndGet();
    Copy copy = newest ? copies.getLast() : copies.get(any);
    try {
      return of(place, copy, random.nextBoolean(), grounds.key(), wards);
    } catch (IOException e) {
      return List.of("it can't be restored from " + copy.snapshot() + ": " + Tally.causes(e));
    }
  }

  /// @param oldKeys whether to restore with keys of when the backup was made, if there are any
  private static List<String> of(
      SafePlace place, Copy copy, boolean oldKeys, MasterKey master, List<Ward> wards)
      throws IOException {
    long knownUntil =
        wards.stream()
            .flatMap(ward -> ward.copies.stream())
            .mapToLong(Copy::asked)
            .max()
            .orElse(copy.asked());
    RestoredInspection inspection = new RestoredInspection(copy, knownUntil);
    Grounds there = Grounds.fresh();
    try {
      Path keys =
          (oldKeys
                  ? place.oldKeys(copy.snapshot(), there.folder().resolve("old-keys"))
                  : Optional.<Path>empty())
              .orElse(place.keys());
      inspection.inspect(place, keys, there, master, wards);
    } finally {
      there.delete();
    }
    return inspection.wrong.stream()
        .map(each -> "restored from " + copy.snapshot() + ": " + each)
        .toList();
  }

  private void inspect(
      SafePlace place, Path keys, Grounds there, MasterKey master, List<Ward> wards)
      throws IOException {
    Files.createDirectory(there.disk());
    Restored restored = place.restore(copy.snapshot(), keys, master, there.data());
    expect(restored.damaged().isEmpty(), "no pack is damaged", restored.damaged());
    expect(restored.missing().isEmpty(), "no pack is missing", restored.missing());
    try (Store store = there.open(master, new TestVolume())) {
      SiteId site = Grounds.site(store);
      Map<String, Sent> sent = new HashMap<>();
      for (Ward ward : wards) {
        for (Coming each : ward.comings) {
          study(store, site, each);
          each.instances.forEach(
              (number, data) -> sent.put(Samples.instanceUid(each.study, 1, number).value(), data));
        }
      }
      listed(store, site, sent);
      audit(store, wards);
      if (restored.eventsReplayed() == 0 && SafePlace.isNewest(copy.snapshot(), keys)) {
        expect(
            store.health().instances() == restored.held().instances(),
            "as many instances as it says: " + store.health().instances(),
            restored.held().instances());
      }
    }
  }

  private void expect(boolean is, String what, Object of) {
    if (!is) {
      wrong.add(what + " (" + of + ")");
    }
  }

  /// What a later backup knows has become of a study has become of it here too.
  private void study(Store store, SiteId site, Coming study) throws IOException {
    if (study.changed >= knownUntil) {
      return; // it may be told by the keys, by the log or by nothing
    }
    boolean came =
        study.instances.values().stream().anyMatch(each -> each.answered() < copy.asked());
    Optional<StudyRow> row =
        study.name.equals("-")
            ? Optional.empty()
            : store.lifecycle().study(site, new StudyName(study.name));
    switch (study.status) {
      case HELD -> held(store, site, study);
      case ASIDE ->
          expect(
              !came || (row.isPresent() && !isFound(store, site, study)),
              "a study is put aside",
              study);
      case GONE -> expect(row.isEmpty(), "a study is gone", study);
    }
  }

  private static boolean isFound(Store store, SiteId site, Coming study) {
    return store
        .lifecycle()
        .name(site, Samples.studyUid(study.study))
        .map(StudyName::value)
        .equals(Optional.of(study.name));
  }

  private void held(Store store, SiteId site, Coming study) throws IOException {
    boolean any = false;
    for (Map.Entry<Integer, Sent> each : study.instances.entrySet()) {
      if (each.getValue().answered() < copy.asked()) {
        any = true;
        Optional<InstanceRow> row =
            store.instance(site, Samples.instanceUid(study.study, 1, each.getKey()));
        expect(row.isPresent(), "an instance is there", each.getKey() + " of " + study);
      }
    }
    expect(!any || isFound(store, site, study), "a study has its name", study);
  }

  /// Whatever is found can be read, and is what was sent.
  private void listed(Store store, SiteId site, Map<String, Sent> sent) throws IOException {
    for (StudyRow study : Answers.all(store, site, List.of())) {
      for (InstanceRow row : store.instances(site, study.study(), Optional.empty())) {
        Sent was = sent.get(row.sopInstance().value());
        try {
          byte[] held = Samples.read(store, site, row.sopInstance());
          expect(was == null || Arrays.equals(held, was.bytes()), "bytes are what was sent", row);
        } catch (IOException e) {
          expect(false, "what is found can be read: " + Tally.causes(e), row);
        }
      }
    }
  }

  private void audit(Store store, List<Ward> wards) throws IOException {
    Set<String> all = new HashSet<>();
    store.trail().read(0, (_, entry) -> all.add(new String(entry.entry(), US_ASCII)));
    for (Ward ward : wards) {
      ward.entries.forEach((number, answered) ->
          expect(
              answered >= copy.asked() || all.contains(Act.entry(number)),
              "an audit entry",
              number));
    }
  }
}
