package leadglass.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.EventDetail;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.Frame;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.Records;
import leadglass.store.pack.StoredRecord;
import leadglass.store.seal.Seal;
import leadglass.store.search.SearchFiles;

/// All that a data directory says to somebody with its master key: the bytes of every file, every
/// record, event, audit entry and entry of the registry that a key is left for, the catalogue's
/// answers, and the files of the search without their seal.
final class Unsealed {
  private final StringBuilder all = new StringBuilder();

  private Unsealed() {}

  /// Nothing may have it open.
  static String of(StoreFolder place, SiteId site) throws IOException {
    Unsealed unsealed = new Unsealed();
    unsealed.answers(place, site);
    unsealed.packs(place);
    for (Path file : Folders.files(place.data)) {
      unsealed.add(Files.readAllBytes(file));
    }
    return unsealed.all.toString();
  }

  private void add(byte[] bytes) {
    all.append(new String(bytes, ISO_8859_1)).append('\n');
  }

  private void add(String text) {
    add(text.getBytes(UTF_8));
  }

  private void answers(StoreFolder place, SiteId site) throws IOException {
    try (Store store = place.open()) {
      for (StudyRow study : store.studies(Samples.all(site)).rows()) {
        study(store, site, study);
      }
      for (Lifecycle.Aside aside : store.lifecycle().aside(site, Optional.empty(), 1000)) {
        add(aside.row().study().value());
        add(aside.row().attributes());
        add(aside.reason());
      }
      for (Lifecycle.Apart apart : store.lifecycle().apart(site, 0, 1000)) {
        filing(apart.filing());
      }
      store
          .trail()
          .read(
              0,
              (_, entry) -> {
                add(entry.entry());
                entry.about().flatMap(Audit.About::detail).ifPresent(this::add);
                return true;
              });
    }
  }

  private void study(Store store, SiteId site, StudyRow study) throws IOException {
    add(study.study().value());
    add(study.attributes());
    for (InstanceRow row : store.instances(site, study.study(), Optional.empty())) {
      add(row.series().value() + " " + row.sopInstance().value());
      add(row.attributes());
      add(Samples.read(store, site, row.sopInstance()));
    }
  }

  private void filing(Filing filing) {
    add(filing.study().value() + " " + filing.series().value());
    add(filing.sopInstance().value() + " " + filing.patient().id());
    List.of(filing.layout(), filing.studyAttributes(), filing.seriesAttributes())
        .forEach(this::add);
    add(filing.instanceAttributes());
    StudyTerms terms = filing.searchable();
    add(terms.patientNames() + terms.patientId() + terms.birthDate());
  }

  private void packs(StoreFolder place) throws IOException {
    Path keyFile = place.data.resolve("keys").resolve("keys.db");
    try (KeyStore keys = KeyStore.open(keyFile, place.key().key());
        PackLog log =
            PackLog.open(
                new FileDisk(place.data.resolve("packs")),
                new SecureRandom(),
                PackLog.Limits.USUAL)) {
      Records records = new Records(log, keys);
      log.replay(
          Optional.empty(),
          EnumSet.allOf(Frame.Kind.class),
          (frames, _) -> {
            for (PackLog.Placed each : frames) {
              frame(records, keys, each);
            }
            return true;
          });
      add(
          SearchFiles.plain(
              place.data.resolve("index").resolve("search"), Seal.derive(keys.root(), "search")));
    }
  }

  private void frame(Records records, KeyStore keys, PackLog.Placed each) throws IOException {
    switch (each.frame().kind()) {
      case INSTANCE, COMMIT -> {
        Optional<Records.Kept> kept = records.kept(each);
        if (kept.isPresent()) {
          filing(kept.get().filing());
          try (StoredRecord record = records.open(kept.get().filing().site(), kept.get().at())) {
            add(record.read(0, record.length()).readAllBytes());
          }
        }
      }
      case EVENT -> {
        LifeEvent event = records.event(each).orElseThrow();
        Optional<KeyStore.StudyKey> key = keys.named(event.site(), event.subject());
        if (key.isPresent()) {
          add(EventDetail.open(key.get(), event.id(), event.detail()));
        }
      }
      case CHUNKS, AUDIT, BATCH, CLOSE, HEAD -> {} // read with their record, asked above, or empty
    }
  }
}
