package leadglass.net.near;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The addresses a listener answers: this machine, private and link-local ranges (RFC 1918, RFC
/// 3927, RFC 4193, RFC 4291 §2.5.6), and the networks that this machine's interfaces are in.
/// Whoever comes from elsewhere came through a port that somebody forwards.
///
/// A forwarding router that writes its own address over the sender's can't be told from a
/// neighbour.
///
/// Safe for use by several threads.
public final class Neighbourhood {
  private static final List<Prefix> PRIVATE =
      Stream.of(
              "127.0.0.0/8",
              "::1/128",
              "10.0.0.0/8",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "169.254.0.0/16",
              "fc00::/7",
              "fe80::/10")
          .map(Prefix::of)
          .toList();

  /// A network of an interface that is larger than this is no neighbourhood.
  private static final int BITS_MIN = 8;

  private static final int BITS6_MIN = 32;

  /// Interfaces change; how often a stranger may have us look.
  private static final long LOOK_NANOS = 10_000_000_000L;

  /// Finds the networks that this machine is in.
  interface Interfaces {
    List<Prefix> now();
  }

  private final Interfaces interfaces;
  private final LongSupplier nanos;
  private volatile Looked looked;

  private record Looked(List<Prefix> own, long nanos) {}

  Neighbourhood(Interfaces interfaces, LongSupplier nanos) {
    this.interfaces = interfaces;
    this.nanos = nanos;
    this.looked = new Looked(usable(interfaces.now()), nanos.getAsLong());
  }

  /// That of the machine this runs on.
  public static Neighbourhood ofThisMachine() {
    return new Neighbourhood(Neighbourhood::ofInterfaces, System::nanoTime);
  }

  private static List<Prefix> usable(List<Prefix> found) {
    return found.stream()
        .filter(
            each -> each.bits() >= (each.address().getAddress().length == 4 ? BITS_MIN : BITS6_MIN))
        .toList();
  }

  private static List<Prefix> ofInterfaces() {
    List<Prefix> found = new ArrayList<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp()) {
          for (InterfaceAddress address : each.getInterfaceAddresses()) {
            found.add(new Prefix(address.getAddress(), address.getNetworkPrefixLength()));
          }
        }
      }
    } catch (SocketException _) {
      return found; // then only what is private is near
    }
    return found;
  }

  /// Whether an address is one that the internet has no way to: of this machine, private, or
  /// link-local.
  public static boolean isPrivate(InetAddress address) {
    return isIn(PRIVATE, address);
  }

  /// Whether an interface of this machine has another address than those.
  public static boolean hasPublicAddress() {
    return ofInterfaces().stream().anyMatch(each -> !isPrivate(each.address()));
  }

  /// Whether an address is near.
  public boolean has(InetAddress address) {
    return isIn(PRIVATE, address) || isIn(looked.own(), address) || isInAfterAll(address);
  }

  private static boolean isIn(List<Prefix> some, InetAddress address) {
    return some.stream().anyMatch(each -> each.has(address));
  }

  private boolean isInAfterAll(InetAddress address) {
    long now = nanos.getAsLong();
    if (now - looked.nanos() < LOOK_NANOS) {
      return false;
    }
    Looked fresh = new Looked(usable(interfaces.now()), now);
    looked = fresh;
    return isIn(fresh.own(), address);
  }
}
