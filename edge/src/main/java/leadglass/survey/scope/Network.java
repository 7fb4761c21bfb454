package leadglass.survey.scope;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// The addresses that begin with the same bits: `203.0.113.0/24`; one address without a length.
///
/// @param bits that are the same
public record Network(InetAddress address, int bits) {

  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int most = 8 * address.getAddress().length;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > most ? Optional.empty() : Optional.of(new Network(address, bits));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  boolean has(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] others = other.getAddress();
    int whole = bits / 8;
    int rest = bits % 8;
    return own.length == others.length
        && Arrays.equals(own, 0, whole, others, 0, whole)
        && (rest == 0 || ((own[whole] ^ others[whole]) & 0xFF) >> (8 - rest) == 0);
  }
}
