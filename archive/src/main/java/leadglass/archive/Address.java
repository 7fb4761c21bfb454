package leadglass.archive;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// How network addresses are counted. Somebody with IPv6 owns at least the 2^64 addresses of a
/// subnet, so that all of one subnet are one.
final class Address {
  private static final int SUBNET_BYTES = 8;
  private static final int CHARS_MAX = 64;

  private Address() {}

  static String counted(String address) {
    if (address.indexOf(':') < 0 || address.length() > CHARS_MAX) {
      return address.length() > CHARS_MAX ? address.substring(0, CHARS_MAX) : address;
    }
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), SUBNET_BYTES)) + "/64"
          : parsed.getHostAddress();
    } catch (IllegalArgumentException _) {
      return address;
    }
  }
}
