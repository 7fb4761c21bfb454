package leadglass.store.catalogue;

import leadglass.store.SiteId;
import leadglass.store.catalogue.Cells.StudyCells;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.seal.SecretBytes;

/// A study as the writer knows it, written or not yet. Confined to the writer's thread.
final class StudyState {
  final long number;
  final SiteId site;
  final StudyKey key;
  final SecretBytes tagKey;
  StudyValue value;
  boolean isNew;

  /// Whether its value must be sealed anew and the search told.
  boolean changed;

  long aside;
  long asideMillis;
  byte[] asideSealed = new byte[0];
  long sequence;
  long series;
  long instances;
  long bytes;
  long received;
  long lastReceived;

  StudyState(long number, SiteId site, StudyKey key, StudyValue value, boolean isNew) {
    this.number = number;
    this.site = site;
    this.key = key;
    this.tagKey = Values.tagKey(key);
    this.value = value;
    this.isNew = isNew;
    this.changed = isNew;
  }

  static StudyState of(StudyCells cells, StudyKey key, StudyValue value, byte[] asideSealed) {
    StudyState state = new StudyState(cells.number(), cells.site(), key, value, false);
    state.aside = cells.aside();
    state.asideMillis = cells.asideMillis();
    state.asideSealed = asideSealed;
    state.sequence = cells.sequence();
    state.series = cells.series();
    state.instances = cells.instances();
    state.bytes = cells.bytes();
    state.received = cells.receivedMillis();
    state.lastReceived = cells.changedMillis();
    return state;
  }

  StudyCells cells() {
    return new StudyCells(
        number,
        key.name(),
        key.study(),
        site,
        aside,
        asideMillis,
        sequence,
        series,
        instances,
        bytes,
        received,
        lastReceived);
  }

  boolean visible() {
    return aside == 0 && instances > 0;
  }
}
