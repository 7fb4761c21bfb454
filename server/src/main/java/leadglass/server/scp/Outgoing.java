package leadglass.server.scp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.DeviceTerms;
import leadglass.dicom.io.PartTen;
import leadglass.net.association.NetEvent;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RequestorSettings;
import leadglass.net.dimse.Services;
import leadglass.net.tls.SecureClient;

/// Associations that we ask for, with devices that are enrolled with an address: over TLS, under
/// our own certificate, and only if the other end shows the one that the device is enrolled with.
///
/// A name is resolved once, and the address is the one connected to. Safe for use by several
/// threads.
final class Outgoing {
  /// Where clouds tell machines their secrets, beside link-local addresses.
  private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

  private final Archive house;
  private final String aeTitle;
  private final Supplier<Authority.Identity> identity;
  private final InstantSource clock;
  private final Consumer<NetEvent> events;

  /// @param aeTitle of the house; further sites have their own
  /// @param identity who we are at the moment
  Outgoing(
      Archive house,
      String aeTitle,
      Supplier<Authority.Identity> identity,
      InstantSource clock,
      Consumer<NetEvent> events) {
    this.house = house;
    this.aeTitle = aeTitle;
    this.identity = identity;
    this.clock = clock;
    this.events = events;
  }

  /// The address is not one that a device can have.
  static final class ForbiddenAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException() {
      super("an address of this machine or of its cloud");
    }
  }

  /// @param title of the device
  /// @param asked what is asked for
  /// @throws IOException if the device can't be reached, or is not the one
  RequestedAssociation open(
      Archive site,
      String title,
      DeviceTerms.Destination destination,
      Function<Proposal.Builder, Proposal> asked)
      throws IOException {
    try {
      return call(site, title, destination, asked);
    } catch (IOException e) {
      Cases.outgoing(site, title, destination.host() + ":" + destination.port(), e);
      throw e;
    }
  }

  private RequestedAssociation call(
      Archive site,
      String title,
      DeviceTerms.Destination destination,
      Function<Proposal.Builder, Proposal> asked)
      throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(resolved(destination.host()), destination.port());
    return RequestedAssociation.open(
        address,
        transport(site, title),
        asked.apply(Proposal.of(title, ourTitle(site))),
        Services.<Archive>none(),
        site,
        RequestorSettings.defaults(PartTen.IMPLEMENTATION_CLASS, PartTen.IMPLEMENTATION_VERSION),
        clock,
        events);
  }

  private String ourTitle(Archive site) {
    return site == house ? aeTitle : house.tenants().aeTitle(site).orElse(aeTitle);
  }

  private SecureClient transport(Archive site, String title) {
    Authority.Identity now = identity.get();
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(now.keys(), now.password());
      return SecureClient.of(
          keys.getKeyManagers(),
          chain -> site.destinations().proves(chain.getFirst(), title),
          clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is part of every Java", e);
    }
  }

  /// The site's network is open to it, and this machine where the enrolment spells it out; what
  /// names lead to must be elsewhere.
  static InetAddress resolved(String host) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    boolean here = address.isLoopbackAddress() && literal(host).isEmpty() && !isLocalhost(host);
    boolean never =
        address.isLinkLocalAddress()
            || address.isAnyLocalAddress()
            || address.isMulticastAddress()
            || METADATA.contains(address.getHostAddress());
    if (here || never) {
      throw new ForbiddenAddressException();
    }
    return address;
  }

  private static boolean isLocalhost(String host) {
    return host.equalsIgnoreCase("localhost");
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
