package leadglass.survey.scope;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Instant;
import java.util.Optional;

/// Whom a check may ask: this machine; private addresses that somebody answers for; public ones
/// that proved themselves. Nobody else, whatever is typed.
public final class Scope {
  private Scope() {}

  /// What an address is, by its bits alone (RFC 1918, RFC 4193, RFC 6890).
  enum Kind {
    LOOPBACK,
    PRIVATE,
    PUBLIC,
    /// Shared, link-local, multicast, unspecified: never one host that somebody answers for.
    NEVER
  }

  static Kind kind(InetAddress address) {
    byte[] bits = address.getAddress();
    if (address.isLoopbackAddress()) {
      return Kind.LOOPBACK;
    }
    if (address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()) {
      return Kind.NEVER;
    }
    if (address instanceof Inet4Address) {
      return kind4(bits[0] & 0xFF, bits[1] & 0xFF, address);
    }
    return (bits[0] & 0xFE) == 0xFC ? Kind.PRIVATE : kind6(bits);
  }

  private static Kind kind4(int first, int second, InetAddress address) {
    boolean shared = first == 100 && (second & 0xC0) == 64;
    if (shared || first == 0 || first >= 240) {
      return Kind.NEVER;
    }
    return address.isSiteLocalAddress() ? Kind.PRIVATE : Kind.PUBLIC;
  }

  /// Global unicast is 2000::/3; what maps or embeds another address (6to4, NAT64, Teredo) would
  /// reach somebody else.
  private static Kind kind6(byte[] bits) {
    boolean sixToFour = bits[0] == 0x20 && bits[1] == 0x02;
    boolean teredo = bits[0] == 0x20 && bits[1] == 0x01 && bits[2] == 0 && bits[3] == 0;
    return (bits[0] & 0xE0) == 0x20 && !sixToFour && !teredo ? Kind.PUBLIC : Kind.NEVER;
  }

  /// An address that somebody names.
  ///
  /// @param name of the host, where it was given by name
  /// @param by who answers for it; nobody needs to for this machine itself
  public static Ruling named(InetAddress address, Optional<String> name, Optional<Attestation> by) {
    return switch (kind(address)) {
      case LOOPBACK -> allowed(address, name, new Ground.Loopback());
      case PRIVATE ->
          by.<Ruling>map(each -> allowed(address, name, new Ground.Attested(each)))
              .orElseGet(() ->
                  new Ruling.NotAsked(
                      "nobody said that they answer for it",
                      "say who does: --i-answer-for \"ORGANISATION; PERSON; AUTHORITY\""));
      case PUBLIC ->
          new Ruling.NotAsked(
              "a public address has to prove that whoever asks controls it",
              "see `leadglass check --help`, \"A public address\"");
      case NEVER ->
          new Ruling.NotAsked(
              "such an address (shared, link-local, multicast) is never asked",
              "name the host's own address");
    };
  }

  /// An address that an interface of this machine has now: what is sent there never leaves it. For
  /// whoever looks at what they listen on themselves; any other address is refused.
  ///
  /// @param name of the host, to be asked for there
  public static Ruling own(InetAddress address, Optional<String> name) {
    if (address.isLoopbackAddress()) {
      return allowed(address, name, new Ground.Loopback());
    }
    return isOwn(address)
        ? allowed(address, name, new Ground.Own())
        : new Ruling.NotAsked(
            "no interface of this machine has that address", "name an address of this machine");
  }

  private static boolean isOwn(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException _) {
      return false;
    }
  }

  /// An address that serves its challenge now.
  ///
  /// @param port 80, but in tests
  public static Ruling byWeb(Challenge challenge, int port, Optional<String> name, Attestation by) {
    return never(challenge.address())
        .orElseGet(() ->
            WebProof.shown(challenge, port)
                ? proven(challenge.address(), name, "the address served the challenge", by)
                : new Ruling.NotAsked(
                    "the address does not serve the challenge",
                    "have " + challenge.url() + " answer: " + challenge.word()));
  }

  /// An address whose reverse zone has its challenge now.
  ///
  /// @param server `dns://ADDRESS:PORT`; empty for those that this machine uses
  public static Ruling byDns(
      Challenge challenge, Optional<String> server, Optional<String> name, Attestation by) {
    return never(challenge.address())
        .orElseGet(() ->
            DnsProof.shown(challenge, server)
                ? proven(challenge.address(), name, "its reverse zone had the challenge", by)
                : new Ruling.NotAsked(
                    "the reverse zone does not have the challenge",
                    "add a TXT record at " + challenge.record() + ": " + challenge.word()));
  }

  /// An address that shows the key that signed its ticket.
  public static Ruling byTicket(
      Ticket ticket, InetAddress address, Optional<String> name, Attestation by, Instant now) {
    return never(address)
        .orElseGet(() ->
            ticket.shown(address, now)
                ? proven(address, name, "it showed the key that signed its ticket", by)
                : new Ruling.NotAsked(
                    "the ticket has ended, or is not this address's",
                    "have the archive print a new one: leadglass exposure ticket"));
  }

  /// An address that a mandate names.
  public static Ruling byMandate(
      Mandate mandate, InetAddress address, Optional<String> name, Instant now) {
    return never(address)
        .orElseGet(() ->
            mandate.covers(address, now)
                ? allowed(address, name, new Ground.Mandated(mandate.issuer(), mandate.basis()))
                : new Ruling.NotAsked(
                    "the mandate does not name this address today",
                    "ask its issuer for one that does"));
  }

  private static Optional<Ruling> never(InetAddress address) {
    return kind(address) == Kind.NEVER
        ? Optional.of(named(address, Optional.empty(), Optional.empty()))
        : Optional.empty();
  }

  private static Ruling proven(
      InetAddress address, Optional<String> name, String how, Attestation by) {
    return allowed(address, name, new Ground.Proven(how, by));
  }

  private static Ruling allowed(InetAddress address, Optional<String> name, Ground ground) {
    return new Ruling.Allowed(new Approved(address, name, ground));
  }
}
