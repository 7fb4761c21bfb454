package leadglass.server.scp;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Cause;
import leadglass.archive.Doctor;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.Uid;
import leadglass.net.association.Admission;
import leadglass.net.association.AssociationRejected;
import leadglass.net.association.NetEvent;
import leadglass.net.tls.HandshakeFault;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.UserInformation;

/// What happened at a door, told to the [Doctor] of the site: which rule, and what was offered.
/// Values of a data set never get here; what a peer claims is made harmless there.
final class Cases {
  private Cases() {}

  /// A device of some site, whatever is wrong with it.
  private record Whose(Archive site, Doctor.Found found) {}

  /// Whose certificate it is, whether it counts or not; empty: no site gave it to a device.
  ///
  /// @param calling AE title it claims; empty: it did not say yet
  private static Optional<Whose> whose(Archive house, X509Certificate shown, String calling) {
    List<Archive> sites = new ArrayList<>(house.tenants().all());
    sites.addFirst(house);
    return sites.stream()
        .map(site -> new Whose(site, site.doctor().why(shown, calling)))
        .filter(each -> !each.found().device().isEmpty())
        .findFirst();
  }

  private static Optional<Whose> whose(Archive house, List<X509Certificate> certificates) {
    return certificates.stream().findFirst().flatMap(shown -> whose(house, shown, ""));
  }

  /// No TLS came about, so nothing but the certificate can say whom it is about. The first site has
  /// those that no site knows.
  static void unsecured(Archive house, InetAddress address, IOException thrown) {
    if (!(thrown instanceof SSLException failed)) {
      house.doctor().met(Doctor.Met.at(address, Cause.SILENT, List.of()));
      return;
    }
    HandshakeFault fault = HandshakeFault.of(failed);
    Optional<X509Certificate> shown = fault.certificate();
    List<String> offered = shown.map(Doctor::words).stream().toList();
    Optional<Whose> whose = shown.flatMap(each -> whose(house, each, ""));
    if (whose.isEmpty()) {
      house.doctor().met(Doctor.Met.at(address, cause(fault.rule()), offered));
      return;
    }
    Doctor.Found found = whose.get().found();
    Cause cause = fault.rule() == HandshakeFault.Rule.WEAK ? Cause.CERTIFICATE_WEAK : found.cause();
    // Nobody saw yet whether it holds the key.
    cameSoFar(whose.get(), address, cause, false, offered);
  }

  /// A device that asked for no association.
  private static void cameSoFar(
      Whose whose, InetAddress address, Cause cause, boolean proved, List<String> offered) {
    String from = address.getHostAddress();
    String device = whose.found().device();
    whose.site().doctor().met(new Doctor.Met(cause, from, device, proved, "", "", offered));
  }

  private static Cause cause(HandshakeFault.Rule rule) {
    return switch (rule) {
      case NOT_TLS -> Cause.NO_TLS;
      case NOTHING_IN_COMMON -> Cause.TLS_TOO_OLD;
      case NO_CERTIFICATE -> Cause.NO_CERTIFICATE;
      case DATES, NOT_KNOWN -> Cause.CERTIFICATE_UNKNOWN;
      case WEAK -> Cause.CERTIFICATE_WEAK;
      case PEER_REFUSED -> Cause.ARCHIVE_NOT_BELIEVED;
      case OTHER -> Cause.TLS_FAILED;
    };
  }

  /// A device whose certificate counts somewhere was not let in. If that is at another site, those
  /// who look after it are there.
  static void refused(Archive house, Archive site, Admission.Arrival arrival) {
    if (arrival.certificates().isEmpty()) {
      met(site, arrival, Cause.NO_CERTIFICATE, "", false, List.of());
      return;
    }
    X509Certificate shown = arrival.certificates().getFirst();
    List<String> offered = List.of(Doctor.words(shown));
    String calling = arrival.request().callingAeTitle();
    Doctor.Found found = site.doctor().why(shown, calling);
    if (!found.device().isEmpty()) {
      met(site, arrival, found.cause(), found.device(), true, offered);
      return;
    }
    Optional<Whose> whose = whose(house, shown, calling);
    Cause cause = whose.isPresent() ? Cause.OTHER_SITE : found.cause();
    met(site, arrival, cause, "", false, offered);
    whose.ifPresent(each -> met(each.site(), arrival, cause, each.found().device(), true, offered));
  }

  /// One that proved which device it is was not let in.
  static void refused(Archive site, Admission.Arrival arrival, Caller.Device device, Cause cause) {
    met(site, arrival, cause, device.aeTitle(), true, user(arrival.request()));
  }

  /// Over a lane, whose device proves nothing.
  static void lane(Archive site, Admission.Arrival arrival, String lane) {
    Cause cause = site.lanes().why(lane, arrival.address(), arrival.request().callingAeTitle());
    met(site, arrival, cause, lane, false, List.of());
  }

  /// Somebody came to a lane's port from an address that is not its.
  static void laneAddress(Archive site, InetAddress from, String lane) {
    site.doctor()
        .met(
            new Doctor.Met(
                Cause.LANE_ADDRESS, from.getHostAddress(), lane, false, "", "", List.of()));
  }

