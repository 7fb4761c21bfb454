package leadglass.archive;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Devices that may send. One proves itself by a certificate whose public key is the one enrolled,
/// and by the AE title enrolled with it; an AE title alone proves nothing.
///
/// Safe for use by several threads.
public final class Devices {
  Devices() {}

  /// A device as an administrator sees it.
  public record Device(String aeTitle, long certificateEndsMillis) {}

  /// What came of an enrolment.
  public sealed interface Change {
    /// PEM texts for the device; the key is kept nowhere else.
    ///
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

  /// Enrols a device that may store, with a key and a certificate made here.
  public Change add(Caller by, String aeTitle) throws IOException {
    throw new UnsupportedOperationException(by + aeTitle);
  }

  public List<Device> list(Caller by) {
    throw new UnsupportedOperationException(by.toString());
  }

  /// Whether this certificate's public key is one enrolled, and it is valid now. For the TLS
  /// handshake, before an AE title is known.
  public boolean knows(X509Certificate certificate) {
    throw new UnsupportedOperationException(certificate.toString());
  }

  /// The device that calls itself `callingAeTitle`, if the certificate is that device's.
  public Optional<Caller.Device> admit(
      Origin origin, X509Certificate certificate, String callingAeTitle) throws IOException {
    throw new UnsupportedOperationException(origin + callingAeTitle + certificate);
  }
}
