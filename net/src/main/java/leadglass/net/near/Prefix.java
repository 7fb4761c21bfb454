package leadglass.net.near;

import java.net.InetAddress;
import java.util.Arrays;

/// The addresses that begin with the same bits.
///
/// @param address any of them
/// @param bits that are the same, 0 to 32 or 128
record Prefix(InetAddress address, int bits) {
  Prefix {
    if (bits < 0 || bits > 8 * address.getAddress().length) {
      throw new IllegalArgumentException("no prefix of " + bits + " bits");
    }
  }

  /// @param text such as `10.0.0.0/8`
  static Prefix of(String text) {
    int slash = text.indexOf('/');
    return new Prefix(
        InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
  }

  boolean has(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] others = other.getAddress();
    if (own.length != others.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(own, 0, whole, others, 0, whole)
        && (rest == 0 || (own[whole] ^ others[whole]) >> (8 - rest) == 0);
  }
}
