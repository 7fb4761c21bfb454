package leadglass.archive;

import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.SeriesRow;
import leadglass.store.SiteId;
import leadglass.store.Store;

/// What is held and found, as far as deciding on what is kept apart needs it.
interface Shelf {
  Optional<InstanceRow> instance(Uid sopInstance);

  List<SeriesRow> series(Uid study);

  /// An instance of ours on its way out, held or kept apart.
  Held open(InstanceRow row);

  /// Of a site.
  static Shelf of(Store store, SiteId site) {
    return new Shelf() {
      @Override
      public Optional<InstanceRow> instance(Uid sopInstance) {
        return store.instance(site, sopInstance);
      }

      @Override
      public List<SeriesRow> series(Uid study) {
        return store.series(site, study);
      }

      @Override
      public Held open(InstanceRow row) {
        return new Held(store, site, row);
      }
    };
  }
}
