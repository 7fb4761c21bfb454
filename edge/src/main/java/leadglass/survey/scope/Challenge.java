package leadglass.survey.scope;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A word that an address has to show: fresh for each run, and another one for each address.
///
/// @param address that has to show it
/// @param word `leadglass-check=` and 32 hexadecimal digits
public record Challenge(InetAddress address, String word) {
  private static final int BYTES = 16;
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  public static Challenge fresh(InetAddress address, SecureRandom random) {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    return new Challenge(address, "leadglass-check=" + HexFormat.of().formatHex(bits));
  }

  /// Where it is looked for on the web: asked of the address itself, on port 80, without following
  /// a redirect.
  public String url() {
    String literal = address.getHostAddress();
    return "http://"
        + (address instanceof Inet6Address ? "[" + literal + "]" : literal)
        + WebProof.PATH;
  }

  /// Where it is looked for as a TXT record: in the zone of whoever has the address (RFC 1035 §3.5,
  /// RFC 3596 §2.5).
  public String record() {
    StringBuilder name = new StringBuilder("_leadglass-check.");
    byte[] bits = address.getAddress();
    for (int i = bits.length - 1; i >= 0; i--) {
      int octet = bits[i] & 0xFF;
      if (address instanceof Inet6Address) {
        name.append(DIGITS[octet & 15]).append('.').append(DIGITS[octet >> 4]).append('.');
      } else {
        name.append(octet).append('.');
      }
    }
    return name.append(address instanceof Inet6Address ? "ip6.arpa" : "in-addr.arpa").toString();
  }
}
