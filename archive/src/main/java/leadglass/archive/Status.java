package leadglass.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.store.Store;

/// How the archive is doing.
///
/// @param site name of the site, once it is set up
/// @param bytes of all data sets held
/// @param freeBytes left on the data directory's volume
/// @param storing whether an instance would be taken now
/// @param readOnly whether a failed write has closed the store for writing
/// @param stolenDiskReadable whether the master key lies on the device that holds the data
/// @param packs when they were verified, and what is damaged
/// @param outside connections that came from outside: somebody forwards a port
/// @param blocks why nothing may listen on a public address
/// @param copies how old the last backup and the last rehearsal are
/// @param exposure what a stranger sees of the doors; empty for whoever may not know
public record Status(
    boolean setUp,
    Optional<String> site,
    long studies,
    long instances,
    long bytes,
    long freeBytes,
    boolean storing,
    boolean readOnly,
    boolean stolenDiskReadable,
    int people,
    Devices.Summary devices,
    Lanes.Summary lanes,
    PackCare.State packs,
    Safekeeping.Last copies,
    Optional<Outside.Seen> outside,
    List<Duty.Block> blocks,
    Optional<Exposure.Standing> exposure) {

  public Status {
    blocks = List.copyOf(blocks);
  }

  /// For who may know.
  static Status of(Archive archive, Caller caller, Store.Health health) {
    return new Status(
        archive.setUp().done(),
        archive.setUp().site(),
        health.studies(),
        health.instances(),
        health.bytes(),
        health.freeBytes(),
        health.storing(),
        health.readOnly(),
        health.keyBesideData(),
        archive.people().list(caller).size(),
        archive.devices().summary(),
        archive.lanes().summary(),
        archive.packs().state(),
        archive.safekeeping().last(),
        archive.outside().seen(caller),
        archive.duty().blocks(),
        archive.securityEvidence().exposure().standing(caller, 1));
  }

  /// What has to be seen to before a thief, a fire or a dead disk comes, the worst first.
  public List<Concern> concerns() {
    return concerns(copies, stolenDiskReadable);
  }

  static List<Concern> concerns(Safekeeping.Last copies, boolean readable) {
    List<Concern> all = new ArrayList<>(copies.concerns());
    if (readable) {
      all.add(Concern.STOLEN_DISK_READABLE);
    }
    return List.copyOf(all);
  }
}
