package leadglass.archive;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import leadglass.dicom.data.Uid;
import org.jspecify.annotations.Nullable;

/// Devices that may send. One proves itself by a certificate whose public key is the one enrolled,
/// and by the AE title enrolled with it; an AE title alone proves nothing.
///
/// Safe for use by several threads.
public final class Devices {
  private static final int COUNT_MAX = 10_000;

  /// On the wire a title has 16 characters at most, whatever they are.
  private static final int PADDED_CHARS_MAX = 64;

  /// What was renewed counts this much longer: somebody has to walk to the device.
  static final Duration OVERLAP = Duration.ofDays(7);

  /// Certificates of one device that count at a time.
  private static final int FORMER_MAX = 8;

  static final Duration ENDS_SOON = Duration.ofDays(30);

  /// How long one whose certificate has ended may still send, into quarantine.
  public static final Duration ENDED_MAX = Duration.ofDays(30);

  /// PS3.5 §6.2, VR AE: 1 to 16 characters of the default repertoire, no backslash, no controls;
  /// spaces around it mean nothing.
  private static final Pattern AE_TITLE = Pattern.compile("[ -~&&[^\\\\]]{1,16}");

  private static final String NOT_PERMITTED = "You may not do this.";
  static final String UNTITLED =
      "An AE title is 1 to 16 characters: letters, digits and signs, no backslash.";

  private final DeviceBook book;
  private final DeviceProofs proofs;
  private final Revocations revocations;
  private final LaneBook lanes;
  private final InvitationBook invitations;
  private final Authority authority;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Consumer<? super ArchiveEvent> events;
  private final DeviceStates states;
  private final ReentrantLock changes = new ReentrantLock();

  /// What devices are built upon.
  record Parts(
      DeviceBook book,
      DeviceProofs proofs,
      Revocations revocations,
      LaneBook lanes,
      InvitationBook invitations,
      Authority authority,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      ZoneId zone,
      Consumer<? super ArchiveEvent> events) {}

  Devices(Parts parts) {
    this.book = parts.book();
    this.proofs = parts.proofs();
    this.revocations = parts.revocations();
    this.lanes = parts.lanes();
    this.invitations = parts.invitations();
    this.authority = parts.authority();
    this.trail = parts.trail();
    this.refusals = parts.refusals();
    this.gate = parts.gate();
    this.clock = parts.clock();
    this.zone = parts.zone();
    this.events = parts.events();
    this.states = new DeviceStates(parts.clock());
  }

  /// Whether a device may come in.
  public enum State {
    VALID,
    /// Within 30 days.
    ENDS_SOON,
    ENDED,
    REVOKED
  }

  /// A device as an administrator sees it.
  ///
  /// @param endsMillis of its newest certificate; empty: not seen yet
  /// @param formerEndsMillis of those it was given before, and that count still
  /// @param revoked by whom, when and why
  /// @param keyLaid the folder where its key has lain for more than a day
  /// @param takenUntilMillis of one whose certificate has ended: until when what it sends is still
  ///   taken, and kept apart
  public record Device(
      String aeTitle,
      State state,
      DeviceTerms terms,
      Optional<Long> endsMillis,
      List<Long> formerEndsMillis,
      boolean foreign,
      Optional<Revoked> revoked,
      Optional<String> keyLaid,
      Optional<Long> takenUntilMillis) {}

  public record Revoked(String by, long atMillis, String reason) {}

  /// How all devices together are doing.
  ///
  /// @param count of those not revoked
  /// @param endSoon whose last certificate ends within 30 days
  /// @param unnamed that nobody answers for
  /// @param keysLaid whose keys have lain in a folder here for more than a day
  public record Summary(int count, int endSoon, int ended, int unnamed, int keysLaid) {}

  /// What came of an enrolment.
  public sealed interface Change {
    /// PEM texts for the device; the key is kept nowhere else.
    ///
    /// @param key empty if it was not made here
    /// @param certificate the device's, then the intermediate that signed it; empty if it is of
    ///   another authority
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

