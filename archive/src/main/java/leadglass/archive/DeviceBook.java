package leadglass.archive;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import leadglass.store.Registry;

/// All devices, held in memory beside the registry and found by what they show.
///
/// Safe for use by several threads, if one at a time writes.
final class DeviceBook {
  private final Documents<DeviceRecord> documents;
  private final Map<String, Known> byTitle = new ConcurrentHashMap<>();

  /// By the hash of the public key.
  private final Map<ByteBuffer, Shown> byKey = new ConcurrentHashMap<>();

  /// By the hash of a certificate whose key has not been seen yet.
  private final Map<String, Shown> byCertificate = new ConcurrentHashMap<>();

  /// Those removed since the start, and not enrolled again.
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  record Known(long version, DeviceRecord record) {}

  private record Shown(String aeTitle, DeviceRecord.Proof proof) {}

  DeviceBook(Registry registry) {
    this.documents = new Documents<>(registry, "device", DeviceRecord.class);
    documents.list().forEach(kept -> keep(kept.version(), kept.document()));
  }

  /// Whoever is taken out of the maps first is unknown for a moment at most, never somebody else.
  private void keep(long version, DeviceRecord record) {
    Known old = byTitle.put(record.aeTitle(), new Known(version, record));
    if (old != null) {
      forget(old.record());
    }
    if (record.revoked() != null) {
      return;
    }
    for (DeviceRecord.Proof proof : record.proofs()) {
      Shown shown = new Shown(record.aeTitle(), proof);
      if (proof.key().length > 0) {
        byKey.put(ByteBuffer.wrap(proof.key()), shown);
      } else if (proof.certificate() != null) {
        byCertificate.put(proof.certificate(), shown);
      }
    }
  }

  private void forget(DeviceRecord record) {
    for (DeviceRecord.Proof proof : record.proofs()) {
      byKey.remove(ByteBuffer.wrap(proof.key()));
      if (proof.certificate() != null) {
        byCertificate.remove(proof.certificate());
      }
    }
  }

  /// @return false, with nothing changed, if somebody else was faster
  boolean write(Optional<Known> old, DeviceRecord record) {
    long version = old.map(Known::version).orElse(0L);
    if (!documents.put(record.aeTitle(), version, record)) {
      return false;
    }
    keep(version + 1, record);
    gone.remove(record.aeTitle());
    return true;
  }

  void remove(Known old) {
    documents.remove(old.record().aeTitle());
    gone.add(old.record().aeTitle());
    byTitle.remove(old.record().aeTitle());
    forget(old.record());
  }

  Optional<Known> find(String aeTitle) {
    return Optional.ofNullable(byTitle.get(aeTitle));
  }

  boolean isGone(String aeTitle) {
    return gone.contains(aeTitle);
  }

  int count() {
    return byTitle.size();
  }

  /// In the order of their AE titles.
  List<DeviceRecord> list() {
    return byTitle.values().stream()
        .map(Known::record)
        .sorted(Comparator.comparing(DeviceRecord::aeTitle))
        .toList();
  }

  /// Whether a device was ever given this, whether it counts or not.
  boolean uses(DeviceRecord.Proof proof) {
    return byTitle.values().stream()
        .flatMap(known -> known.record().proofs().stream())
        .anyMatch(each ->
            (proof.key().length > 0 && Arrays.equals(each.key(), proof.key()))
                || (proof.certificate() != null && proof.certificate().equals(each.certificate())));
  }

  /// The device that was ever given this certificate or its key, whether that counts or not.
  Optional<DeviceRecord> given(X509Certificate certificate) {
    byte[] key = pinned(certificate);
    String whole = fingerprint(certificate);
    return byTitle.values().stream()
        .map(Known::record)
        .filter(record ->
            record.proofs().stream()
                .anyMatch(
                    proof -> Arrays.equals(proof.key(), key) || whole.equals(proof.certificate())))
        .findFirst();
  }

  /// The device whose key this certificate has, and that has shown a certificate which counts now.
  Optional<Known> proved(X509Certificate certificate, Instant now) {
    boolean valid =
        !now.isBefore(certificate.getNotBefore().toInstant())
            && !now.isAfter(certificate.getNotAfter().toInstant());
    return valid
        ? counted(certificate, now).flatMap(shown -> find(shown.aeTitle()))
        : Optional.empty();
  }

  /// The device whose newest certificate this is, if it has ended, and lately: what was renewed or
  /// revoked is none.
  Optional<Known> lapsed(X509Certificate certificate, Instant now) {
    Instant ended = certificate.getNotAfter().toInstant();
    Instant lately = now.minus(Devices.ENDED_MAX);
    if (!now.isAfter(ended) || lately.isAfter(ended)) {
      return Optional.empty();
    }
    return counted(certificate, lately)
        .flatMap(shown ->
            find(shown.aeTitle()).filter(known -> isNewest(known.record(), shown.proof())));
  }

  private static boolean isNewest(DeviceRecord record, DeviceRecord.Proof proof) {
    DeviceRecord.Proof newest = record.proof();
    return Arrays.equals(newest.key(), proof.key())
        && Objects.equals(newest.certificate(), proof.certificate());
  }

  private Optional<Shown> counted(X509Certificate certificate, Instant now) {
    String whole = fingerprint(certificate);
    Shown shown = byKey.get(ByteBuffer.wrap(pinned(certificate)));
    if (shown == null) {
      shown = byCertificate.get(whole);
    }
    if (shown == null || !counts(shown.proof(), whole, now.toEpochMilli())) {
      return Optional.empty();
    }
    return Optional.of(shown);
  }

  /// The end that was enrolled counts too: whoever holds the key can sign a longer certificate.
  private static boolean counts(DeviceRecord.Proof proof, String whole, long now) {
    boolean theOne = proof.certificate() == null || proof.certificate().equals(whole);
    return theOne && (proof.ends() == 0 || now < proof.ends());
  }

  /// What a certificate's key is known by.
  static byte[] pinned(X509Certificate certificate) {
    return Encodings.sha256(certificate.getPublicKey().getEncoded());
  }

  static String fingerprint(X509Certificate certificate) {
    return HexFormat.of().formatHex(Encodings.sha256(Pem.der(certificate)));
  }
}
