package leadglass.archive;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Challenges that an authenticator signs: each works once, within five minutes, for the act, the
/// address and the browser or session it was given to.
///
/// A challenge is computed from its ticket, so that strangers who ask for a million of them take no
/// memory; only those that somebody came back with are remembered, until they have ended anyway.
/// The key is drawn at each start.
///
/// Safe for use by several threads.
final class Challenges {
  static final Duration TTL = Duration.ofMinutes(5);

  /// More of them redeemed within five minutes than this, and everybody has to wait.
  static final int REDEEMED_MAX = 20_000;

  private static final int RANDOM_BYTES = 24;
  private static final int TICKET_BYTES = Long.BYTES + RANDOM_BYTES;
  private static final int TICKET_CHARS_MAX = 64;

  private final InstantSource clock;
  private final SecureRandom random;
  private final SecretKeySpec key;
  private final ReentrantLock lock = new ReentrantLock();

  /// When it was given out; the first redeemed first.
  private final Map<ByteBuffer, Long> redeemed = new LinkedHashMap<>();

  Challenges(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
    byte[] drawn = new byte[32];
    random.nextBytes(drawn);
    this.key = new SecretKeySpec(drawn, "HmacSHA256");
  }

  /// What it is signed for.
  enum Purpose {
    SIGN_IN(1),
    STEP_UP(2),
    ADD(3),
    PROVIDER(4),
    COMPLETE(5),
    JOIN(6);

    private final int number;

    Purpose(int number) {
      this.number = number;
    }
  }

  /// @param ticket comes back with the answer
  /// @param value 32 bytes to be signed
  record Challenge(String ticket, byte[] value) {
    @Override
    public String toString() {
      return "Challenge[]";
    }
  }

  /// @param holder who alone may redeem it: a session's secret, or a browser's
  Challenge fresh(Purpose purpose, Passkeys.Host host, String holder) {
    byte[] ticket = new byte[TICKET_BYTES];
    random.nextBytes(ticket);
    ByteBuffer.wrap(ticket).putLong(clock.millis());
    return new Challenge(
        Base64.getUrlEncoder().withoutPadding().encodeToString(ticket),
        value(purpose, host, holder, ticket));
  }

  /// What had to be signed; after this it can't be redeemed again.
  Optional<byte[]> redeem(Purpose purpose, Passkeys.Host host, String holder, String ticket) {
    Optional<byte[]> bytes = decoded(ticket);
    if (bytes.isEmpty() || !alive(ByteBuffer.wrap(bytes.get()).getLong(), clock.millis())) {
      return Optional.empty();
    }
    return first(ByteBuffer.wrap(bytes.get()))
        ? Optional.of(value(purpose, host, holder, bytes.get()))
        : Optional.empty();
  }

  private static Optional<byte[]> decoded(String ticket) {
    if (ticket.length() > TICKET_CHARS_MAX) {
      return Optional.empty();
    }
    try {
      // Two spellings of one ticket are the same bytes, and those are what is remembered.
      byte[] bytes = Base64.getUrlDecoder().decode(ticket);
      return bytes.length == TICKET_BYTES ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean alive(long given, long now) {
    return given <= now && now - given < TTL.toMillis();
  }

  private boolean first(ByteBuffer ticket) {
    long now = clock.millis();
    lock.lock();
    try {
      if (redeemed.size() >= REDEEMED_MAX) {
        redeemed.values().removeIf(given -> !alive(given, now));
      }
      return redeemed.size() < REDEEMED_MAX
          && redeemed.putIfAbsent(ticket, ticket.getLong(0)) == null;
    } finally {
      lock.unlock();
    }
  }

  private byte[] value(Purpose purpose, Passkeys.Host host, String holder, byte[] ticket) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      // The first part and the last two have one length each, so that no two inputs read the same.
      mac.update((byte) purpose.number);
      mac.update(Encodings.utf8(host.origin()));
      mac.update(Secrets.hash(holder));
      mac.update(ticket);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