  /// What became of one that came so far.
  ///
  /// @param house where is told what is of nobody
  static void told(Archive house, Admission.Outcome<Peer> outcome) {
    switch (outcome) {
      case Admission.Outcome.NotOpened<Peer>(var certificates, var address, var ending) ->
          cause(ending).ifPresent(cause -> notOpened(house, certificates, address, cause));
      case Admission.Outcome.Malformed<Peer>(var arrival, var _) -> malformed(house, arrival);
      case Admission.Outcome.Crowded<Peer>(var arrival, var peer) ->
          refused(peer.site(), arrival, peer.device(), Cause.TOO_MANY);
      case Admission.Outcome.Opened<Peer>(var arrival, var peer, var answers) ->
          RefusedContexts.by(arrival, peer, answers)
              .forEach((cause, lines) ->
                  met(peer.site(), arrival, cause, peer.device().aeTitle(), true, lines));
      case Admission.Outcome.Closed<Peer>(var arrival, var peer, var ending) ->
          cause(ending)
              .ifPresent(cause ->
                  met(
                      peer.site(),
                      arrival,
                      cause,
                      peer.device().aeTitle(),
                      true,
                      user(arrival.request())));
    }
  }

  private static void notOpened(
      Archive house, List<X509Certificate> certificates, InetAddress address, Cause cause) {
    whose(house, certificates)
        .ifPresentOrElse(
            whose -> cameSoFar(whose, address, cause, true, List.of()),
            () -> house.doctor().met(Doctor.Met.at(address, cause, List.of())));
  }

  private static void malformed(Archive house, Admission.Arrival arrival) {
    Optional<Whose> whose = whose(house, arrival.certificates());
    met(
        whose.map(Whose::site).orElse(house),
        arrival,
        Cause.MALFORMED_REQUEST,
        whose.map(each -> each.found().device()).orElse(""),
        whose.isPresent(),
        user(arrival.request()));
  }

  private static Optional<Cause> cause(NetEvent.Ending ending) {
    return switch (ending) {
      case RELEASED, ABORTED_BY_PEER, STOPPED, SERVICE_FAILED -> Optional.empty();
      case PROTOCOL_ERROR -> Optional.of(Cause.PROTOCOL_ERROR);
      case TIMED_OUT -> Optional.of(Cause.SILENT);
      case LOST -> Optional.of(Cause.LOST);
      case DISMISSED -> Optional.of(Cause.DISMISSED);
    };
  }

  /// An instance was not taken.
  static void stored(Peer peer, Uid sopClass, StoreOutcome outcome) {
    if (outcome instanceof StoreOutcome.Refused(var reason, var rule)) {
      Caller.Device device = peer.device();
      peer.site()
          .doctor()
          .met(
              new Doctor.Met(
                  cause(reason),
                  device.origin().address(),
                  device.aeTitle(),
                  true,
                  device.aeTitle(),
                  peer.called(),
                  List.of(RefusedContexts.name(sopClass.value()), rule)));
    }
  }

  private static Cause cause(StoreOutcome.Reason reason) {
    return switch (reason) {
      case NOT_AUTHORIZED -> Cause.STORE_NOT_AUTHORIZED;
      case OUT_OF_RESOURCES -> Cause.STORE_NO_ROOM;
      case SOP_CLASS_MISMATCH -> Cause.STORE_SOP_CLASS;
      case MALFORMED, UNSUPPORTED -> Cause.STORE_MALFORMED;
      case UID_TAKEN -> Cause.STORE_UID_TAKEN;
    };
  }

  /// A destination could not be called.
  ///
  /// @param address as enrolled
  static void outgoing(Archive site, String device, String address, IOException thrown) {
    List<String> offered = new ArrayList<>();
    Cause cause =
        switch (thrown) {
          case Outgoing.ForbiddenAddressException _ -> Cause.DESTINATION_ADDRESS;
          case AssociationRejected rejected -> {
            offered.add(
                "it answered "
                    + rejected.rejection().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            yield Cause.DESTINATION_REFUSED;
          }
          case SSLException failed -> {
            HandshakeFault fault = HandshakeFault.of(failed);
            fault.certificate().map(Doctor::words).ifPresent(offered::add);
            yield fault.certificate().isPresent()
                ? Cause.DESTINATION_CERTIFICATE
                : Cause.DESTINATION_UNREACHABLE;
          }
          default -> Cause.DESTINATION_UNREACHABLE;
        };
    // Whoever showed another certificate may be anybody; all else is about the one we called.
    boolean proved = cause != Cause.DESTINATION_CERTIFICATE;
    site.doctor().met(new Doctor.Met(cause, address, device, proved, "", "", offered));
  }

  private static void met(
      Archive site,
      Admission.Arrival arrival,
      Cause cause,
      String device,
      boolean proved,
      List<String> offered) {
    site.doctor()
        .met(
            new Doctor.Met(
                cause,
                arrival.address().getHostAddress(),
                device,
                proved,
                arrival.request().callingAeTitle(),
                arrival.request().calledAeTitle(),
                offered));
  }

  /// Never what it says of a person.
  private static List<String> user(Pdu.AAssociateRq request) {
    UserInformation user = request.userInformation();
    List<String> words = new ArrayList<>();
    words.add(request.contexts().size() + " presentation contexts");
    words.add("maximum length " + user.pduBytesMax());
    UserInformation.UserIdentity identity = user.identity();
    if (identity != null) {
      words.add("a user identity of type " + identity.type());
    }
    return words;
  }
}
