package leadglass.server.scp;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Caller;
import leadglass.archive.Cause;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.association.Admission;
import leadglass.net.ul.AnsweredContext;
import leadglass.net.ul.AnsweredContext.Result;
import leadglass.net.ul.ProposedContext;

/// Presentation contexts that were refused to a device, by the rule that refused them.
final class RefusedContexts {
  private static final int SYNTAXES_MAX = 3;

  private RefusedContexts() {}

  /// What was proposed, a line each, for each rule.
  static Map<Cause, List<String>> by(
      Admission.Arrival arrival, Peer peer, List<AnsweredContext> answers) {
    Map<Cause, List<String>> refused = new EnumMap<>(Cause.class);
    List<ProposedContext> proposed = arrival.request().contexts();
    for (int i = 0; i < Math.min(proposed.size(), answers.size()); i++) {
      if (!answers.get(i).accepted()) {
        ProposedContext each = proposed.get(i);
        refused
            .computeIfAbsent(cause(peer, each, answers.get(i).result()), _ -> new ArrayList<>())
            .add(name(each.abstractSyntax()) + " in " + syntaxes(each.transferSyntaxes()));
      }
    }
    return refused;
  }

  private static Cause cause(Peer peer, ProposedContext proposed, Result result) {
    Optional<Uid> sopClass = Uid.parse(proposed.abstractSyntax());
    if (result == Result.TRANSFER_SYNTAXES_NOT_SUPPORTED) {
      return Cause.TRANSFER_SYNTAX;
    }
    Verb verb = sopClass.map(Scp.verbs()::get).orElse(null);
    if (verb == null) {
      return result != Result.USER_REJECTION
          ? Cause.SOP_CLASS_UNKNOWN
          : peer.site().gate().permits(peer.device(), Verb.STORE)
              ? Cause.SOP_CLASS_NOT_ALLOWED
              : Cause.MAY_NOT_STORE;
    }
    if (peer.device().proof().isLane()) {
      return Cause.LANE_ASKS;
    }
    if (peer.device().proof() == Caller.Proof.ENDED_CERTIFICATE) {
      return Cause.ENDED_ASKS;
    }
    return switch (verb) {
      case STORE -> Cause.MAY_NOT_STORE;
      case FIND -> Cause.MAY_NOT_FIND;
      case RETRIEVE -> Cause.MAY_NOT_RETRIEVE;
      case WORKLIST -> Cause.MAY_NOT_WORKLIST;
      default -> Cause.SOP_CLASS_UNKNOWN;
    };
  }

  /// What a UID is called, or the UID.
  static String name(String uid) {
    return Uid.parse(uid).flatMap(Uids::find).map(Uids.Registered::name).orElse(uid);
  }

  private static String syntaxes(List<String> uids) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < Math.min(uids.size(), SYNTAXES_MAX); i++) {
      words.append(i == 0 ? "" : ", ").append(name(uids.get(i)));
    }
    return uids.size() > SYNTAXES_MAX
        ? words.append(" and ").append(uids.size() - SYNTAXES_MAX).append(" more").toString()
        : words.toString();
  }
}
