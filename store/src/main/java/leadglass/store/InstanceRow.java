package leadglass.store;

import leadglass.dicom.data.Uid;

/// An instance held, and where.
///
/// @param dataSetBytes length of the data set as received
/// @param attributes as filed
/// @param location for [Store#open]; opaque outside this room
public record InstanceRow(
    Uid study,
    Uid series,
    Uid sopInstance,
    Uid sopClass,
    Uid transferSyntax,
    long dataSetBytes,
    byte[] attributes,
    Location location) {

  /// Where a record lies.
  ///
  /// @param pack name of the pack, 32 hex digits
  /// @param offset of the record's first byte in the pack
  /// @param length of the record in the pack, header and tags included
  public record Location(String pack, long offset, long length) {}

  @Override
  public String toString() {
    return "InstanceRow[" + dataSetBytes + " bytes]";
  }
}
