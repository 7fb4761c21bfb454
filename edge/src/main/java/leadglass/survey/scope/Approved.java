package leadglass.survey.scope;

import java.net.InetAddress;
import java.util.Optional;

/// An address that may be asked. Only [Scope] makes one: no probe can reach an address that nobody
/// answers for.
public final class Approved {
  private final InetAddress address;
  private final Optional<String> name;
  private final Ground ground;

  Approved(InetAddress address, Optional<String> name, Ground ground) {
    this.address = address;
    this.name = name;
    this.ground = ground;
  }

  public InetAddress address() {
    return address;
  }

  /// The host's name, where one was given.
  public Optional<String> name() {
    return name;
  }

  /// Whose networks what is said to it crosses.
  public Reach reach() {
    return switch (Scope.kind(address)) {
      case LOOPBACK -> Reach.LOOPBACK;
      case PRIVATE -> Reach.PRIVATE;
      // What is never asked can't be approved.
      case PUBLIC, NEVER -> Reach.PUBLIC;
    };
  }

  /// Why it may be asked.
  public Ground ground() {
    return ground;
  }
}
