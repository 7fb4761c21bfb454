package leadglass.archive;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/// An authenticator in software with one passkey, and the browser in front of it; does what it is
/// told, also what none should.
final class SoftAuthenticator {
  private static final int PRESENT = 1;
  private static final int VERIFIED = 4;
  private static final int BACKUP_ELIGIBLE = 8;
  private static final int BACKED_UP = 16;
  private static final int ATTESTED = 64;

  private final Kind kind;
  private final KeyPair keys;
  byte[] id = new byte[32];
  byte[] handle = new byte[0];
  long counter;
  long countsBy = 1;
  boolean verifies = true;
  boolean backed;
  String host = "localhost";
  String origin = "https://localhost:8443";
  boolean crossOrigin;

  enum Kind {
    ES256("SHA256withECDSA"),
    EDDSA("Ed25519"),
    RS256("SHA256withRSA"),
    RS256_SHORT("SHA256withRSA"),
    ES384("SHA384withECDSA");

    private final String signature;

    Kind(String signature) {
      this.signature = signature;
    }
  }

  SoftAuthenticator(Kind kind) {
    this.kind = kind;
    this.keys = pair(kind);
    new SecureRandom().nextBytes(id);
  }

  private static KeyPair pair(Kind kind) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (kind) {
                case ES256, ES384 -> "EC";
                case EDDSA -> "Ed25519";
                case RS256, RS256_SHORT -> "RSA";
              });
      switch (kind) {
        case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
        case ES384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
        case RS256 -> generator.initialize(2048);
        case RS256_SHORT -> generator.initialize(1024);
        case EDDSA -> {
          // It has one size.
        }
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Passkeys.Attested make(Passkeys.Question question) {
    handle = question.handle();
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    head(object, 5, 3);
    text(object, "fmt");
    text(object, "none");
    text(object, "attStmt");
    head(object, 5, 0);
    text(object, "authData");
    bytes(object, authenticatorData(true));
    return new Passkeys.Attested(
        clientData("webauthn.create", question.challenge()), object.toByteArray());
  }

  Passkeys.Asserted sign(Passkeys.Question question) {
    counter += countsBy;
    byte[] data = authenticatorData(false);
    byte[] client = clientData("webauthn.get", question.challenge());
    try {
      Signature signature = Signature.getInstance(kind.signature);
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(Encodings.sha256(client));
      return new Passkeys.Asserted(id, client, data, signature.sign(), handle);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] clientData(String type, byte[] challenge) {
    String json =
        "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":%s}"
            .formatted(
                type,
                Base64.getUrlEncoder().withoutPadding().encodeToString(challenge),
                origin,
                crossOrigin);
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] authenticatorData(boolean attested) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(Encodings.sha256(Encodings.utf8(host)));
    data.write(
        PRESENT
            | (verifies ? VERIFIED : 0)
            | (backed ? BACKUP_ELIGIBLE | BACKED_UP : 0)
            | (attested ? ATTESTED : 0));
    data.writeBytes(ByteBuffer.allocate(4).putInt((int) counter).array());
    if (attested) {
      data.writeBytes(new byte[16]);
      data.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
      data.writeBytes(id);
      data.writeBytes(key());
    }
    return data.toByteArray();
  }

  /// COSE_Key (RFC 9053 §7).
  private byte[] key() {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    switch (kind) {
      case ES256, ES384 -> {
        int size = kind == Kind.ES256 ? 32 : 48;
        ECPublicKey point = (ECPublicKey) keys.getPublic();
        head(key, 5, 5);
        pair(key, 1, 2);
        pair(key, 3, kind == Kind.ES256 ? -7 : -35);
        pair(key, -1, kind == Kind.ES256 ? 1 : 2);
        number(key, -2);
        bytes(key, unsigned(point.getW().getAffineX(), size));
        number(key, -3);
        bytes(key, unsigned(point.getW().getAffineY(), size));
      }
      case EDDSA -> {
        byte[] encoded = keys.getPublic().getEncoded();
        head(key, 5, 4);
        pair(key, 1, 1);
        pair(key, 3, -8);
        pair(key, -1, 6);
        number(key, -2);
        bytes(key, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
      }
      case RS256, RS256_SHORT -> {
        RSAPublicKey rsa = (RSAPublicKey) keys.getPublic();
        head(key, 5, 4);
        pair(key, 1, 3);
        pair(key, 3, -257);
        number(key, -1);
        bytes(key, unsigned(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8));
        number(key, -2);
        bytes(key, unsigned(rsa.getPublicExponent(), 3));
      }
    }
    return key.toByteArray();
  }

  private static byte[] unsigned(BigInteger number, int size) {
    byte[] signed = number.toByteArray();
    byte[] fixed = new byte[size];
    int from = Math.max(0, signed.length - size);
    int length = signed.length - from;
    System.arraycopy(signed, from, fixed, size - length, length);
    return fixed;
  }

  private static void pair(ByteArrayOutputStream out, int key, int value) {
    number(out, key);
    number(out, value);
  }

  private static void number(ByteArrayOutputStream out, int value) {
    head(out, value < 0 ? 1 : 0, value < 0 ? -1 - value : value);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    head(out, 3, encoded.length);
    out.writeBytes(encoded);
  }

  private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
    head(out, 2, bytes.length);
    out.writeBytes(bytes);
  }

  /// First bytes of a CBOR item (RFC 8949 §3).
  private static void head(ByteArrayOutputStream out, int major, int argument) {
    if (argument < 24) {
      out.write(major << 5 | argument);
    } else if (argument < 256) {
      out.write(major << 5 | 24);
      out.write(argument);
    } else {
      out.write(major << 5 | 25);
      out.write(argument >> 8);
      out.write(argument & 0xff);
    }
  }
}
