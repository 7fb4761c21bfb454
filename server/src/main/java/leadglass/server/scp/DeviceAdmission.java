package leadglass.server.scp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Caller;
import leadglass.archive.Devices;
import leadglass.archive.Origin;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.association.Admission;
import leadglass.net.association.ContextPolicy;
import leadglass.net.ul.Rejection;

/// Lets a device in whose certificate is the one enrolled under the AE title it calls itself. An AE
/// title of another device and one that nobody has get the same answer.
final class DeviceAdmission implements Admission<Caller.Device> {
  private static final List<Uid> TRANSFER_SYNTAXES =
      Uids.transferSyntaxes().stream()
          .filter(TransferSyntax::dataSet)
          .map(TransferSyntax::uid)
          .toList();

  private static final Set<Uid> STORAGE = Set.copyOf(Uids.storageSopClasses());

  /// What is offered for storage is taken as the device prefers to send it.
  private static final ContextPolicy.Verdict ACCEPTED =
      new ContextPolicy.Accepted(TRANSFER_SYNTAXES, ContextPolicy.Preference.PROPOSED);

  private final Devices devices;
  private final String aeTitle;

  DeviceAdmission(Devices devices, String aeTitle) {
    this.devices = devices;
    this.aeTitle = aeTitle;
  }

  @Override
  public Answer<Caller.Device> admit(Arrival arrival) {
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
    if (!arrival.request().calledAeTitle().strip().equals(aeTitle)) {
      return new Refused<>(Rejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
    }
    return new Admitted<>(device.get(), device.get().aeTitle(), contexts(device.get()));
  }

  private ContextPolicy contexts(Caller.Device device) {
    Set<Uid> allowed = devices.sopClasses(device);
    return sopClass ->
        allowed.isEmpty() || allowed.contains(sopClass) || !STORAGE.contains(sopClass)
            ? ACCEPTED
            : new ContextPolicy.Rejected();
  }

  @Override
  public boolean stands(Arrival arrival, Caller.Device peer) {
    return devices.stands(peer, arrival.certificates().getFirst());
  }
}
