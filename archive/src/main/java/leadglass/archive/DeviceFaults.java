package leadglass.archive;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Why a device was not let in, looked up after it was not.
final class DeviceFaults {
  private final DeviceBook book;
  private final Devices devices;
  private final InstantSource clock;

  DeviceFaults(DeviceBook book, Devices devices, InstantSource clock) {
    this.book = book;
    this.devices = devices;
    this.clock = clock;
  }

  /// @param callingAeTitle empty: it did not say yet
  Doctor.Found why(X509Certificate certificate, String callingAeTitle) {
    Optional<DeviceRecord> given = book.given(certificate);
    return given
        .map(device ->
            new Doctor.Found(cause(device, certificate, callingAeTitle), device.aeTitle()))
        .orElseGet(() -> new Doctor.Found(Cause.CERTIFICATE_UNKNOWN, ""));
  }

  private Cause cause(DeviceRecord device, X509Certificate certificate, String calling) {
    Instant now = clock.instant();
    if (device.revoked() != null) {
      return Cause.REVOKED;
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      return Cause.CERTIFICATE_NOT_YET;
    }
    if (!devices.knows(certificate)) {
      return now.isAfter(certificate.getNotAfter().toInstant())
          ? Cause.CERTIFICATE_ENDED
          : Cause.CERTIFICATE_REPLACED;
    }
    if (!calling.isEmpty() && !device.aeTitle().equals(Devices.trimmed(calling))) {
      return Cause.OTHER_TITLE;
    }
    return devices.isWithinHours(device) ? Cause.DISMISSED : Cause.OUTSIDE_HOURS;
  }
}
