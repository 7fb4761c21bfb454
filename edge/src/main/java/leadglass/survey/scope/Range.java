package leadglass.survey.scope;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A /24 of private addresses that this machine itself is in: `192.168.1.0/24`. Nothing larger is
/// ever looked through.
public final class Range {
  private static final int HOSTS = 254;

  private Range() {}

  /// Whether it is written like a range.
  public static boolean isRange(String text) {
    return text.contains("/") && text.matches("[0-9.]+/[0-9]+");
  }

  /// Its addresses.
  ///
  /// @return empty if it is no /24, not private, or no interface of this machine is in it
  public static Optional<List<InetAddress>> addresses(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash).equals("/24")) {
      return Optional.empty();
    }
    InetAddress base;
    try {
      base = InetAddress.ofLiteral(text.substring(0, slash));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (!(base instanceof Inet4Address)
        || Scope.kind(base) != Scope.Kind.PRIVATE
        || !isOurs(base.getAddress())) {
      return Optional.empty();
    }
    List<InetAddress> all = new ArrayList<>();
    for (int i = 1; i <= HOSTS; i++) {
      byte[] bits = base.getAddress();
      bits[3] = (byte) i;
      all.add(address(bits));
    }
    return Optional.of(all);
  }

  private static InetAddress address(byte[] bits) {
    try {
      return InetAddress.getByAddress(bits);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static boolean isOurs(byte[] base) {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(each -> each.getInterfaceAddresses().stream())
          .map(InterfaceAddress::getAddress)
          .filter(Inet4Address.class::isInstance)
          .anyMatch(each -> Arrays.equals(each.getAddress(), 0, 3, base, 0, 3));
    } catch (SocketException _) {
      return false;
    }
  }
}
