package leadglass.server.scp;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Cause;
import leadglass.archive.Doctor;
import leadglass.archive.StoreOutcome;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.association.Admission;
import leadglass.net.association.AssociationRejected;
import leadglass.net.association.NetEvent;
import leadglass.net.tls.HandshakeFault;
import leadglass.net.ul.AnsweredContext;
import leadglass.net.ul.AnsweredContext.Result;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.ProposedContext;
import leadglass.net.ul.UserInformation;

/// What happened at a door, told to the [Doctor] of the site: which rule, and what was offered.
/// Values of a data set never get here; what a peer claims is made harmless there.
final class Cases {
  private static final int SYNTAXES_MAX = 3;

  private Cases() {}

  /// No TLS came about, so nothing but the certificate can say whom it is about. The first site has
  /// those that no site knows.
  static void handshake(Archive house, InetAddress address, SSLException thrown) {
    HandshakeFault fault = HandshakeFault.of(thrown);
    Optional<X509Certificate> shown = fault.certificate();
    List<String> offered = shown.map(Doctor::words).stream().toList();
    if (shown.isEmpty()) {
      house.doctor().met(Doctor.Met.at(address, cause(fault.rule()), offered));
      return;
    }
    List<Archive> sites = new ArrayList<>(house.tenants().all());
    sites.addFirst(house);
    for (Archive site : sites) {
      Doctor.Found found = site.doctor().why(shown.get(), "");
      if (!found.device().isEmpty()) {
        Cause cause =
            fault.rule() == HandshakeFault.Rule.WEAK ? Cause.CERTIFICATE_WEAK : found.cause();
        // Nobody saw yet whether it holds the key.
        site.doctor()
            .met(
                new Doctor.Met(
                    cause, address.getHostAddress(), found.device(), false, "", "", offered));
        return;
      }
    }
    house.doctor().met(Doctor.Met.at(address, cause(fault.rule()), offered));
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

  /// A device whose certificate counts somewhere was not let in.
  static void refused(Archive site, Admission.Arrival arrival) {
    String calling = arrival.request().callingAeTitle();
    Doctor.Found found =
        arrival.certificates().isEmpty()
            ? new Doctor.Found(Cause.NO_CERTIFICATE, "")
            : site.doctor().why(arrival.certificates().getFirst(), calling);
    boolean elsewhere = found.device().isEmpty() && !arrival.certificates().isEmpty();
    Cause cause = elsewhere ? Cause.OTHER_SITE : found.cause();
    met(site, arrival, cause, found.device(), !found.device().isEmpty(), certificate(arrival));
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
      case Admission.Outcome.NotOpened<Peer>(var address, var ending) ->
          cause(ending)
              .ifPresent(cause -> house.doctor().met(Doctor.Met.at(address, cause, List.of())));
      case Admission.Outcome.Malformed<Peer>(var arrival, var _) -> malformed(house, arrival);
      case Admission.Outcome.Crowded<Peer>(var arrival, var peer) ->
          refused(peer.site(), arrival, peer.device(), Cause.TOO_MANY);
      case Admission.Outcome.Opened<Peer>(var arrival, var peer, var answers) ->
          contexts(arrival, peer, answers);
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

  private static void malformed(Archive house, Admission.Arrival arrival) {
    Doctor.Found found =
        arrival.certificates().isEmpty()
            ? new Doctor.Found(Cause.MALFORMED_REQUEST, "")
            : house.doctor().why(arrival.certificates().getFirst(), "");
    met(
        house,
        arrival,
        Cause.MALFORMED_REQUEST,
        found.device(),
        !found.device().isEmpty(),
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

  /// One case for each rule that contexts were refused by.
  private static void contexts(
      Admission.Arrival arrival, Peer peer, List<AnsweredContext> answers) {
    Map<Cause, List<String>> refused = new EnumMap<>(Cause.class);
    List<ProposedContext> proposed = arrival.request().contexts();
    for (int i = 0; i < Math.min(proposed.size(), answers.size()); i++) {
      if (!answers.get(i).accepted()) {
        ProposedContext each = proposed.get(i);
        refused
            .computeIfAbsent(cause(peer, each, answers.get(i).result()), _ -> new ArrayList<>())
            .add(name(each.abstractSyntax()) + " in " + syntaxes(each.transferSyntaxes()));
      }
    }
    refused.forEach(
        (cause, lines) -> met(peer.site(), arrival, cause, peer.device().aeTitle(), true, lines));
  }

  private static Cause cause(Peer peer, ProposedContext proposed, Result result) {
    Optional<Uid> sopClass = Uid.parse(proposed.abstractSyntax());
    if (result == Result.TRANSFER_SYNTAXES_NOT_SUPPORTED) {
      return Cause.TRANSFER_SYNTAX;
    }
    Verb verb = sopClass.map(Scp.verbs()::get).orElse(null);
    if (verb == null) {
      return result != Result.USER_REJECTION
          ? Cause.SOP_CLASS_UNKNOWN
          : peer.site().gate().permits(peer.device(), Verb.STORE)
              ? Cause.SOP_CLASS_NOT_ALLOWED
              : Cause.MAY_NOT_STORE;
    }
    if (peer.device().proof().isLane()) {
      return Cause.LANE_ASKS;
    }
    if (peer.device().proof() == Caller.Proof.ENDED_CERTIFICATE) {
      return Cause.ENDED_ASKS;
    }
    return switch (verb) {
      case STORE -> Cause.MAY_NOT_STORE;
      case FIND -> Cause.MAY_NOT_FIND;
      case RETRIEVE -> Cause.MAY_NOT_RETRIEVE;
      case WORKLIST -> Cause.MAY_NOT_WORKLIST;
      default -> Cause.SOP_CLASS_UNKNOWN;
    };
  }

  private static String name(String uid) {
    return Uid.parse(uid).flatMap(Uids::find).map(Uids.Registered::name).orElse(uid);
  }

  private static String syntaxes(List<String> uids) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < Math.min(uids.size(), SYNTAXES_MAX); i++) {
      words.append(i == 0 ? "" : ", ").append(name(uids.get(i)));
    }
    return uids.size() > SYNTAXES_MAX
        ? words.append(" and ").append(uids.size() - SYNTAXES_MAX).append(" more").toString()
        : words.toString();
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
                  List.of(name(sopClass.value()), rule)));
    }
  }

  private static Cause cause(StoreOutcome.Reason reason) {
    return switch (reason) {
      case NOT_AUTHORIZED -> Cause.STORE_NOT_AUTHORIZED;
      case OUT_OF_RESOURCES, LOCKED -> Cause.STORE_NO_ROOM;
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
    site.doctor().met(new Doctor.Met(cause, address, device, true, "", "", offered));
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

  private static List<String> certificate(Admission.Arrival arrival) {
    return arrival.certificates().stream().limit(1).map(Doctor::words).toList();
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
