package leadglass.server.web;

import java.util.Optional;
import leadglass.archive.Caller;
import leadglass.archive.StoreOutcome.InstanceUids;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;

/// Paths of DICOMweb's resources (PS3.18 §10.1.1).
///
/// @param root what they all begin with
record Addresses(String root) {
  static final String ROOT = "/dicomweb";

  /// For whoever came by a link; see [leadglass.server.http.Audience].
  static final String SHARED_ROOT = "/s/{share}" + ROOT;

  /// For a patient.
  static final String OWN_ROOT = "/my" + ROOT;

  static final Addresses STAFF = new Addresses(ROOT);

  /// Those that whoever asks can go on from.
  static Addresses of(Request request) {
    return switch (request.caller()) {
      case Caller.Share share -> new Addresses(SHARED_ROOT.replace("{share}", share.id()));
      case Caller.Patient _ -> new Addresses(OWN_ROOT);
      case Caller.Stranger _,
          Caller.Person _,
          Caller.Program _,
          Caller.Device _,
          Caller.Console _ ->
          STAFF;
    };
  }

  String study(Uid study) {
    return root + "/studies/" + study.value();
  }

  String series(Uid study, Uid series) {
    return study(study) + "/series/" + series.value();
  }

  String instance(Uid study, Uid series, Uid instance) {
    return series(study, series) + "/instances/" + instance.value();
  }

  String instance(InstanceUids uids) {
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
