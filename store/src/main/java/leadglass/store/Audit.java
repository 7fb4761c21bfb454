package leadglass.store;

import java.util.Optional;
import leadglass.dicom.data.Uid;

/// An audit entry to be sealed, in two parts: what outlives the patient, and what must not.
///
/// @param entry whatever the archive writes, without anything that identifies a patient
/// @param subject what does identify them
public record Audit(byte[] entry, Optional<Subject> subject) {

  /// Sealed under the key of the study, so that it is gone when the patient is erased. Left out
  /// when the site holds no such study.
  ///
  /// @param study Study Instance UID
  /// @param detail such as UIDs, or the reason somebody typed
  public record Subject(SiteId site, Uid study, byte[] detail) {
    @Override
    public String toString() {
      return "Subject[]";
    }
  }

  /// An entry as it is read again.
  ///
  /// @param about whose study it is about, if it is about one
  public record Opened(byte[] entry, Optional<About> about) {
    @Override
    public String toString() {
      return "Opened[]";
    }
  }

  /// Whose study an entry is about.
  ///
  /// @param detail the subject's, unless its key is gone
  public record About(SiteId site, StudyName study, Pseudonym patient, Optional<byte[]> detail) {
    @Override
    public String toString() {
      return "About[]";
    }
  }

  public static Audit of(byte[] entry) {
    return new Audit(entry, Optional.empty());
  }

  @Override
  public String toString() {
    return "Audit[]";
  }
}
