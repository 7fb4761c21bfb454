package leadglass.app.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import leadglass.archive.Passkeys;

/// A passkey in software (ES256) and the browser in front of it.
final class SoftPasskey {
  private static final int PRESENT_AND_VERIFIED = 5;
  private static final int ATTESTED = 64;
  private static final int COORDINATE_BYTES = 32;

  private final KeyPair keys;
  private final Passkeys.Host host;
  private final byte[] id = new byte[32];
  private byte[] handle = new byte[0];

  SoftPasskey(Passkeys.Host host) throws IOException {
    this.host = host;
    new SecureRandom().nextBytes(id);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  Passkeys.Attested make(Passkeys.Question question) throws IOException {
    handle = question.handle();
    byte[] data = data(ATTESTED, key());
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(HexFormat.of().parseHex("a363666d74646e6f6e656761747453746d74a0"));
    object.writeBytes(HexFormat.of().parseHex("686175746844617461"));
    object.write(0x58);
    object.write(data.length);
    object.writeBytes(data);
    return new Passkeys.Attested(client("webauthn.create", question), object.toByteArray());
  }

  Passkeys.Asserted sign(Passkeys.Question question) throws IOException {
    byte[] data = data(0, new byte[0]);
    byte[] client = client("webauthn.get", question);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(sha256(client));
      return new Passkeys.Asserted(id, client, data, signature.sign(), handle);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private byte[] client(String type, Passkeys.Question question) {
    String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(question.challenge());
    return ("{\"type\":\""
            + type
            + "\",\"challenge\":\""
            + challenge
            + "\",\"origin\":\""
            + host.origin()
            + "\",\"crossOrigin\":false}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] data(int flags, byte[] attested) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(sha256(host.name().getBytes(StandardCharsets.UTF_8)));
    data.write(PRESENT_AND_VERIFIED | flags);
    data.writeBytes(new byte[4]); // it does not count
    data.writeBytes(attested);
    return data.toByteArray();
  }

  /// Attested credential data: no model, the id, and the key as COSE has it.
  private byte[] key() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[16]);
    out.write(0);
    out.write(id.length);
    out.writeBytes(id);
    out.writeBytes(HexFormat.of().parseHex("a5010203262001215820"));
    out.writeBytes(coordinate(key.getW().getAffineX()));
    out.writeBytes(HexFormat.of().parseHex("225820"));
    out.writeBytes(coordinate(key.getW().getAffineY()));
    return out.toByteArray();
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] bytes = new byte[COORDINATE_BYTES];
    byte[] plain = value.toByteArray();
    int count = Math.min(plain.length, COORDINATE_BYTES);
    System.arraycopy(plain, plain.length - count, bytes, COORDINATE_BYTES - count, count);
    return bytes;
  }

  private static byte[] sha256(byte[] bytes) throws IOException {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