  /// Who changes something, when that is clear.
  private record Hand(AuditTrail.Who who, Origin origin) {
    static Hand of(Caller by) {
      return new Hand(AuditTrail.Who.of(by), by.origin());
    }
  }

  /// Enrols a device. One whose certificate has ended or was revoked may be enrolled again.
  public Change add(Caller by, String aeTitle, DeviceTerms terms, DeviceKey key)
      throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "enrolling a device refused");
      return new Change.Refused(NOT_PERMITTED);
    }
    return add(Hand.of(by), trimmed(aeTitle), terms, key);
  }

  private Change add(Hand hand, String title, DeviceTerms terms, DeviceKey key) throws IOException {
    Optional<String> objection = taken(title).or(terms::objection);
    if (objection.isPresent()) {
      return new Change.Refused(objection.get());
    }
    changes.lock();
    try {
      Optional<DeviceBook.Known> old = book.find(title);
      if (old.isPresent() && isLive(old.get().record())) {
        return new Change.Refused("A device of that AE title is enrolled already.");
      }
      if (book.count() >= COUNT_MAX) {
        return new Change.Refused("There are " + COUNT_MAX + " devices; no more can be enrolled.");
      }
      String ca = authority.caPem();
      return switch (proofs.of(key)) {
        case DeviceProofs.Outcome.Refused(var rule) -> new Change.Refused(rule);
        case DeviceProofs.Outcome.Ready ready -> {
          note(hand, "device enrolled: " + title);
          DeviceRecord record =
              DeviceRecord.of(title, ready.proof(), clock.millis(), terms).laid(laid(key));
          yield written(old, record, ready, ca);
        }
      };
    } finally {
      changes.unlock();
    }
  }

  /// Why no device with a certificate can have that AE title, if none can.
  private Optional<String> taken(String title) {
    return untitled(title)
        .or(() ->
            lanes
                .find(title)
                .map(
                    _ -> "A lane has that AE title. Remove it once the device has a certificate."));
  }

  private Change written(
      Optional<DeviceBook.Known> old,
      DeviceRecord record,
      DeviceProofs.Outcome.Ready ready,
      String ca) {
    return book.write(old, record)
        ? new Change.Done(record.aeTitle(), ready.key(), ready.certificate(), ca)
        : new Change.Refused("Somebody else changed that device at the same time. Try again.");
  }

  private DeviceRecord.@Nullable Laid laid(DeviceKey key) {
    return key instanceof DeviceKey.Made(String folder) && !folder.isEmpty()
        ? new DeviceRecord.Laid(folder, clock.millis())
        : null;
  }

  /// Another key or certificate for a device. What it has counts seven days longer at most.
  public Change renew(Caller by, String aeTitle, DeviceKey key) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "renewing a device refused");
      return new Change.Refused(NOT_PERMITTED);
    }
    return renew(Hand.of(by), trimmed(aeTitle), key);
  }

  private Change renew(Hand hand, String title, DeviceKey key) throws IOException {
    changes.lock();
    try {
      Optional<DeviceBook.Known> old = book.find(title);
      if (old.isEmpty()) {
        return new Change.Refused("There is no device of that AE title.");
      }
      DeviceRecord device = old.get().record();
      if (device.revoked() != null) {
        return new Change.Refused("The device was revoked. Add it again if it may come back.");
      }
      long now = clock.millis();
      long overlap = now + OVERLAP.toMillis();
      List<DeviceRecord.Proof> older = older(device, now, overlap);
      if (older.size() > FORMER_MAX) {
        return new Change.Refused(
            "It was renewed " + FORMER_MAX + " times within a week. Wait, or revoke and add it.");
      }
      String ca = authority.caPem();
      return switch (proofs.of(key)) {
        case DeviceProofs.Outcome.Refused(var rule) -> new Change.Refused(rule);
        case DeviceProofs.Outcome.Ready ready -> {
          note(hand, "device renewed: " + title);
          device.proofs().forEach(proof -> revocations.add(proof, overlap, true));
          DeviceRecord renewed = device.renewed(ready.proof(), older).laid(laid(key));
          yield written(old, renewed, ready, ca);
        }
      };
    } finally {
      changes.unlock();
    }
  }

  private static List<DeviceRecord.Proof> older(DeviceRecord device, long now, long overlap) {
    List<DeviceRecord.Proof> older = new ArrayList<>();
    for (DeviceRecord.Proof proof : device.proofs()) {
      if (proof.ends() == 0 || proof.ends() > now) {
        older.add(proof.until(overlap));
      }
    }
    return older;
  }

  /// By a code that was handed out: enrols the device, or renews it if it is here already.
  Change invited(Origin origin, InvitationRecord invitation, byte[] request) throws IOException {
    String title = invitation.aeTitle();
    Hand hand = new Hand(new AuditTrail.Who("device", title, null), origin);
    DeviceKey key = new DeviceKey.Request(request);
    Optional<DeviceBook.Known> there = book.find(title);
    return there.isPresent() && isLive(there.get().record())
        ? renew(hand, title, key)
        : add(hand, title, invitation.device().terms(), key);
  }

  /// Why a code for a device would be of no use, if it would not.
  Optional<String> unexpected(String title, Optional<DeviceTerms> terms) {
    Optional<DeviceRecord> there =
        book.find(title).map(DeviceBook.Known::record).filter(this::isLive);
    if (terms.isPresent()) {
      return there.isPresent()
          ? Optional.of("A device of that AE title is enrolled already. Renew it instead.")
          : taken(title).or(terms.get()::objection);
    }
    return there.isPresent()
        ? Optional.empty()
        : Optional.of("There is no device of that AE title that could be renewed.");
  }

  DeviceTerms terms(String title) {
    return book.find(title)
        .map(known -> known.record().terms())
        .orElseGet(() -> new DeviceTerms("", Set.of(), Optional.empty()));
  }

  /// Ends a device: what it has proves nothing from now on. Doing it twice changes nothing.
  public Ruling revoke(Caller by, String aeTitle, String reason) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "revoking a device refused");
      return new Ruling.NotThere();
    }
    String title = trimmed(aeTitle);
    changes.lock();
    try {
      Optional<DeviceBook.Known> old = book.find(title);
      if (old.isEmpty()) {
        return new Ruling.NotThere();
      }
      if (old.get().record().revoked() != null) {
        return new Ruling.Done(title);
      }
      Optional<String> unsaid = Custody.refusedReason(reason);
      if (unsaid.isPresent()) {
        return new Ruling.Refused(unsaid.get());
      }
      note(Hand.of(by), "device revoked: " + title + ": " + reason.strip());
      end(old.get().record());
      DeviceRecord.Revoked mark =
          new DeviceRecord.Revoked(Custody.name(by), clock.millis(), reason.strip());
      return ruled(book.write(old, old.get().record().revoked(mark)), title);
    } finally {
      changes.unlock();
    }
  }

  /// Takes a device off the list, and ends it.
  public Ruling remove(Caller by, String aeTitle) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "removing a device refused");
      return new Ruling.NotThere();
    }
    String title = trimmed(aeTitle);
    changes.lock();
    try {
      Optional<DeviceBook.Known> old = book.find(title);
      if (old.isEmpty()) {
        return new Ruling.NotThere();
      }
      note(Hand.of(by), "device removed: " + title);
      end(old.get().record());
      book.remove(old.get());
      return new Ruling.Done(title);
    } finally {
      changes.unlock();
    }
  }

  private void end(DeviceRecord record) {
    long now = clock.millis();
    record.proofs().forEach(proof -> revocations.add(proof, now, false));
    invitations.cancel(record.aeTitle());
  }

  private static Ruling ruled(boolean written, String title) {
    return written
        ? new Ruling.Done(title)
        : new Ruling.Refused("Somebody else changed that device at the same time. Try again.");
  }

  /// Puts other terms in place of a device's.
  public Ruling set(Caller by, String aeTitle, DeviceTerms terms) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "changing a device refused");
      return new Ruling.NotThere();
    }
    Optional<String> objection = terms.objection();
    if (objection.isPresent()) {
      return new Ruling.Refused(objection.get());
    }
    String title = trimmed(aeTitle);
    changes.lock();
    try {
      Optional<DeviceBook.Known> old = book.find(title);
      if (old.isEmpty()) {
        return new Ruling.NotThere();
      }
      note(Hand.of(by), "device changed: " + title + ": may " + terms.words());
      return ruled(book.write(old, old.get().record().on(terms)), title);
    } finally {
      changes.unlock();
    }
  }

  private void note(Hand hand, String detail) throws IOException {
    trail.security(hand.who(), hand.origin(), true, detail);
  }

  static String trimmed(String aeTitle) {
    return aeTitle.length() > PADDED_CHARS_MAX ? "" : aeTitle.replaceAll("^ +| +$", "");
  }

  /// Why no device can have that AE title, if none can.
  static Optional<String> untitled(String title) {
    return AE_TITLE.matcher(title).matches() ? Optional.empty() : Optional.of(UNTITLED);
  }

  /// Whether anything it was given may count now.
  private boolean isLive(DeviceRecord record) {
    return switch (states.state(record)) {
      case VALID, ENDS_SOON -> true;
      case ENDED, REVOKED -> false;
    };
  }

  /// All devices, by AE title; empty for whoever may not know.
  public List<Device> list(Caller by) {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      return List.of();
    }
    return book.list().stream().map(states::shown).toList();
  }

  /// Who answers for each that is not revoked, by AE title.
  SortedMap<String, String> owners() {
    SortedMap<String, String> owners = new TreeMap<>();
    for (DeviceRecord record : book.list()) {
      if (states.state(record) != State.REVOKED) {
        owners.put(record.aeTitle(), record.terms().owner());
      }
    }
    return owners;
  }

  /// How they are doing; call it for whoever may know.
  Summary summary() {
    return states.summary(book.list());
  }

  /// The list of certificates that were revoked (RFC 5280 §5), DER. Public.
  public byte[] revocationList() throws IOException {
    return revocations.list();
  }

  /// Whether this certificate's public key is one enrolled, and it is valid now or ended lately.
  /// For the TLS handshake, before an AE title is known.
  public boolean knows(X509Certificate certificate) {
    return book.proved(certificate, clock.instant()).isPresent()
        || book.lapsed(certificate, clock.instant()).isPresent();
  }

  /// Whether a device that was admitted by this certificate may still be here, and all it might
  /// then. Asked again and again while an association is open.
  public boolean stands(Caller.Device device, X509Certificate certificate) {
    Optional<DeviceBook.Known> shown =
        device.proof() == Caller.Proof.CERTIFICATE
            ? book.proved(certificate, clock.instant())
            : book.lapsed(certificate, clock.instant());
    return shown
        .filter(known -> known.record().aeTitle().equals(device.aeTitle()))
        .filter(known -> isWithinHours(known.record()))
        .filter(known -> known.record().terms().may().containsAll(device.may()))
        .isPresent();
  }

  /// The SOP classes a device may store; empty: every one that is served.
  public Set<Uid> sopClasses(Caller.Device device) {
    return book.find(device.aeTitle())
        .map(known -> known.record().terms().sopClasses())
        .orElse(Set.of());
  }

  /// Why a caller may not store an instance of a SOP class, if it is a device and may not.
  Optional<String> objection(Caller caller, Optional<Uid> sopClass) {
    if (!(caller instanceof Caller.Device device)) {
      return Optional.empty();
    }
    Optional<DeviceRecord> record = book.find(device.aeTitle()).map(DeviceBook.Known::record);
    if (record.isEmpty()) {
      return book.isGone(device.aeTitle())
          ? Optional.of("this device was removed")
          : Optional.empty();
    }
    if (record.get().revoked() != null) {
      return Optional.of("this device was revoked");
    }
    if (!isWithinHours(record.get())) {
      return Optional.of("outside this device's hours");
    }
    Set<Uid> allowed = record.get().terms().sopClasses();
    return allowed.isEmpty() || sopClass.filter(allowed::contains).isPresent()
        ? Optional.empty()
        : Optional.of("this device may not store that SOP class");
  }

  boolean isWithinHours(DeviceRecord record) {
    return record
        .terms()
        .hours()
        .map(hours -> hours.has(LocalTime.ofInstant(clock.instant(), zone)))
        .orElse(true);
  }

  /// The device that calls itself `callingAeTitle`, if the certificate is that device's, and it may
  /// be here at this hour.
  public Optional<Caller.Device> admit(
      Origin origin, X509Certificate certificate, String callingAeTitle) throws IOException {
    Optional<DeviceRecord> valid =
        book.proved(certificate, clock.instant()).map(DeviceBook.Known::record);
    Optional<DeviceRecord> device =
        valid.or(() -> book.lapsed(certificate, clock.instant()).map(DeviceBook.Known::record));
    boolean titled = device.isPresent() && device.get().aeTitle().equals(trimmed(callingAeTitle));
    if (titled && isWithinHours(device.orElseThrow())) {
      seen(device.get(), certificate);
      DeviceTerms terms = device.get().terms();
      String title = device.get().aeTitle();
      return Optional.of(
          valid.isPresent()
              ? new Caller.Device(title, terms.may(), terms.reader(), origin)
              : lapsed(title, terms.may(), origin));
    }
    // Who proved a key is named by it; the title that was called is what a stranger typed.
    Caller caller =
        device
            .<Caller>map(known -> new Caller.Device(known.aeTitle(), origin))
            .orElseGet(() -> new Caller.Stranger(origin));
    if (titled) {
      events.accept(new ArchiveEvent.OutsideHours(device.get().aeTitle()));
      refusals.refused(caller, "outside its hours refused");
    } else {
      refusals.refused(
          caller, device.isPresent() ? "another AE title refused" : "unknown device refused");
    }
    return Optional.empty();
  }

  boolean has(String aeTitle) {
    return book.find(aeTitle).isPresent();
  }

  /// One whose certificate has ended: what it may send is kept apart, and it is answered nothing.
  private static Caller.Device lapsed(String title, Set<DeviceVerb> may, Origin origin) {
    Set<DeviceVerb> left = new HashSet<>(may);
    left.retainAll(Set.of(DeviceVerb.STORE));
    return new Caller.Device(title, left, Optional.empty(), origin, Caller.Proof.ENDED_CERTIFICATE);
  }

  /// Somebody came to the devices' door who did not show a certificate that counts here.
  public void unproved(Origin origin) throws IOException {
    refusals.refused(new Caller.Stranger(origin), "no enrolled certificate, connection refused");
  }

  /// The first time a certificate shows that was known by its fingerprint alone, its key and its
  /// end are noted.
  private void seen(DeviceRecord device, X509Certificate certificate) {
    if (device.ends() != 0) {
      return;
    }
    changes.lock();
    try {
      Optional<DeviceBook.Known> known = book.find(device.aeTitle());
      if (known.isPresent() && known.get().record().equals(device)) {
        DeviceRecord.Proof whole = DeviceProofs.foreign(certificate);
        book.write(known, device.renewed(whole, device.formerProofs()));
      }
    } finally {
      changes.unlock();
    }
  }
}
