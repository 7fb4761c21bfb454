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
import java.util.concurrent.atomic.AtomicReference;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.RecordFrames;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Seals audit entries. They belong to no patient, so that they outlive a patient's key: theirs
/// come from the archive's secret for audit, one for every run of the program or every 2^30
/// entries. Safe for use by several threads.
final class AuditSeals {
  static final int ENTRY_BYTES_MAX = 1 << 20;

  private static final long ENTRIES_PER_KEY = 1L << 30;

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

  /// The frames of some entries.
  ///
  /// @throws FilingTooLargeException if one is larger than any honest entry
  List<List<ByteBuffer>> frames(List<byte[]> entries) throws FilingTooLargeException {
    List<List<ByteBuffer>> frames = new ArrayList<>(entries.size());
    for (byte[] entry : entries) {
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

  /// Opens entries; keeps the keys it met.
  final class Opener {
    private final Map<String, SecretBytes> keys = new HashMap<>();

    byte[] open(Placed placed) throws IOException {
      Frame frame = placed.frame();
      String name = HexFormat.of().formatHex(frame.record());
      SecretBytes of = keys.computeIfAbsent(name, n -> key(frame.record()));
      try {
        return Seal.open(of, about(frame.record()), placed.payload());
      } catch (Seal.BrokenException e) {
        throw new IOException("an audit entry is damaged", e);
      }
    }
  }
}
