package leadglass.server.scp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Devices;
import leadglass.archive.Origin;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.association.Admission;
import leadglass.net.association.ContextPolicy;
import leadglass.net.ul.Rejection;

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
  private static final ContextPolicy.Verdict ACCEPTED =
      new ContextPolicy.Accepted(TRANSFER_SYNTAXES, ContextPolicy.Preference.PROPOSED);

  private final Archive house;
  private final String aeTitle;

  DeviceAdmission(Archive house, String aeTitle) {
    this.house = house;
    this.aeTitle = aeTitle;
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
    Peer peer = new Peer(site, device.get());
    return new Admitted<>(peer, device.get().aeTitle(), contexts(devices, device.get()));
  }

  private static ContextPolicy contexts(Devices devices, Caller.Device device) {
    Set<Uid> allowed = devices.sopClasses(device);
    return sopClass ->
        allowed.isEmpty() || allowed.contains(sopClass) || !STORAGE.contains(sopClass)
            ? ACCEPTED
            : new ContextPolicy.Rejected();
  }

  @Override
  public boolean stands(Arrival arrival, Peer peer) {
    return peer.site().devices().stands(peer.device(), arrival.certificates().getFirst());
  }
}
