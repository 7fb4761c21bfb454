package leadglass.server.scp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Origin;
import leadglass.dicom.data.Uid;
import leadglass.net.association.Admission;
import leadglass.net.association.ContextPolicy;
import leadglass.net.ul.Rejection;

/// Lets the device of one lane in. Whatever is wrong has one answer, the one that every stranger
/// has at the other door. A user identity is not looked at: whoever reads the wire reads it.
final class LaneAdmission implements Admission<Peer> {
  private final Archive site;
  private final String lane;
  private final Set<Uid> storage;
  private final Set<Uid> worklist;

  /// @param storage SOP classes that are stored
  /// @param worklist SOP classes that a lane with the worklist's switch may ask
  LaneAdmission(Archive site, String lane, Set<Uid> storage, Set<Uid> worklist) {
    this.site = site;
    this.lane = lane;
    this.storage = Set.copyOf(storage);
    this.worklist = Set.copyOf(worklist);
  }

  @Override
  public Answer<Peer> admit(Arrival arrival) {
    Origin origin = new Origin(Origin.Door.DIMSE, arrival.address().getHostAddress());
    Optional<Caller.Device> device;
    try {
      device =
          site.lanes()
              .admit(
                  lane,
                  origin,
                  arrival.address(),
                  arrival.request().callingAeTitle(),
                  arrival.request().calledAeTitle());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (device.isEmpty()) {
      Cases.lane(site, arrival, lane);
      return new Refused<>(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }
    Caller.Device known = device.get();
    return new Admitted<>(new Peer(site, known, ""), known.aeTitle(), new Contexts(this, known));
  }

  @Override
  public void told(Outcome<Peer> outcome) {
    Cases.told(site, outcome);
  }

  @Override
  public boolean stands(Arrival arrival, Peer peer) {
    return peer.site().lanes().stands(peer.device());
  }

  /// Storage and C-ECHO; the worklist, if the lane has that switch.
  private record Contexts(LaneAdmission door, Caller.Device device) implements ContextPolicy {
    @Override
    public Verdict decide(Uid sopClass) {
      if (door.storage.contains(sopClass)) {
        return DeviceAdmission.STORED;
      }
      boolean asks = door.worklist.contains(sopClass);
      return !asks || device.may().contains(DeviceVerb.WORKLIST)
          ? DeviceAdmission.ASKED
          : new NotSupported();
    }
  }
}
