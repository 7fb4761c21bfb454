package leadglass.server.scp;

import java.util.ArrayList;
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
  ///
  /// @param outgoing for what has to be sent elsewhere
  /// @param reports of storage commitment
  static List<Scp> all(Outgoing outgoing, Pace pace, CommitmentReports reports) {
    List<Scp> all = new ArrayList<>();
    all.add(
        new Scp(
            CommitmentScp.SOP_CLASS,
            Verb.STORE,
            Set.of(CommandField.N_ACTION_RQ),
            new CommitmentScp(reports)));
    for (RetrieveModel model : RetrieveModel.values()) {
      Retrieval retrieval = new Retrieval(model, Retrieval.INSTANCES_MAX);
      all.add(
          new Scp(
              model.get(),
              Verb.RETRIEVE,
              Set.of(CommandField.C_GET_RQ),
              new GetScp(retrieval, pace)));
      all.add(
          new Scp(
              model.move(),
              Verb.RETRIEVE,
              Set.of(CommandField.C_MOVE_RQ),
              new MoveScp(retrieval, pace, outgoing)));
    }
    return List.copyOf(all);
  }
}
