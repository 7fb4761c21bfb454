package leadglass.archive;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Makes and checks password hashes. Each costs 64 MiB for a fifth of a second, so that only two
/// are made at once and a few wait; whoever comes then is told to come back.
///
/// Safe for use by several threads.
final class Passwords {
  private static final int AT_ONCE = 2;
  private static final int WAITING_MAX = 8;
  private static final int WAIT_SECONDS = 5;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int UTF8_BYTES_MAX = 3; // a char; a pair of them takes four

  private final SecureRandom random;
  private final Cost cost;
  private final PasswordHash nobody;
  private final Semaphore permits = new Semaphore(AT_ONCE, true);
  private final AtomicInteger waiting = new AtomicInteger();

  /// What a new hash costs.
  record Cost(int memoryKib, int passes) {
    static final Cost STANDARD = new Cost(StandardCost.memory(), StandardCost.passes());
  }

  Passwords(SecureRandom random, Cost cost) {
    this.random = random;
    this.cost = cost;
    this.nobody =
        new PasswordHash(bytes(SALT_BYTES), bytes(HASH_BYTES), cost.memoryKib(), cost.passes());
  }

  /// What came of a check.
  enum Verdict {
    RIGHT,
    WRONG,
    /// Too many at once; nothing was checked.
    BUSY
  }

  /// The hash of nobody's password: to be checked where there is no account, for the time it takes.
  PasswordHash nobody() {
    return nobody;
  }

  /// What stands in an account without a password.
  PasswordHash none() {
    return new PasswordHash(bytes(SALT_BYTES), new byte[0], cost.memoryKib(), cost.passes());
  }

  /// @return empty if too many want one at once
  Optional<PasswordHash> hash(char[] password) {
    byte[] salt = bytes(SALT_BYTES);
    return permitted(() -> derive(password, salt, cost.memoryKib(), cost.passes()))
        .map(hash -> new PasswordHash(salt, hash, cost.memoryKib(), cost.passes()));
  }

  Verdict check(char[] password, PasswordHash kept) {
    return permitted(() -> derive(password, kept.salt(), kept.memoryKib(), kept.passes()))
        .map(hash -> MessageDigest.isEqual(hash, kept.hash()) ? Verdict.RIGHT : Verdict.WRONG)
        .orElse(Verdict.BUSY);
  }

  /// Does `work`, two at once, after a short wait in a short queue.
  Optional<byte[]> permitted(Supplier<byte[]> work) {
    if (waiting.incrementAndGet() > AT_ONCE + WAITING_MAX) {
      waiting.decrementAndGet();
      return Optional.empty();
    }
    try {
      if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return Optional.empty();
      }
      try {
        return Optional.of(work.get());
      } finally {
        permits.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      waiting.decrementAndGet();
    }
  }

  /// How many are at work or wait.
  int crowd() {
    return waiting.get();
  }

  static byte[] derive(char[] password, byte[] salt, int memoryKib, int passes) {
    byte[] bytes = utf8(password);
    Argon2BytesGenerator argon = new Argon2BytesGenerator();
    argon.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    argon.generateBytes(bytes, hash);
    Arrays.fill(bytes, (byte) 0);
    return hash;
  }

  /// By hand, so that no copy stays behind.
  private static byte[] utf8(char[] password) {
    byte[] room = new byte[UTF8_BYTES_MAX * password.length];
    ByteBuffer out = ByteBuffer.wrap(room);
    CharsetEncoder encoder =
        StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
    encoder.encode(CharBuffer.wrap(password), out, true);
    encoder.flush(out);
    byte[] bytes = Arrays.copyOf(room, out.position());
    Arrays.fill(room, (byte) 0);
    return bytes;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
