package leadglass.store.pack;

import java.util.List;
import java.util.Optional;
import leadglass.store.SiteId;

/// Something that happened to what is held; docs/formats/pack.md. The log is where it is true: key
/// store and indexes follow it, and follow it again whenever they are made anew or come back from
/// an older copy. Applying one twice changes nothing.
///
/// @param id random, 16 bytes
/// @param number one more than the event before; the key store remembers the last it obeyed
/// @param kind what happened
/// @param atMillis when, milliseconds since 1970-01-01T00:00Z
/// @param by who did it, a name of ours
/// @param subject name of the study's key; of [Kind#ERASED] the patient's keyed hash; of a kind
///   that is about one instance the id of its record. 16 bytes
/// @param keys names of the keys that were destroyed, 16 bytes each; of [Kind#MOVED] the keyed hash
///   of the patient the study belongs to from now on
/// @param detail sealed under the study's key for details, or empty
public record LifeEvent(
    SiteId site,
    byte[] id,
    long number,
    Kind kind,
    long atMillis,
    String by,
    byte[] subject,
    List<byte[]> keys,
    byte[] detail)
    implements Logged {

  /// Their numbers stay for ever.
  public enum Kind {
    /// A study is put aside: nothing finds it, and its UIDs are free. Detail: why.
    DELETED(1),
    /// A study that was put aside is back.
    RESTORED(2),
    /// The key of a study that was put aside is destroyed.
    PURGED(3),
    /// A study belongs to another patient: [leadglass.store.PatientIdentity]; empty detail: to the
    /// one it was filed under.
    MOVED(4),
    /// A patient's key and those of all their studies are destroyed.
    ERASED(5),
    /// An instance that was kept apart takes the place of the one that is held.
    ACCEPTED(6),
    /// An instance that was kept apart is dropped.
    DISCARDED(7);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    static Optional<Kind> of(int number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    /// Whether keys are destroyed.
    public boolean destroys() {
      return this == PURGED || this == ERASED;
    }
  }

  @Override
  public String toString() {
    return "LifeEvent[" + kind + "]";
  }
}
