package leadglass.server.web;

import java.util.Optional;
import leadglass.archive.StoreOutcome.InstanceUids;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;

/// Paths of DICOMweb's resources (PS3.18 §10.1.1).
final class Addresses {
  static final String ROOT = "/dicomweb";

  private Addresses() {}

  static String study(Uid study) {
    return ROOT + "/studies/" + study.value();
  }

  static String series(Uid study, Uid series) {
    return study(study) + "/series/" + series.value();
  }

  static String instance(Uid study, Uid series, Uid instance) {
    return series(study, series) + "/instances/" + instance.value();
  }

  static String instance(InstanceUids uids) {
    return instance(uids.study(), uids.series(), uids.sopInstance());
  }

  /// The UID that a path names.
  ///
  /// @throws ProblemException "not found" if it is none: what can't be there isn't
  static Uid uid(Request request, String variable) throws ProblemException {
    Optional<Uid> uid = Uid.parse(request.variable(variable));
    if (uid.isEmpty()) {
      throw Problems.notFound();
    }
    return uid.get();
  }
}
