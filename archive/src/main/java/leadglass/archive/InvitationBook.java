package leadglass.archive;

import java.util.HexFormat;
import java.util.Optional;
import leadglass.store.Registry;

/// Codes that are open, one a device at most, found by what is kept of them.
final class InvitationBook {
  private final Documents<InvitationRecord> documents;

  InvitationBook(Registry registry) {
    this.documents = new Documents<>(registry, InvitationRecord.KIND, InvitationRecord.class);
  }

  private static String key(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  Optional<InvitationRecord> find(byte[] hash) {
    return documents.find(key(hash)).map(Documents.Kept::document);
  }

  /// In place of those the device has.
  void put(InvitationRecord record) {
    cancel(record.aeTitle());
    if (!documents.put(key(record.hash()), 0, record)) {
      throw new IllegalStateException("two codes of one hash");
    }
  }

  /// Ends those of a device.
  void cancel(String aeTitle) {
    for (Documents.Kept<InvitationRecord> kept : documents.list()) {
      if (kept.document().aeTitle().equals(aeTitle)) {
        documents.remove(kept.key());
      }
    }
  }

  /// Ends those that are over.
  void forgetEnded(long now) {
    for (Documents.Kept<InvitationRecord> kept : documents.list()) {
      if (kept.document().ends() <= now) {
        documents.remove(kept.key());
      }
    }
  }

  /// Devices that are waited for, and until when.
  java.util.List<InvitationRecord> list() {
    return documents.list().stream().map(Documents.Kept::document).toList();
  }
}
