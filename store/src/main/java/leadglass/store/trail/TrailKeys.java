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
import org.jspecify.annotations.Nullable;

/// What a trail signs with: two key pairs that come from the audit secret of the key store, so that
/// they are usable with the master key only and come back with a copy of the keys. Safe for use by
/// several threads.
public final class TrailKeys {
  private final String origin;
  private final SecretBytes seed;
  private final Pair classic;
  private final Pair quantum;
  private final SecretBytes state;
  private final SecretBytes index;
  private volatile @Nullable Ed25519 fast;

  private TrailKeys(
      String origin,
      SecretBytes seed,
      Pair classic,
      Pair quantum,
      SecretBytes state,
      SecretBytes index) {
    this.origin = origin;
    this.seed = seed;
    this.classic = classic;
    this.quantum = quantum;
    this.state = state;
    this.index = index;
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

    /// What makes the same Ed25519 signatures faster.
    Ed25519 fast(SecretBytes seed) {
      byte[] encoded = verifying().getEncoded();
      return new Ed25519(
          seed, Arrays.copyOfRange(encoded, encoded.length - Ed25519.BYTES, encoded.length));
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

  SecretBytes state() {
    return state;
  }

  SecretBytes index() {
    return index;
  }

  /// Makes heads quicker from now on. Takes a moment, best on a thread of its own: until then the
  /// JDK signs them, and so it does if the two ever differed.
  public void hasten() {
    Ed25519.prepare();
    Ed25519 made = classic.fast(seed);
    byte[] message = Head.message(1, 2, new byte[TreeHash.BYTES], new byte[TreeHash.BYTES]);
    if (Arrays.equals(made.sign(message), classic.sign(message))) {
      fast = made;
    }
  }

  Head head(long size, long millis, byte[] root, byte[] previous) {
    byte[] message = Head.message(size, millis, root, previous);
    Ed25519 quick = fast;
    byte[] signature = quick == null ? classic.sign(message) : quick.sign(message);
    return new Head(size, millis, root, previous, signature);
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
        + Note.line(headKey(), classic.sign(body.getBytes(UTF_8)))
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
