package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.RecordFrames;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import leadglass.store.trail.TrailIndex;

/// Seals audit entries. They belong to no patient, so that they outlive a patient's key: theirs
/// come from a secret of the trail, one for every run of the program or every 2^30 entries. What
/// identifies the patient is sealed once more, under the key of the study, and dies with it;
/// docs/formats/pack.md. Safe for use by several threads.
final class AuditSeals {
  static final int ENTRY_BYTES_MAX = 1 << 20;

  private static final long ENTRIES_PER_KEY = 1L << 30;

  /// First byte of an entry with a subject; one without is JSON and begins otherwise.
  private static final byte WITH_SUBJECT = 2;

  private static final int NAME_BYTES = 16;
  private static final byte[] SUBJECT = "audit subject".getBytes(US_ASCII);

  private final SecretBytes key;
  private final SecureRandom random;
  private final AtomicReference<Run> run;

  /// A key, its id, and how often it may still be used.
  private record Run(byte[] id, SecretBytes key, java.util.concurrent.atomic.AtomicLong left) {}

  /// @param key the archive's secret for audit
  AuditSeals(SecretBytes key, SecureRandom random) {
    this.key = key;
    this.random = random;
    this.run = new AtomicReference<>(fresh());
  }

  private Run fresh() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return new Run(id, key(id), new java.util.concurrent.atomic.AtomicLong(ENTRIES_PER_KEY));
  }

  private SecretBytes key(byte[] id) {
    return Seal.derive(key, "entries " + HexFormat.of().formatHex(id));
  }

  private static byte[] about(byte[] id) {
    return ("audit " + HexFormat.of().formatHex(id)).getBytes(US_ASCII);
  }

  /// Finds keys of studies.
  interface Keys {
    Optional<StudyKey> of(Audit.Subject subject) throws IOException;

    Optional<StudyKey> named(SiteId site, byte[] name) throws IOException;
  }

  /// The frames of some entries.
  ///
  /// @throws FilingTooLargeException if one is larger than any honest entry
  List<List<ByteBuffer>> frames(List<Audit> entries, Keys keys) throws IOException {
    List<List<ByteBuffer>> frames = new ArrayList<>(entries.size());
    for (Audit audit : entries) {
      byte[] entry = plain(audit, keys);
      if (entry.length > ENTRY_BYTES_MAX) {
        throw new FilingTooLargeException();
      }
      Run now = run.get();
      if (now.left().decrementAndGet() < 0) {
        Run next = fresh();
        now = run.compareAndSet(now, next) ? next : run.get();
      }
      frames.add(
          List.of(RecordFrames.audit(now.id(), Seal.seal(now.key(), about(now.id()), entry))));
    }
    return frames;
  }

  private static byte[] plain(Audit audit, Keys keys) throws IOException {
    Optional<StudyKey> key =
        audit.subject().isPresent() ? keys.of(audit.subject().get()) : Optional.empty();
    if (key.isEmpty()) {
      return audit.entry();
    }
    Audit.Subject subject = audit.subject().orElseThrow();
    byte[] sealed = Seal.seal(key.get().details(), SUBJECT, subject.detail());
    int bytes = 1 + 3 * NAME_BYTES + Integer.BYTES + sealed.length + audit.entry().length;
    return ByteBuffer.allocate(bytes)
        .put(WITH_SUBJECT)
        .put(HexFormat.of().parseHex(subject.site().value()))
        .put(key.get().name())
        .put(key.get().patient())
        .putInt(sealed.length)
        .put(sealed)
        .put(audit.entry())
        .array();
  }

  /// Opens entries; keeps the keys it met.
  final class Opener {
    private final Map<String, SecretBytes> keys = new HashMap<>();
    private final Keys studies;

    Opener(Keys studies) {
      this.studies = studies;
    }

    Audit.Opened open(Placed placed) throws IOException {
      try {
        return opened(plain(placed));
      } catch (Seal.BrokenException e) {
        throw new IOException("an audit entry is damaged", e);
      }
    }

    private byte[] plain(Placed placed) throws IOException {
      Frame frame = placed.frame();
      String name = HexFormat.of().formatHex(frame.record());
      SecretBytes of = keys.computeIfAbsent(name, n -> key(frame.record()));
      try {
        return Seal.open(of, about(frame.record()), placed.payload());
      } catch (Seal.BrokenException e) {
        throw new IOException("an audit entry is damaged", e);
      }
    }

    /// As much of an entry as tells whose it is.
    Optional<TrailIndex.Whose> whose(Placed placed) throws IOException {
      byte[] plain = plain(placed);
      if (plain.length <= 3 * NAME_BYTES || plain[0] != WITH_SUBJECT) {
        return Optional.empty();
      }
      String names = HexFormat.of().formatHex(plain, 1, 1 + 3 * NAME_BYTES);
      return Optional.of(
          new TrailIndex.Whose(
              new SiteId(names.substring(0, 2 * NAME_BYTES)),
              new StudyName(names.substring(2 * NAME_BYTES, 4 * NAME_BYTES)),
              new Pseudonym(names.substring(4 * NAME_BYTES))));
    }

    private Audit.Opened opened(byte[] plain) throws IOException, Seal.BrokenException {
      if (plain.length == 0 || plain[0] != WITH_SUBJECT) {
        return new Audit.Opened(plain, Optional.empty());
      }
      ByteBuffer bytes = ByteBuffer.wrap(plain, 1, plain.length - 1);
      byte[] site = new byte[NAME_BYTES];
      byte[] study = new byte[NAME_BYTES];
      byte[] patient = new byte[NAME_BYTES];
      bytes.get(site).get(study).get(patient);
      byte[] sealed = new byte[bytes.getInt()];
      bytes.get(sealed);
      byte[] entry = new byte[bytes.remaining()];
      bytes.get(entry);
      SiteId of = new SiteId(HexFormat.of().formatHex(site));
      Optional<StudyKey> key = studies.named(of, study);
      Optional<byte[]> detail =
          key.isEmpty()
              ? Optional.empty()
              : Optional.of(Seal.open(key.get().details(), SUBJECT, sealed));
      Audit.About about =
          new Audit.About(
              of,
              new StudyName(HexFormat.of().formatHex(study)),
              new Pseudonym(HexFormat.of().formatHex(patient)),
              detail);
      return new Audit.Opened(entry, Optional.of(about));
    }
  }
}
