package leadglass.store.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.List;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// What a trail signs with: two key pairs that come from the audit secret of the key store, so that
/// they are usable with the master key only and come back with a copy of the keys. Safe for use by
/// several threads.
public final class TrailKeys {
  private final String origin;
  private final KeyPair classic;
  private final KeyPair quantum;
  private final SecretBytes state;
  private final SecretBytes index;

  private TrailKeys(
      String origin, KeyPair classic, KeyPair quantum, SecretBytes state, SecretBytes index) {
    this.origin = origin;
    this.classic = classic;
    this.quantum = quantum;
    this.state = state;
    this.index = index;
  }

  /// @param audit the audit secret of a key store
  public static TrailKeys of(SecretBytes audit) {
    byte[] name = Seal.hash(Seal.derive(audit, "trail name"), "trail");
    return new TrailKeys(
        "leadglass/" + HexFormat.of().formatHex(name),
        pair("Ed25519", Seal.derive(audit, "trail ed25519")),
        pair("ML-DSA-44", Seal.derive(audit, "trail ml-dsa-44")),
        Seal.derive(audit, "trail state"),
        Seal.derive(audit, "trail index"));
  }

  private static KeyPair pair(String algorithm, SecretBytes seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(new NamedParameterSpec(algorithm), new Handing(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " is part of Java 25", e);
    }
  }

  /// The trail's name, first line of every checkpoint.
  public String origin() {
    return origin;
  }

  Vkey headKey() {
    return Vkey.of(origin, Vkey.Kind.ED25519, classic.getPublic());
  }

  /// What notes are checked with.
  public List<Vkey> verifying() {
    return List.of(headKey(), Vkey.of(origin, Vkey.Kind.ML_DSA_44, quantum.getPublic()));
  }

  SecretBytes state() {
    return state;
  }

  SecretBytes index() {
    return index;
  }

  Head head(long size, long millis, byte[] root, byte[] previous) {
    byte[] signature = sign(classic.getPrivate(), Head.message(size, millis, root, previous));
    return new Head(size, millis, root, previous, signature);
  }

  /// Signs a checkpoint twice.
  String note(long size, byte[] root, long millis) {
    String body = Note.body(origin, size, root, millis);
    Vkey second = Vkey.of(origin, Vkey.Kind.ML_DSA_44, quantum.getPublic());
    long seconds = Math.max(0, millis / 1000);
    byte[] cosigned = Note.cosigned(origin, seconds, origin, size, root);
    byte[] signature = sign(quantum.getPrivate(), cosigned);
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + signature.length).putLong(seconds).put(signature).array();
    return body
        + "\n"
        + Note.line(headKey(), sign(classic.getPrivate(), body.getBytes(UTF_8)))
        + Note.line(second, timed);
  }

  private static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(key.getAlgorithm());
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a signature can't be made", e);
    }
  }

  /// Hands out a seed instead of anything random: once, and nothing else.
  private static final class Handing extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient SecretBytes seed;

    Handing(SecretBytes seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      byte[] handed = seed.copy();
      if (bytes.length != handed.length) {
        throw new IllegalStateException("a key asks for another seed than it should");
      }
      System.arraycopy(handed, 0, bytes, 0, handed.length);
    }
  }
}
