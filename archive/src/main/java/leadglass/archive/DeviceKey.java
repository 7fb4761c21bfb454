package leadglass.archive;

/// By what a device is going to prove itself.
public sealed interface DeviceKey {

  /// A key made here, and handed out once.
  ///
  /// @param folder where it is going to be laid, an absolute path; empty if nowhere that is known
  record Made(String folder) implements DeviceKey {}

  /// A key made elsewhere, that a certificate is asked for.
  ///
  /// @param request PKCS #10 (RFC 2986), PEM or DER
  record Request(byte[] request) implements DeviceKey {
    @Override
    public String toString() {
      return "Request[]";
    }
  }

  /// A certificate of another authority.
  ///
  /// @param certificate PEM or DER
  record Foreign(byte[] certificate) implements DeviceKey {
    @Override
    public String toString() {
      return "Foreign[]";
    }
  }

  /// A certificate of another authority that is not at hand.
  ///
  /// @param sha256 of its DER, 64 hexadecimal digits, colons and spaces between them or not
  record Fingerprint(String sha256) implements DeviceKey {}
}
