package leadglass.store.catalogue;

import leadglass.store.catalogue.Cells.SeriesCells;

/// A series as the writer knows it, written or not yet. Confined to the writer's thread.
final class SeriesState {
  final StudyState study;
  final long number;
  final byte[] hash;
  byte[] sealed;
  boolean isNew;
  long instances;

  SeriesState(StudyState study, long number, byte[] hash, byte[] sealed, boolean isNew) {
    this.study = study;
    this.number = number;
    this.hash = hash;
    this.sealed = sealed;
    this.isNew = isNew;
  }

  SeriesCells cells() {
    return new SeriesCells(number, study.number, hash, instances);
  }
}
