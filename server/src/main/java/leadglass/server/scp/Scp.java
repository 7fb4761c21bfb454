package leadglass.server.scp;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.OperationScp;

/// A SOP class of queries, retrieval or normalized services that is served: who may use it, and by
/// what it is answered. One row of the running registry.
///
/// @param verb what a device needs
/// @param fields Command Fields of the requests it answers
record Scp(Uid sopClass, Verb verb, Set<Integer> fields, OperationScp<Peer> answers) {
  Scp {
    fields = Set.copyOf(fields);
  }

  /// All of them.
  static List<Scp> all() {
    return List.of(query(QueryModel.PATIENT_ROOT), query(QueryModel.STUDY_ROOT));
  }

  private static Scp query(QueryModel model) {
    return new Scp(
        model.find(),
        Verb.FIND,
        Set.of(CommandField.C_FIND_RQ),
        new QueryScp(model, FindLimits.USUAL));
  }

  /// Whether a SOP class is one of queries, whose terms are agreed on by extended negotiation.
  static boolean queries(Uid sopClass) {
    return Arrays.stream(QueryModel.values()).anyMatch(model -> model.find().equals(sopClass));
  }
}
