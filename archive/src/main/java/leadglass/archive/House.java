package leadglass.archive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.store.SiteId;
import leadglass.store.Store;

/// Which site runs the archive: the first one that was made.
final class House {
  private static final String KEY = "house";

  private House() {}

  private record HouseRecord(String id) {}

  static SiteId of(Store store) throws IOException {
    Documents<HouseRecord> documents = new Documents<>(store.registry(), KEY, HouseRecord.class);
    Optional<SiteId> known = documents.find(KEY).map(kept -> new SiteId(kept.document().id()));
    if (known.isPresent()) {
      return known.get();
    }
    List<SiteId> sites = store.sites();
    SiteId house = sites.isEmpty() ? store.createSite() : sites.getFirst();
    documents.put(KEY, 0, new HouseRecord(house.value()));
    return house;
  }
}
