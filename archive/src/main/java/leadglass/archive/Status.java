package leadglass.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    PackCare.State packs,
    Safekeeping.Last copies,
    Optional<Outside.Seen> outside,
    List<Duty.Block> blocks) {

  public Status {
    blocks = List.copyOf(blocks);
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
