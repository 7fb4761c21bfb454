package leadglass.survey;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import leadglass.survey.scope.Reach;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// A probe at a door: what it may ask with. One thread's; one connection at a time.
public final class Visit {
  private final Round round;
  private final Door door;
  private final Service service;
  private final Map<Class<?>, Object> facts = new HashMap<>();

  Visit(Round round, Door door, Service service) {
    this.round = round;
    this.door = door;
    this.service = service;
  }

  public Door door() {
    return door;
  }

  /// What the door turned out to speak.
  public Service service() {
    return service;
  }

  public Declared declared() {
    return round.declared();
  }

  public Limits limits() {
    return round.limits();
  }

  /// The host's name as it was given, else its address: for a Host header. IPv6 in brackets.
  public String authority() {
    return round.authority();
  }

  /// Whether the host was given by name.
  public boolean named() {
    return round.name().isPresent();
  }

  /// Whose networks what is said to the host crosses.
  public Reach reach() {
    return round.reach();
  }

  public Instant now() {
    return round.clock().instant();
  }

  /// For UIDs and titles that can't exist.
  public RandomGenerator random() {
    return round.random();
  }

  /// A UID that names nothing: derived from 122 random bits (PS3.5 §B.2).
  public String unknownUid() {
    byte[] bits = new byte[16];
    random().nextBytes(bits);
    bits[6] = (byte) ((bits[6] & 0x0F) | 0x40);
    bits[8] = (byte) ((bits[8] & 0x3F) | 0x80);
    return "2.25." + new java.math.BigInteger(1, bits);
  }

  /// An AE title that nobody has.
  public String unknownTitle() {
    StringBuilder title = new StringBuilder("LG");
    for (int i = 0; i < 12; i++) {
      title.append((char) ('A' + random().nextInt(26)));
    }
    return title.toString();
  }

  /// A connection to this door, in TLS if that is what it speaks. Close it before the next.
  ///
  /// @throws WireFault if there is none
  public Line open() throws IOException {
    return round.open(door.port(), service.isTls(), limits().exchange(), limits().bytesMax());
  }

  /// Likewise, without TLS whatever the door speaks.
  public Line openPlain() throws IOException {
    return round.open(door.port(), false, limits().exchange(), limits().bytesMax());
  }

  /// Likewise, to another port of the same host: remote procedure calls tell where their services
  /// listen (RFC 1833). NFS alone has such.
  public Line openBeside(int port) throws IOException {
    if (service != Service.NFS) {
      throw new IllegalStateException(service + " has one port");
    }
    return round.open(port, false, limits().exchange(), limits().bytesMax());
  }

  /// Likewise, for rows that are counted.
  public Line openForCounting() throws IOException {
    return round.open(door.port(), service.isTls(), limits().counting(), Long.MAX_VALUE >> 1);
  }

  /// What an earlier probe found out at this door; a [WireFault.Kind], if recognising it failed.
  public <T> Optional<T> fact(Class<T> kind) {
    return Optional.ofNullable(facts.get(kind)).map(kind::cast);
  }

  /// For later probes at this door.
  public void note(Object fact) {
    facts.put(fact.getClass(), fact);
  }

  /// All lines to one host: one address, one pace, one budget.
  static final class Pace {
    private final Duration pause;
    private long nextNanos = System.nanoTime();

    Pace(Duration pause) {
      this.pause = pause;
    }

    void await() {
      long left = nextNanos - System.nanoTime();
      while (left > 0) {
        LockSupport.parkNanos(left);
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        left = nextNanos - System.nanoTime();
      }
      nextNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause.toMillis());
    }
  }
}
