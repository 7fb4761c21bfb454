package leadglass.server.scp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Devices;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.association.Admission;
import leadglass.net.association.ContextPolicy;
import leadglass.net.ul.Rejection;
import leadglass.net.ul.UserInformation;

/// Lets a device in whose certificate is the one enrolled under the AE title it calls itself, at
/// the site it calls. An AE title of another device, one that nobody has, and a device of another
/// site get the same answer.
final class DeviceAdmission implements Admission<Peer> {
  private static final List<Uid> TRANSFER_SYNTAXES =
      Uids.transferSyntaxes().stream()
          .filter(TransferSyntax::dataSet)
          .map(TransferSyntax::uid)
          .toList();

  private static final Set<Uid> STORAGE = Set.copyOf(Uids.storageSopClasses());

  /// What is offered for storage is taken as the device prefers to send it.
  static final ContextPolicy.Verdict STORED =
      new ContextPolicy.Accepted(TRANSFER_SYNTAXES, ContextPolicy.Preference.PROPOSED);

  /// Everything else is small; an explicit VR says more.
  static final ContextPolicy.Verdict ASKED =
      new ContextPolicy.Accepted(
          List.of(
              TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
              TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid()),
          ContextPolicy.Preference.OURS);

  private final Archive house;
  private final String aeTitle;

  private final Map<Uid, Verb> verbs;

  /// @param verbs what a device needs for SOP classes that are not of storage
  DeviceAdmission(Archive house, String aeTitle, Map<Uid, Verb> verbs) {
    this.house = house;
    this.aeTitle = aeTitle;
    this.verbs = verbs;
  }

  /// Whether some site knows a certificate. Which one is settled once the device says whom it
  /// calls.
  static boolean isKnown(Archive house, X509Certificate certificate) {
    return house.devices().knows(certificate)
        || house.tenants().all().stream().anyMatch(site -> site.devices().knows(certificate));
  }

  /// Nobody was let in: without a certificate, with one that no site knows or that was revoked, or
  /// without TLS. Whom they meant to call was not said yet, so the first site's trail has it.
  static void unproved(Archive house, InetAddress address) throws IOException {
    house.devices().unproved(new Origin(Origin.Door.DIMSE, address.getHostAddress()));
  }

  private Archive called(String title) {
    return title.equals(aeTitle) ? house : house.tenants().called(title).orElse(house);
  }

  @Override
  public Answer<Peer> admit(Arrival arrival) {
    String called = arrival.request().calledAeTitle().strip();
    Archive site = called(called);
    Devices devices = site.devices();
    Origin origin = new Origin(Origin.Door.DIMSE, arrival.address().getHostAddress());
    String calling = arrival.request().callingAeTitle().strip();
    Optional<Caller.Device> device;
    try {
      device =
          arrival.certificates().isEmpty()
              ? Optional.empty()
              : devices.admit(origin, arrival.certificates().getFirst(), calling);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (device.isEmpty()) {
      return new Refused<>(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }
    if (site == house && !called.equals(aeTitle)) {
      return new Refused<>(Rejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
    }
    return switch (identity(site, origin, device.get(), arrival.request().userInformation())) {
      case Identity.Wrong() -> new Refused<>(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
      case Identity.Known(var known, var person) ->
          new Admitted<>(
              new Peer(site, known, called, person),
              known.aeTitle(),
              new Contexts(site, known, verbs),
              person.isPresent());
    };
  }

  /// Who stands behind a device.
  private sealed interface Identity {
    /// @param person who was proved by the user identity that was sent
    record Known(Caller.Device device, Optional<Caller.Program> person) implements Identity {}

    record Wrong() implements Identity {}
  }

  /// A name with a token of that person's proves who uses the device now; a name alone, Kerberos
  /// tickets and SAML assertions prove nothing here and are passed over.
  private static Identity identity(
      Archive site, Origin origin, Caller.Device device, UserInformation user) {
    UserInformation.UserIdentity sent = user.identity();
    if (sent == null || sent.type() != UserInformation.UserIdentity.NAME_AND_PASSCODE) {
      return new Identity.Known(device, Optional.empty());
    }
    Optional<Caller.Program> program = site.tokens().verify(origin, sent.secondary());
    if (program.isEmpty()) {
      return new Identity.Wrong(); // which the trail has
    }
    if (!program.get().owner().equalsIgnoreCase(sent.primary().strip())) {
      site.refusedAtTheDoor(device, Verb.BE_KNOWN);
      return new Identity.Wrong();
    }
    return new Identity.Known(site.gate().behind(device, program.get()), program);
  }

  /// What one device may propose.
  private record Contexts(Archive site, Caller.Device device, Map<Uid, Verb> verbs)
      implements ContextPolicy {

    @Override
    public Verdict decide(Uid sopClass) {
      if (STORAGE.contains(sopClass)) {
        return mayStore(sopClass) || site.gate().permits(device, Verb.RETRIEVE)
            ? STORED
            : new Rejected();
      }
      Verb verb = verbs.get(sopClass);
      // One whose certificate has ended asks nothing, not even whether it is kept.
      boolean asks = verb != null && device.proof() == Caller.Proof.CERTIFICATE;
      return verb == null || (asks && site.gate().permits(device, verb)) ? ASKED : new Rejected();
    }

    /// Whoever retrieves by C-GET is the SCP of storage; whoever stores is its SCU.
    @Override
    public Roles roles(Uid sopClass, Roles proposed) {
      boolean takes = STORAGE.contains(sopClass) && site.gate().permits(device, Verb.RETRIEVE);
      boolean asks = !STORAGE.contains(sopClass) || mayStore(sopClass);
      return new Roles(proposed.scu() && asks, proposed.scp() && takes);
    }

    @Override
    public Optional<String> extended(Uid sopClass, String information) {
      return Scp.queries(sopClass) ? QueryTerms.answer(information) : Optional.empty();
    }

    private boolean mayStore(Uid sopClass) {
      Set<Uid> allowed = site.devices().sopClasses(device);
      return site.gate().permits(device, Verb.STORE)
          && (allowed.isEmpty() || allowed.contains(sopClass));
    }
  }

  @Override
  public boolean stands(Arrival arrival, Peer peer) {
    return peer.site().devices().stands(peer.device(), arrival.certificates().getFirst())
        && peer.person().map(peer.site().tokens()::stands).orElse(true);
  }
}
