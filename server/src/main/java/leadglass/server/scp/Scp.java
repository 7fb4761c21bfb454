package leadglass.server.scp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import leadglass.archive.Caller;
import leadglass.archive.Verb;
import leadglass.archive.WorklistScope;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.OperationScp;

/// A SOP class of queries, retrieval or normalized services that is served, and by what it is
/// answered. One row of the running registry.
///
/// @param fields Command Fields of the requests it answers
record Scp(Uid sopClass, Set<Integer> fields, OperationScp<Peer> answers) {
  Scp {
    fields = Set.copyOf(fields);
  }

  /// What a device needs for each of them.
  static Map<Uid, Verb> verbs() {
    Map<Uid, Verb> verbs = new LinkedHashMap<>();
    verbs.put(CommitmentScp.SOP_CLASS, Verb.STORE);
    verbs.put(WorklistScp.SOP_CLASS, Verb.WORKLIST);
    verbs.put(PerformedStepScp.SOP_CLASS, Verb.WORKLIST);
    for (QueryModel model : QueryModel.values()) {
      verbs.put(model.find(), Verb.FIND);
    }
    for (RetrieveModel model : RetrieveModel.values()) {
      verbs.put(model.get(), Verb.RETRIEVE);
      verbs.put(model.move(), Verb.RETRIEVE);
    }
    return verbs;
  }

  /// All of them, each of [#verbs()].
  ///
  /// @param outgoing for what has to be sent elsewhere
  /// @param reports of storage commitment
  static List<Scp> all(Outgoing outgoing, Pace pace, CommitmentReports reports) {
    List<Scp> all = new ArrayList<>();
    all.add(
        new Scp(
            CommitmentScp.SOP_CLASS, Set.of(CommandField.N_ACTION_RQ), new CommitmentScp(reports)));
    all.add(worklist(WorklistScope::own));
    all.add(new Scp(PerformedStepScp.SOP_CLASS, PerformedStepScp.FIELDS, new PerformedStepScp()));
    for (QueryModel model : QueryModel.values()) {
      all.add(query(model));
    }
    for (RetrieveModel model : RetrieveModel.values()) {
      Retrieval retrieval = new Retrieval(model, Retrieval.INSTANCES_MAX);
      all.add(new Scp(model.get(), Set.of(CommandField.C_GET_RQ), new GetScp(retrieval, pace)));
      all.add(
          new Scp(
              model.move(),
              Set.of(CommandField.C_MOVE_RQ),
              new MoveScp(retrieval, pace, outgoing)));
    }
    return List.copyOf(all);
  }

  static Scp query(QueryModel model) {
    return new Scp(
        model.find(), Set.of(CommandField.C_FIND_RQ), new QueryScp(model, FindLimits.USUAL));
  }

  /// @param scope what each device is shown
  static Scp worklist(Function<Caller.Device, WorklistScope> scope) {
    return new Scp(
        WorklistScp.SOP_CLASS,
        Set.of(CommandField.C_FIND_RQ),
        new WorklistScp(WorklistScp.LIMITS, scope));
  }

  /// Whether a SOP class is one of queries, whose terms are agreed on by extended negotiation.
  static boolean queries(Uid sopClass) {
    return Arrays.stream(QueryModel.values()).anyMatch(model -> model.find().equals(sopClass));
  }
}
