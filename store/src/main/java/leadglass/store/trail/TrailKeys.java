package leadglass.store.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// What a trail signs with: key pairs that come from the audit secret of the key store, so that
/// they are usable with the master key only and come back with a copy of the keys. Safe for use by
/// several threads.
public final class TrailKeys {
  private final String origin;
  private final SecretBytes seed;
  private final Pair classic;
  private final Pair quantum;
  private final Pair witness;
  private final SecretBytes state;
  private final SecretBytes index;
  private final byte[] key;

  private TrailKeys(
      String origin,
      SecretBytes seed,
      Pair classic,
      Pair quantum,
      Pair witness,
      SecretBytes state,
      SecretBytes index) {
    this.origin = origin;
    this.seed = seed;
    this.classic = classic;
    this.quantum = quantum;
    this.witness = witness;
    this.state = state;
    this.index = index;
    byte[] encoded = classic.verifying().getEncoded();
    this.key =
        Arrays.copyOfRange(encoded, encoded.length - Ed25519.PUBLIC_KEY_SIZE, encoded.length);
  }

  /// @param audit the audit secret of a key store
  public static TrailKeys of(SecretBytes audit) {
    byte[] name = Seal.hash(Seal.derive(audit, "trail name"), "trail");
    SecretBytes seed = Seal.derive(audit, "trail ed25519");
    return new TrailKeys(
        "leadglass/" + HexFormat.of().formatHex(name),
        seed,
        pair("Ed25519", seed),
        pair("ML-DSA-44", Seal.derive(audit, "trail ml-dsa-44")),
        pair("Ed25519", Seal.derive(audit, "trail witness ed25519")),
        Seal.derive(audit, "trail state"),
        Seal.derive(audit, "trail index"));
  }

  /// A key pair.
  record Pair(KeyPair keys) {
    PublicKey verifying() {
      return keys.getPublic();
    }

    byte[] sign(byte[] message) {
      try {
        Signature signature = Signature.getInstance(keys.getPrivate().getAlgorithm());
        signature.initSign(keys.getPrivate());
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a signature can't be made", e);
      }
    }

    @Override
    public String toString() {
      return "Pair[]";
    }
  }

  static Pair pair(String algorithm, SecretBytes seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(new NamedParameterSpec(algorithm), new Handing(seed));
      return new Pair(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " is part of Java 25", e);
    }
  }

  /// The trail's name, first line of every checkpoint.
  public String origin() {
    return origin;
  }

  Vkey headKey() {
    return Vkey.of(origin, Vkey.Kind.ED25519, classic.verifying());
  }

  /// What notes are checked with.
  public List<Vkey> verifying() {
    return List.of(headKey(), Vkey.of(origin, Vkey.Kind.ML_DSA_44, quantum.verifying()));
  }

  /// What cosignatures on another trail's checkpoints are checked with.
  public Vkey witnessing() {
    return Vkey.of(origin, Vkey.Kind.COSIGNING_ED25519, witness.verifying());
  }

  /// Says that another trail's checkpoint goes on from what was seen of that trail before.
  ///
  /// @return a signature line
  public String cosignature(Note note, long seconds) {
    byte[] signature = witness.sign(Note.cosigned(note.body(), seconds));
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + signature.length).putLong(seconds).put(signature).array();
    return Note.line(witnessing(), timed);
  }

  SecretBytes state() {
    return state;
  }

  SecretBytes index() {
    return index;
  }

  /// Makes what is made once for all signatures: takes a moment, best on a thread of its own.
  public void hasten() {
    Ed25519.precompute();
  }

  Head head(long size, long millis, byte[] root, byte[] previous) {
    byte[] signature = signed(Head.message(size, millis, root, previous));
    return new Head(size, millis, root, previous, signature);
  }

  /// The signature the JDK would make, in a fraction of the time: there is one for every batch.
  byte[] signed(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    byte[] secret = seed.copy();
    Ed25519.sign(secret, 0, key, 0, message, 0, message.length, signature, 0);
    Arrays.fill(secret, (byte) 0);
    return signature;
  }

  /// For tests: the same by another implementation.
  byte[] signedByTheJdk(byte[] message) {
    return classic.sign(message);
  }

  PublicKey verifyingHeads() {
    return classic.verifying();
  }

  /// Signs a checkpoint twice.
  String note(long size, byte[] root, long millis) {
    String body = Note.body(origin, size, root, millis);
    Vkey second = Vkey.of(origin, Vkey.Kind.ML_DSA_44, quantum.verifying());
    long seconds = Math.max(0, millis / 1000);
    byte[] cosigned = Note.cosigned(origin, seconds, origin, size, root);
    byte[] signature = quantum.sign(cosigned);
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + signature.length).putLong(seconds).put(signature).array();
    return body
        + "\n"
        + Note.line(headKey(), signed(body.getBytes(UTF_8)))
        + Note.line(second, timed);
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
