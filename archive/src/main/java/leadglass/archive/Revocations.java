package leadglass.archive;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.Registry;
import org.jspecify.annotations.Nullable;

/// Certificates of this archive that count no more, and the list of them that is published (RFC
/// 5280 §5). The archive itself goes by its registry and never reads that list.
///
/// Safe for use by several threads.
final class Revocations {
  /// How long whoever fetched the list may go by it.
  static final Duration NEXT_UPDATE = Duration.ofHours(24);

  /// Made anew after this long, so that what was superseded appears.
  private static final Duration FRESH = Duration.ofHours(1);

  private final Documents<RevocationRecord> documents;
  private final Authority authority;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Made made;

  private record Made(byte[] list, long atMillis) {}

  Revocations(Registry registry, Authority authority, InstantSource clock) {
    this.documents = new Documents<>(registry, RevocationRecord.KIND, RevocationRecord.class);
    this.authority = authority;
    this.clock = clock;
  }

  /// Notes that this counts no more from `at` on; what is of another authority is not listed.
  void add(DeviceRecord.Proof proof, long at, boolean superseded) {
    DeviceRecord.Issued issued = proof.issued();
    if (issued == null || proof.ends() <= at) {
      return;
    }
    lock.lock();
    try {
      Optional<Documents.Kept<RevocationRecord>> kept = documents.find(issued.serial());
      if (kept.isPresent() && kept.get().document().at() <= at) {
        return;
      }
      RevocationRecord record =
          new RevocationRecord(
              issued.serial(), issued.issuer(), proof.key(), at, proof.ends(), superseded);
      long version = kept.map(Documents.Kept::version).orElse(0L);
      if (!documents.put(issued.serial(), version, record)) {
        throw new IllegalStateException("two at a time wrote a revocation");
      }
      made = null;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a certificate for this key was revoked or superseded, and would not have ended yet.
  boolean hasKey(byte[] key) {
    return key.length > 0
        && documents.list().stream().anyMatch(kept -> Arrays.equals(kept.document().key(), key));
  }

  /// The list as of now, DER.
  byte[] list() throws IOException {
    lock.lock();
    try {
      long now = clock.millis();
      Made last = made;
      boolean fresh =
          last != null && now >= last.atMillis() && now - last.atMillis() < FRESH.toMillis();
      if (last == null || !fresh) {
        last = new Made(make(now), now);
        made = last;
      }
      return last.list().clone();
    } finally {
      lock.unlock();
    }
  }

  private byte[] make(long now) throws IOException {
    List<RevocationRecord> listed = new ArrayList<>();
    for (Documents.Kept<RevocationRecord> kept : documents.list()) {
      RevocationRecord record = kept.document();
      if (record.ends() <= now) {
        documents.remove(kept.key());
      } else if (record.at() <= now) {
        listed.add(record);
      }
    }
    // By the clock, so that a restored archive doesn't count from the start again.
    return authority.revocations(listed, BigInteger.valueOf(now), NEXT_UPDATE);
  }
}
