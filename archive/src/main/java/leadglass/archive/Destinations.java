package leadglass.archive;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/// Devices of a site that instances may be sent to.
///
/// Safe for use by several threads.
public final class Destinations {
  private final DeviceBook book;
  private final Refusals refusals;
  private final Gate gate;
  private final InstantSource clock;
  private final ZoneId zone;

  Destinations(DeviceBook book, Refusals refusals, Gate gate, InstantSource clock, ZoneId zone) {
    this.book = book;
    this.refusals = refusals;
    this.gate = gate;
    this.clock = clock;
    this.zone = zone;
  }

  /// Where a caller may have instances sent to, if `aeTitle` is a device that may retrieve, listens
  /// somewhere and may be here now. One that is not is not told from one that nobody knows; the
  /// trail says that somebody asked.
  public Optional<DeviceTerms.Destination> find(Caller by, String aeTitle) throws IOException {
    Optional<DeviceTerms.Destination> found = known(by, aeTitle);
    if (found.isEmpty()) {
      refusals.refused(by, "sending instances to an unknown destination refused");
    }
    return found;
  }

  /// Where a device of ours listens, whatever it may, if it may be here now.
  public Optional<DeviceTerms.Destination> of(String aeTitle) {
    return book.find(Devices.trimmed(aeTitle))
        .map(DeviceBook.Known::record)
        .filter(this::stands)
        .map(DeviceRecord::terms)
        .flatMap(DeviceTerms::destination);
  }

  private Optional<DeviceTerms.Destination> known(Caller by, String aeTitle) {
    return gate.permits(by, Verb.RETRIEVE)
        ? book.find(Devices.trimmed(aeTitle))
            .map(DeviceBook.Known::record)
            .filter(this::stands)
            .map(DeviceRecord::terms)
            .filter(terms -> terms.may().contains(DeviceVerb.RETRIEVE))
            .flatMap(DeviceTerms::destination)
        : Optional.empty();
  }

  private boolean stands(DeviceRecord record) {
    boolean ended = record.ends() != 0 && record.ends() <= clock.millis();
    LocalTime now = LocalTime.ofInstant(clock.instant(), zone);
    return record.revoked() == null
        && !ended
        && record.terms().hours().map(hours -> hours.has(now)).orElse(true);
  }

  /// Whether a certificate proves the device of that AE title now, and no other.
  public boolean proves(X509Certificate certificate, String aeTitle) {
    return book.proved(certificate, clock.instant())
        .filter(known -> known.record().aeTitle().equals(Devices.trimmed(aeTitle)))
        .filter(known -> stands(known.record()))
        .isPresent();
  }
}
