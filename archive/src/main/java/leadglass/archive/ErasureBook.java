package leadglass.archive;

import leadglass.store.Pseudonym;
import leadglass.store.Registry;

/// All erasures ever asked for.
record ErasureBook(Documents<ErasureRecord> documents) {
  static ErasureBook in(Registry registry) {
    return new ErasureBook(new Documents<>(registry, "erasure", ErasureRecord.class));
  }

  /// Whether one of that patient's is under way.
  boolean isAskedFor(Pseudonym patient) {
    return documents.list().stream()
        .map(Documents.Kept::document)
        .anyMatch(record -> record.open() && record.patient().equals(patient.value()));
  }
}
