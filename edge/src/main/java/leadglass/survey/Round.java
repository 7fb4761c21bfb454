package leadglass.survey;

import java.io.IOException;
import java.net.Inet6Address;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import leadglass.survey.scope.Approved;
import leadglass.survey.scope.Ground;
import leadglass.survey.scope.Reach;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.Meter;
import leadglass.survey.wire.Wire;
import leadglass.survey.wire.WireFault;

/// One host's turn: its address, its pace, its budget, and whether it is left alone. One thread's.
final class Round {
  private final Approved host;
  private final Limits limits;
  private final Declared declared;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Wire wire;
  private final Visit.Pace pace;
  private int resets;
  private boolean leftAlone;
  private boolean answered;
  private boolean counting;
  private long before;
  private long spentBytes;

  Round(
      Approved host,
      Limits limits,
      Declared declared,
      RandomGenerator random,
      InstantSource clock) {
    this.host = host;
    this.limits = limits;
    // Rows of other people's patients are not for counting, whoever gave the mandate.
    this.declared =
        host.ground() instanceof Ground.Mandated ? declared.withoutCounting() : declared;
    this.random = random;
    this.clock = clock;
    this.wire =
        new Wire(
            host.address(), host.name().orElse(null), limits.connect(), limits.read(), new Meter());
    this.pace = new Visit.Pace(limits.pause());
  }

  Limits limits() {
    return limits;
  }

  Declared declared() {
    return declared;
  }

  RandomGenerator random() {
    return random;
  }

  InstantSource clock() {
    return clock;
  }

  Reach reach() {
    return host.reach();
  }

  Optional<String> name() {
    return host.name();
  }

  Meter meter() {
    return wire.meter();
  }

  String authority() {
    String literal = host.address().getHostAddress();
    return host.name()
        .orElse(host.address() instanceof Inet6Address ? "[" + literal + "]" : literal);
  }

  boolean leftAlone() {
    return leftAlone;
  }

  /// Whether any port accepted a connection or refused one: the host is up.
  boolean answered() {
    return answered;
  }

  Line open(int port, boolean tls, Duration whole, long bytesMax) throws IOException {
    if (leftAlone) {
      throw new WireFault(WireFault.Kind.LEFT_ALONE);
    }
    if (!counting) {
      spentBytes += meter().received() - before;
    }
    before = meter().received();
    counting = bytesMax > limits.bytesMax();
    if (meter().connections() >= limits.connectionsMax() || spentBytes >= limits.bytesMax()) {
      throw new WireFault(WireFault.Kind.SPENT);
    }
    pace.await();
    try {
      Line line = wire.open(port, tls, whole, bytesMax);
      answered = true;
      return line;
    } catch (WireFault e) {
      answered |= e.kind() != WireFault.Kind.NO_ANSWER && e.kind() != WireFault.Kind.UNREACHABLE;
      throw e;
    }
  }

  /// A probe's line ended so: a host that keeps resetting is not asked again.
  void ended(WireFault.Kind kind) {
    resets = kind == WireFault.Kind.RESET ? resets + 1 : resets;
    leftAlone |= resets >= limits.resetsMax();
  }

  void went() {
    resets = 0;
  }
}
