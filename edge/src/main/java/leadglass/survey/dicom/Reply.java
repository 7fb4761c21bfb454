package leadglass.survey.dicom;

import java.util.OptionalLong;

/// A DIMSE response, without any value of its data set.
///
/// @param status of PS3.7 Annex C
/// @param row whether a data set came with it
/// @param elements of that data set
/// @param instances its Number of Study Related Instances, if it told one
public record Reply(int status, boolean row, int elements, OptionalLong instances) {
  private static final int CANCEL = 0xFE00;
  private static final int PENDING = 0xFF00;
  private static final int PENDING_WARNING = 0xFF01;

  public boolean pending() {
    return status == PENDING || status == PENDING_WARNING;
  }

  public boolean success() {
    return status == 0;
  }

  public boolean cancelled() {
    return status == CANCEL;
  }
}
