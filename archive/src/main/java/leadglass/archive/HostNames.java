package leadglass.archive;

import java.net.IDN;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/// The names and addresses that a server's certificate is for.
final class HostNames {
  private static final int COUNT_MAX = 100;
  private static final int CHARS_MAX = 253;
  private static final List<String> ALWAYS = List.of("localhost", "127.0.0.1", "::1");
  private static final Pattern LABELS =
      Pattern.compile(
          "[a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  private HostNames() {}

  /// All of `names` and the host itself, in one spelling and order.
  ///
  /// @throws IllegalArgumentException if one is no host name and no address; says which rule
  static List<String> all(List<String> names) {
    if (names.size() > COUNT_MAX) {
      throw new IllegalArgumentException("at most " + COUNT_MAX + " host names");
    }
    TreeSet<String> all = new TreeSet<>();
    for (String name : ALWAYS) {
      all.add(spelled(name));
    }
    for (String name : names) {
      all.add(spelled(name));
    }
    return List.copyOf(all);
  }

  /// Why a site can't be reached under this name, if it can't.
  static Optional<String> refusedName(String name) {
    try {
      boolean plain = !isAddress(name) && spelled(name).equals(name) && !ALWAYS.contains(name);
      return plain
          ? Optional.empty()
          : Optional.of("A site needs a host name of its own, in lower case, and no address.");
    } catch (IllegalArgumentException e) {
      return Optional.of("Not that host name: " + e.getMessage() + ".");
    }
  }

  /// A single name and nothing of the host itself.
  ///
  /// @throws IllegalArgumentException if it is no host name and no address; says which rule
  static List<String> only(String name) {
    return only(List.of(name));
  }

  /// As [#all], without the host itself.
  static List<String> only(List<String> names) {
    return names.stream().map(HostNames::spelled).sorted().distinct().toList();
  }

  static List<GeneralName> general(List<String> names) {
    return names.stream()
        .map(name ->
            isAddress(name)
                ? new GeneralName(GeneralName.iPAddress, name)
                : new GeneralName(GeneralName.dNSName, name))
        .toList();
  }

  /// What an authority may sign for: these names and what lies below them, these addresses, and
  /// nothing else (RFC 5280 §4.2.1.10).
  static NameConstraints constraints(List<String> names) {
    List<GeneralSubtree> permitted = new ArrayList<>();
    List<GeneralSubtree> excluded = new ArrayList<>();
    for (String name : names) {
      permitted.add(
          isAddress(name)
              ? subtree(InetAddress.ofLiteral(name).getAddress(), (byte) 0xFF)
              : new GeneralSubtree(new GeneralName(GeneralName.dNSName, name)));
    }
    // A kind of name of which none is permitted would be permitted whole.
    if (names.stream().allMatch(HostNames::isAddress)) {
      // Not all programs know how to exclude all host names; this one leads nowhere (RFC 6761
      // §6.4).
      permitted.add(new GeneralSubtree(new GeneralName(GeneralName.dNSName, "invalid")));
    }
    for (int bytes : new int[] {4, 16}) {
      if (names.stream().noneMatch(name -> isAddress(name) && bytes(name) == bytes)) {
        excluded.add(subtree(new byte[bytes], (byte) 0));
      }
    }
    return new NameConstraints(
        permitted.toArray(GeneralSubtree[]::new), excluded.toArray(GeneralSubtree[]::new));
  }

  private static int bytes(String address) {
    return InetAddress.ofLiteral(address).getAddress().length;
  }

  private static GeneralSubtree subtree(byte[] address, byte mask) {
    byte[] both = Arrays.copyOf(address, 2 * address.length);
    Arrays.fill(both, address.length, both.length, mask);
    return new GeneralSubtree(new GeneralName(GeneralName.iPAddress, new DEROctetString(both)));
  }

  private static String spelled(String name) {
    if (name.length() > CHARS_MAX) {
      throw new IllegalArgumentException("a host name has at most " + CHARS_MAX + " characters");
    }
    if (isAddress(name)) {
      return InetAddress.ofLiteral(name).getHostAddress();
    }
    String ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    if (!LABELS.matcher(ascii).matches()) {
      throw new IllegalArgumentException("a host name is made of letters, digits, dots and dashes");
    }
    return ascii;
  }

  private static boolean isAddress(String name) {
    if (name.indexOf('%') >= 0) {
      return false; // an address with a scope means something on one machine alone
    }
    try {
      InetAddress.ofLiteral(name);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
