package leadglass.survey.dicom;

import java.util.Optional;
import leadglass.net.ul.Rejection;

/// What came back to an A-ASSOCIATE-RQ.
public sealed interface Answer {
  /// It was accepted; ask, and close.
  record Accepted(Asked association) implements Answer {}

  /// @param why empty for numbers that PS3.8 does not have
  record Rejected(Optional<Rejection> why) implements Answer {}

  record Aborted() implements Answer {}

  /// Bytes that are no PDU, or one that does not belong here.
  ///
  /// @param tongue what they look like
  record NotDicom(Tongue tongue) implements Answer {}
}
