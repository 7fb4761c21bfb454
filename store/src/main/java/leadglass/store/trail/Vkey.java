package leadglass.store.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// A public key of a signed note (C2SP signed-note, tlog-cosignature).
///
/// @param name of the key
/// @param key as its kind writes it, without anything around
public record Vkey(String name, Kind kind, byte[] key) {

  /// Kinds of signatures.
  public enum Kind {
    ED25519(1, 32, "Ed25519", "302a300506032b6570032100"),
    /// Of a witness: a cosignature with the time it was made at.
    COSIGNING_ED25519(4, 32, "Ed25519", "302a300506032b6570032100"),
    ML_DSA_44(6, 1312, "ML-DSA-44", "30820532300b060960864801650304031103820521" + "00");

    private final int number;
    private final int bytes;
    private final String algorithm;
    private final String prefix;

    Kind(int number, int bytes, String algorithm, String prefix) {
      this.number = number;
      this.bytes = bytes;
      this.algorithm = algorithm;
      this.prefix = prefix;
    }

    /// What stands in front of a key in X.509.
    byte[] prefix() {
      return HexFormat.of().parseHex(prefix);
    }
  }

  static Vkey of(String name, Kind kind, PublicKey key) {
    byte[] encoded = key.getEncoded();
    return new Vkey(name, kind, Arrays.copyOfRange(encoded, kind.prefix().length, encoded.length));
  }

  /// Reads `name+hash+key`; empty if it is none that is known here.
  public static Optional<Vkey> parse(String text) {
    String[] parts = text.strip().split("\\+", 3);
    if (parts.length != 3 || parts[0].isEmpty() || parts[0].length() > 200) {
      return Optional.empty();
    }
    byte[] typed;
    try {
      typed = Base64.getDecoder().decode(parts[2]);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      if (typed.length == 1 + kind.bytes && typed[0] == kind.number) {
        Vkey vkey = new Vkey(parts[0], kind, Arrays.copyOfRange(typed, 1, typed.length));
        boolean same = HexFormat.of().formatHex(vkey.id()).equalsIgnoreCase(parts[1]);
        return same ? Optional.of(vkey) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /// Whether a trail signs its own checkpoints with it, and no other's.
  public boolean isOfTrail() {
    return kind != Kind.COSIGNING_ED25519;
  }

  private byte[] typed() {
    return ByteBuffer.allocate(1 + key.length).put((byte) kind.number).put(key).array();
  }

  /// Four bytes that a signature names its key by.
  byte[] id() {
    MessageDigest sha = TreeHash.sha256();
    sha.update(name.getBytes(UTF_8));
    sha.update((byte) '\n');
    return Arrays.copyOf(sha.digest(typed()), 4);
  }

  /// `name+hash+key`.
  public String text() {
    return name
        + "+"
        + HexFormat.of().formatHex(id())
        + "+"
        + Base64.getEncoder().encodeToString(typed());
  }

  /// Whether it made the signature.
  boolean verifies(byte[] message, byte[] signature) {
    try {
      byte[] encoded =
          ByteBuffer.allocate(kind.prefix().length + key.length)
              .put(kind.prefix())
              .put(key)
              .array();
      PublicKey verifying =
          KeyFactory.getInstance(kind.algorithm).generatePublic(new X509EncodedKeySpec(encoded));
      Signature check = Signature.getInstance(kind.algorithm);
      check.initVerify(verifying);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vkey vkey && vkey.text().equals(text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
