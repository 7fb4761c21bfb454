package leadglass.archive;

import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.SeriesRow;

/// What is held and found, as far as deciding on what is kept apart needs it.
interface Shelf {
  Optional<InstanceRow> instance(Uid sopInstance);

  List<SeriesRow> series(Uid study);

  /// An instance of ours on its way out, held or kept apart.
  Held open(InstanceRow row);
}
