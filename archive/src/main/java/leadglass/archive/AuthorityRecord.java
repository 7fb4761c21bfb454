package leadglass.archive;

/// The authority as it is kept in the registry: certificates in DER, keys in PKCS #8.
record AuthorityRecord(byte[] rootCertificate, byte[] rootKey, byte[] certificate, byte[] key) {

  static AuthorityRecord of(Issuer root, Issuer intermediate) {
    return new AuthorityRecord(
        Pem.der(root.certificate()),
        root.key().getEncoded(),
        Pem.der(intermediate.certificate()),
        intermediate.key().getEncoded());
  }

  Issuer root() {
    return new Issuer(KeyPairs.certificate(rootCertificate), KeyPairs.key("EC", rootKey));
  }

  Issuer intermediate() {
    return new Issuer(KeyPairs.certificate(certificate), KeyPairs.key("EC", key));
  }

  @Override
  public String toString() {
    return "AuthorityRecord[]";
  }
}
