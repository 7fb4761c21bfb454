package leadglass.server.scp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RetrieveScu;
import leadglass.net.association.RetrieveScu.Retrieved;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.net.dimse.SubOperations;

/// What a device got by C-GET, and what it was told meanwhile.
final class Pulled {
  final Map<Uid, byte[]> instances = new ConcurrentHashMap<>();
  final Map<Uid, Uid> syntaxes = new ConcurrentHashMap<>();
  final List<SubOperations> told = new ArrayList<>();
  private final Function<Uid, Status> answers;
  private final Predicate<SubOperations> goesOn;

  Pulled() {
    this(_ -> Status.success(), _ -> true);
  }

  /// @param answers to the C-STORE of an instance
  /// @param goesOn asked at each pending response
  Pulled(Function<Uid, Status> answers, Predicate<SubOperations> goesOn) {
    this.answers = answers;
    this.goesOn = goesOn;
  }

  private StoreScp.Taken take(StoreScp.Request request, byte[] dataSet) {
    instances.put(request.sopInstance(), dataSet);
    syntaxes.put(request.sopInstance(), request.transferSyntax());
    return StoreScp.Taken.at(answers.apply(request.sopInstance()));
  }

  Services<String> services() {
    return RetrieveScu.services(
        List.of(Clinic.CT, Clinic.MR), (_, request, in) -> take(request, in.readAllBytes()));
  }

  private boolean tell(SubOperations counts) {
    told.add(counts);
    return goesOn.test(counts);
  }

  static DataSet keys(String level, Uid... uids) {
    int[] tags = {Tag.STUDY_INSTANCE_UID, Tag.SERIES_INSTANCE_UID, Tag.SOP_INSTANCE_UID};
    DataSet.Builder keys = DataSet.builder().text(RetrieveIdentifier.LEVEL, Vr.CS, level);
    for (int i = 0; i < uids.length; i++) {
      keys.uid(tags[i], uids[i]);
    }
    return keys.build();
  }

  /// One association on which CT images are taken in these transfer syntaxes.
  RequestedAssociation open(
      Clinic clinic, String title, int port, int window, Uid model, List<Uid> syntaxes)
      throws IOException {
    Proposal.Builder proposal =
        Proposal.of(Clinic.TITLE, title)
            .context(model, List.of(Clinic.EXPLICIT, Clinic.IMPLICIT))
            .window(1, window);
    Proposal whole = RetrieveScu.take(proposal, Clinic.CT, syntaxes).build();
    return clinic.associate(title, port, whole, services(), "peer");
  }

  Retrieved get(Clinic clinic, String title, Uid model, List<Uid> syntaxes, DataSet keys)
      throws IOException {
    try (RequestedAssociation association =
        open(clinic, title, clinic.server.port(), 1, model, syntaxes)) {
      return RetrieveScu.get(association, model, keys, Clinic.SOON, this::tell);
    }
  }

  Retrieved get(Clinic clinic, DataSet keys) throws IOException {
    return get(clinic, "READ1", RetrieveModel.STUDY_ROOT.get(), List.of(Clinic.EXPLICIT), keys);
  }

  Retrieved get(Clinic clinic, RequestedAssociation association, DataSet keys) throws IOException {
    return RetrieveScu.get(
        association, RetrieveModel.STUDY_ROOT.get(), keys, Clinic.SOON, this::tell);
  }
}
