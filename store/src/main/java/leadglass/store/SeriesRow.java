package leadglass.store;

import leadglass.dicom.data.Uid;

/// A series as the catalogue knows it.
///
/// @param attributes as filed with the series' first instance
public record SeriesRow(Uid study, Uid series, byte[] attributes, int instanceCount) {

  @Override
  public String toString() {
    return "SeriesRow[" + instanceCount + " instances]";
  }
}
