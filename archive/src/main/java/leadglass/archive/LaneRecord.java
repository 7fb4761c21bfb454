package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// A lane as it is kept in the registry.
///
/// @param aeTitle that the device calls itself
/// @param called that it calls, random
/// @param from the one address it comes from
/// @param listen address of this machine
/// @param port 0: none yet
/// @param ends milliseconds since 1970-01-01T00:00Z
record LaneRecord(
    String aeTitle,
    String called,
    String from,
    String listen,
    int port,
    String owner,
    long made,
    long ends,
    boolean worklist,
    DeviceRecord.@Nullable Revoked revoked) {
  static final String KIND = "lane";

  LaneRecord at(int chosen) {
    return new LaneRecord(
        aeTitle, called, from, listen, chosen, owner, made, ends, worklist, revoked);
  }

  LaneRecord on(String named, long until) {
    return new LaneRecord(
        aeTitle, called, from, listen, port, named, made, until, worklist, revoked);
  }

  LaneRecord revoked(DeviceRecord.Revoked mark) {
    return new LaneRecord(aeTitle, called, from, listen, port, owner, made, ends, worklist, mark);
  }

  @Override
  public String toString() {
    return "LaneRecord[]";
  }
}
