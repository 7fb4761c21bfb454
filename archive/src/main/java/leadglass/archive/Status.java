package leadglass.archive;

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
    Safekeeping.Last copies) {}
