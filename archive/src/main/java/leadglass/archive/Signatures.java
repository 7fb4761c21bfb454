package leadglass.archive;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.CertificateException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import java.nio.ByteBuffer;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What authenticators sign, checked by WebAuthn's rules (Level 3, §7.1 and §7.2): the only place
/// that knows the library.
///
/// Safe for use by several threads.
final class Signatures {
  private static final int CLIENT_DATA_BYTES_MAX = 4 << 10;
  private static final int ATTESTATION_BYTES_MAX = 16 << 10;
  private static final int AUTHENTICATOR_DATA_BYTES_MAX = 4 << 10;
  private static final int SIGNATURE_BYTES_MAX = 2 << 10;

  /// WebAuthn Level 3, §4, "Credential ID".
  static final int ID_BYTES_MAX = 1023;

  private static final int RSA_BITS_MIN = 2048;
  private static final int RSA_BITS_MAX = 4096;
  private static final int AAGUID_BYTES = 16;

  /// In the order we like them.
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          algorithm(COSEAlgorithmIdentifier.ES256),
          algorithm(COSEAlgorithmIdentifier.EdDSA),
          algorithm(COSEAlgorithmIdentifier.RS256));

  private final ObjectConverter converter = new ObjectConverter();
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);

  /// We ask for no attestation. An authenticator that signs with the key itself all the same may; a
  /// maker's certificate would say who bought what, and is refused.
  private final WebAuthnManager manager =
      new WebAuthnManager(
          List.of(new NoneAttestationStatementVerifier(), new PackedAttestationStatementVerifier()),
          (_, _, _) -> {
            throw new CertificateException("no attestation was asked for");
          },
          new DefaultSelfAttestationTrustworthinessVerifier(true),
          converter);

  private static PublicKeyCredentialParameters algorithm(COSEAlgorithmIdentifier algorithm) {
    return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
  }

  /// Their numbers (RFC 9053), in the order we like them.
  static List<Long> algorithms() {
    return ALGORITHMS.stream().map(each -> each.getAlg().getValue()).toList();
  }

  /// What came of an assertion.
  sealed interface Verdict {
    /// @param counter from now on
    record Right(long counter, boolean backedUp) implements Verdict {}

    /// Everything was right but the counter, which went back.
    record CountsBack() implements Verdict {}

    record Wrong() implements Verdict {}
  }

  /// A new passkey, not yet anybody's; empty if anything about it is not as it has to be.
  Optional<PasskeyRecord> attested(
      Passkeys.Attested made, byte[] challenge, Passkeys.Host host, String label, long now) {
    if (made.clientData().length > CLIENT_DATA_BYTES_MAX
        || made.attestation().length > ATTESTATION_BYTES_MAX) {
      return Optional.empty();
    }
    try {
      RegistrationData data =
          manager.verify(
              manager.parse(new RegistrationRequest(made.attestation(), made.clientData())),
              new RegistrationParameters(property(host, challenge), ALGORITHMS, true, true));
      return Optional.ofNullable(data.getAttestationObject())
          .map(attestation -> attestation.getAuthenticatorData())
          .flatMap(signed -> record(signed, host, label, now));
    } catch (RuntimeException _) {
      // Of the library's parsers too: whatever they trip over was not what an authenticator makes.
      return Optional.empty();
    }
  }

  private Optional<PasskeyRecord> record(
      AuthenticatorData<?> signed, Passkeys.Host host, String label, long now) {
    AttestedCredentialData credential = signed.getAttestedCredentialData();
    if (credential == null) {
      return Optional.empty();
    }
    byte[] id = credential.getCredentialId();
    boolean sound =
        id.length > 0
            && id.length <= ID_BYTES_MAX
            && (!(credential.getCOSEKey().getPublicKey() instanceof RSAPublicKey rsa)
                || (rsa.getModulus().bitLength() >= RSA_BITS_MIN
                    && rsa.getModulus().bitLength() <= RSA_BITS_MAX));
    if (!sound) {
      return Optional.empty();
    }
    byte[] whole = credentials.convert(credential);
    byte[] key = Arrays.copyOfRange(whole, AAGUID_BYTES + Short.BYTES + id.length, whole.length);
    return Optional.of(
        new PasskeyRecord(
            id,
            key,
            signed.getSignCount(),
            label,
            host.name(),
            now,
            null,
            signed.isFlagBE(),
            signed.isFlagBS(),
            false));
  }

  Verdict asserted(
      Passkeys.Asserted signed, PasskeyRecord passkey, byte[] challenge, Passkeys.Host host) {
    if (signed.clientData().length > CLIENT_DATA_BYTES_MAX
        || signed.authenticatorData().length > AUTHENTICATOR_DATA_BYTES_MAX
        || signed.signature().length > SIGNATURE_BYTES_MAX
        || !passkey.is(signed.id())
        || !passkey.host().equals(host.name())) {
      return new Verdict.Wrong();
    }
    try {
      AuthenticationData data =
          manager.verify(
              manager.parse(
                  new AuthenticationRequest(
                      signed.id(),
                      signed.userHandle(),
                      signed.authenticatorData(),
                      signed.clientData(),
                      signed.signature())),
              new AuthenticationParameters(
                  property(host, challenge), known(passkey), List.of(passkey.id()), true, true));
      AuthenticatorData<?> said = data.getAuthenticatorData();
      return said == null
          ? new Verdict.Wrong()
          : new Verdict.Right(said.getSignCount(), said.isFlagBS());
    } catch (MaliciousCounterValueException _) {
      // Checked last, so that only who has the key can bring it about.
      return new Verdict.CountsBack();
    } catch (RuntimeException _) {
      return new Verdict.Wrong(); // as above
    }
  }

  private CredentialRecord known(PasskeyRecord passkey) {
    ByteBuffer whole =
        ByteBuffer.allocate(
            AAGUID_BYTES + Short.BYTES + passkey.id().length + passkey.key().length);
    whole.position(AAGUID_BYTES); // the model of the authenticator is not kept
    whole.putShort((short) passkey.id().length).put(passkey.id()).put(passkey.key());
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        passkey.backupEligible(),
        passkey.backedUp(),
        passkey.counter(),
        credentials.convert(whole.array()),
        null,
        null,
        null,
        null);
  }

  private static ServerProperty property(Passkeys.Host host, byte[] challenge) {
    return ServerProperty.builder()
        .origin(new Origin(host.origin()))
        .rpId(host.name())
        .challenge(new DefaultChallenge(challenge))
        .build();
  }
}
