package leadglass.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import leadglass.store.Registry;

/// Devices that may send. One proves itself by a certificate whose public key is the one enrolled,
/// and by the AE title enrolled with it; an AE title alone proves nothing.
///
/// Safe for use by several threads.
public final class Devices {
  private static final int COUNT_MAX = 10_000;

  /// On the wire a title has 16 characters at most, whatever they are.
  private static final int PADDED_CHARS_MAX = 64;

  /// PS3.5 §6.2, VR AE: 1 to 16 characters of the default repertoire, no backslash, no controls;
  /// spaces around it mean nothing.
  private static final Pattern AE_TITLE = Pattern.compile("[ -~&&[^\\\\]]{1,16}");

  private final Documents<DeviceRecord> documents;
  private final Authority authority;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;
  private final InstantSource clock;
  private final SecureRandom random;
  private final ReentrantLock changes = new ReentrantLock();
  private final Map<String, Known> byTitle = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, DeviceRecord> byKey = new ConcurrentHashMap<>();

  private record Known(long version, DeviceRecord record) {}

  Devices(
      Registry registry,
      Authority authority,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      SecureRandom random) {
    this.documents = new Documents<>(registry, "device", DeviceRecord.class);
    this.authority = authority;
    this.trail = trail;
    this.refusals = refusals;
    this.gate = gate;
    this.clock = clock;
    this.random = random;
    documents.list().forEach(kept -> keep(kept.version(), kept.document()));
  }

  private void keep(long version, DeviceRecord record) {
    Known old = byTitle.put(record.aeTitle(), new Known(version, record));
    if (old != null) {
      byKey.remove(ByteBuffer.wrap(old.record().key()));
    }
    byKey.put(ByteBuffer.wrap(record.key()), record);
  }

  /// A device as an administrator sees it.
  public record Device(String aeTitle, long certificateEndsMillis) {}

  /// What came of an enrolment.
  public sealed interface Change {
    /// PEM texts for the device; the key is kept nowhere else.
    ///
    /// @param certificate the device's, then the intermediate that signed it
    /// @param ca root and intermediate
    record Done(String aeTitle, String key, String certificate, String ca) implements Change {
      @Override
      public String toString() {
        return "Done[]";
      }
    }

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Change {}
  }

  /// Enrols a device that may store, with a key and a certificate made here. One whose certificate
  /// has ended may be enrolled again.
  public Change add(Caller by, String aeTitle) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "enrolling a device refused");
      return new Change.Refused("You may not do this.");
    }
    String title = trimmed(aeTitle);
    if (!AE_TITLE.matcher(title).matches()) {
      return new Change.Refused(
          "An AE title is 1 to 16 characters: letters, digits and signs, no backslash.");
    }
    changes.lock();
    try {
      Known old = byTitle.get(title);
      if (old != null && old.record().ends() > clock.millis()) {
        return new Change.Refused("A device of that AE title is enrolled already.");
      }
      if (byTitle.size() >= COUNT_MAX) {
        return new Change.Refused("There are " + COUNT_MAX + " devices; no more can be enrolled.");
      }
      return enrol(by, title, old == null ? 0 : old.version());
    } finally {
      changes.unlock();
    }
  }

  private static String trimmed(String aeTitle) {
    return aeTitle.length() > PADDED_CHARS_MAX ? "" : aeTitle.replaceAll("^ +| +$", "");
  }

  private Change enrol(Caller by, String title, long version) throws IOException {
    String ca = authority.caPem();
    KeyPair pair = KeyPairs.p256(random);
    Authority.Issued issued = authority.device(pair.getPublic());
    DeviceRecord record =
        new DeviceRecord(
            title,
            pinned(issued.certificate()),
            clock.millis(),
            issued.certificate().getNotAfter().toInstant().toEpochMilli());
    trail.security(AuditTrail.Who.of(by), by.origin(), true, "device enrolled: " + title);
    if (!documents.put(title, version, record)) {
      return new Change.Refused("A device of that AE title is enrolled already.");
    }
    keep(version + 1, record);
    return new Change.Done(
        title,
        Pem.key(pair.getPrivate()),
        Pem.certificates(issued.certificate(), issued.issuer()),
        ca);
  }

  /// All devices, by AE title; empty for whoever may not know.
  public List<Device> list(Caller by) {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      return List.of();
    }
    return byTitle.values().stream()
        .map(known -> new Device(known.record().aeTitle(), known.record().ends()))
        .sorted(Comparator.comparing(Device::aeTitle))
        .toList();
  }

  int count() {
    return byTitle.size();
  }

  /// Whether this certificate's public key is one enrolled, and it is valid now. For the TLS
  /// handshake, before an AE title is known.
  public boolean knows(X509Certificate certificate) {
    return known(certificate).isPresent();
  }

  private Optional<DeviceRecord> known(X509Certificate certificate) {
    Instant now = clock.instant();
    boolean valid =
        !now.isBefore(certificate.getNotBefore().toInstant())
            && !now.isAfter(certificate.getNotAfter().toInstant());
    // The end that was enrolled counts too: whoever holds the key can sign a longer certificate.
    return Optional.ofNullable(byKey.get(ByteBuffer.wrap(pinned(certificate))))
        .filter(device -> valid && now.toEpochMilli() < device.ends());
  }

  private static byte[] pinned(X509Certificate certificate) {
    return Encodings.sha256(certificate.getPublicKey().getEncoded());
  }

  /// The device that calls itself `callingAeTitle`, if the certificate is that device's.
  public Optional<Caller.Device> admit(
      Origin origin, X509Certificate certificate, String callingAeTitle) throws IOException {
    Optional<DeviceRecord> device = known(certificate);
    if (device.isPresent() && device.get().aeTitle().equals(trimmed(callingAeTitle))) {
      return Optional.of(new Caller.Device(device.get().aeTitle(), origin));
    }
    // Who proved a key is named by it; the title that was called is what a stranger typed.
    Caller caller =
        device
            .<Caller>map(known -> new Caller.Device(known.aeTitle(), origin))
            .orElseGet(() -> new Caller.Stranger(origin));
    refusals.refused(
        caller, device.isPresent() ? "another AE title refused" : "unknown device refused");
    return Optional.empty();
  }
}
