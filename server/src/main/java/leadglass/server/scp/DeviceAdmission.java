package leadglass.server.scp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Cause;
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
  private final Set<Uid> storage;
  private final UserIdentities identities;

  /// @param verbs what a device needs for SOP classes that are not of storage
  /// @param storage SOP classes that are
  DeviceAdmission(
      Archive house,
      String aeTitle,
      Map<Uid, Verb> verbs,
      Set<Uid> storage,
      UserIdentities identities) {
    this.house = house;
    this.aeTitle = aeTitle;
    this.verbs = verbs;
    this.storage = Set.copyOf(storage);
    this.identities = identities;
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
      Cases.refused(house, site, arrival);
      return new Refused<>(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }
    if (site == house && !called.equals(aeTitle)) {
      Cases.refused(site, arrival, device.get(), Cause.CALLED_TITLE);
      return new Refused<>(Rejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
    }
    UserInformation user = arrival.request().userInformation();
    return switch (identities.of(site, origin, device.get(), user.identity())) {
      case UserIdentities.Identity.Wrong() -> {
        Cases.refused(site, arrival, device.get(), Cause.USER_IDENTITY);
        yield new Refused<>(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
      }
      case UserIdentities.Identity.Known(var known, var stands) ->
          new Admitted<>(
              new Peer(site, known, called, stands),
              known.aeTitle(),
              new Contexts(site, known, verbs, storage),
              stands.isPresent());
    };
  }

  @Override
  public void told(Outcome<Peer> outcome) {
    Cases.told(house, outcome);
  }

  /// What one device may propose.
  private record Contexts(
      Archive site, Caller.Device device, Map<Uid, Verb> verbs, Set<Uid> storage)
      implements ContextPolicy {

    @Override
    public Verdict decide(Uid sopClass) {
      if (storage.contains(sopClass)) {
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
      boolean takes = storage.contains(sopClass) && site.gate().permits(device, Verb.RETRIEVE);
      boolean asks = !storage.contains(sopClass) || mayStore(sopClass);
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
        && peer.stands().map(BooleanSupplier::getAsBoolean).orElse(true);
  }
}
