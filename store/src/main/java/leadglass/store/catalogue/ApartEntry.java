package leadglass.store.catalogue;

import leadglass.store.Filing;
import leadglass.store.InstanceRow.Location;

/// An instance that is kept apart.
///
/// @param number order of arrival
/// @param record id of its record: events name it by that
/// @param study name of its study's key
/// @param filing what it was filed with
public record ApartEntry(
    long number, byte[] record, byte[] study, Filing filing, long dataSetBytes, Location at) {

  @Override
  public String toString() {
    return "ApartEntry[" + dataSetBytes + " bytes]";
  }
}
