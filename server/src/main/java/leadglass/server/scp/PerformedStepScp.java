package leadglass.server.scp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.PerformedSteps;
import leadglass.archive.PerformedSteps.Answer;
import leadglass.archive.PerformedSteps.Rule;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Status;

/// N-CREATE and N-SET of the Modality Performed Procedure Step SOP Class (PS3.4 §F.7). Immutable.
final class PerformedStepScp implements OperationScp<Peer> {
  static final Uid SOP_CLASS = new Uid("1.2.840.10008.3.1.2.3.3");
  static final Set<Integer> FIELDS = Set.of(CommandField.N_CREATE_RQ, CommandField.N_SET_RQ);

  static final int NO_SUCH_ATTRIBUTE = 0x0105;
  static final int INVALID_ATTRIBUTE_VALUE = 0x0106;
  static final int DUPLICATE_SOP_INSTANCE = 0x0111;
  static final int NO_SUCH_SOP_INSTANCE = 0x0112;
  static final int MISSING_ATTRIBUTE = 0x0120;
  static final int MISSING_ATTRIBUTE_VALUE = 0x0121;
  static final int RESOURCE_LIMITATION = 0x0213;

  /// Error ID when it is in a final state (PS3.4 Table F.7.2-2).
  static final int MAY_NO_LONGER_BE_UPDATED = 0xA710;

  @Override
  public Outcome perform(Peer peer, Request request, Operation operation) throws IOException {
    DataSet attributes = request.dataSet().orElse(DataSet.EMPTY);
    Optional<Uid> instance = request.sopInstance();
    boolean named =
        request.command().contains(CommandTag.AFFECTED_SOP_INSTANCE_UID)
            || request.command().contains(CommandTag.REQUESTED_SOP_INSTANCE_UID);
    if (named && instance.isEmpty()) {
      return Outcome.of(Status.INVALID_SOP_INSTANCE, "the SOP Instance UID is no UID");
    }
    PerformedSteps steps = peer.site().performedSteps();
    if (request.field() == CommandField.N_CREATE_RQ) {
      return outcome(steps.create(peer.device(), instance, attributes));
    }
    return instance.isEmpty()
        ? outcome(new Answer.Wrong(Rule.NO_SUCH_INSTANCE, List.of()))
        : outcome(steps.set(peer.device(), instance.get(), attributes));
  }

  /// What a modality is told.
  static Outcome outcome(Answer answer) {
    return switch (answer) {
      case Answer.Done(Uid instance) -> Outcome.of(Status.success()).created(instance);
      case Answer.Wrong(Rule rule, List<Integer> tags) -> {
        Outcome wrong = wrong(rule);
        yield tags.isEmpty() ? wrong : wrong.about(tags);
      }
    };
  }

  private static Outcome wrong(Rule rule) {
    return switch (rule) {
      case NOT_AUTHORIZED ->
          Outcome.of(Status.NOT_AUTHORIZED, "this device is not enrolled for the worklist");
      case NO_SUCH_ATTRIBUTE ->
          Outcome.of(NO_SUCH_ATTRIBUTE, "set when the step was begun, and not to be changed");
      case INVALID_VALUE -> Outcome.of(INVALID_ATTRIBUTE_VALUE, "a value that is not allowed here");
      case MISSING_ATTRIBUTE -> Outcome.of(MISSING_ATTRIBUTE, "a needed attribute is missing");
      case MISSING_VALUE -> Outcome.of(MISSING_ATTRIBUTE_VALUE, "a needed attribute has no value");
      case DUPLICATE_INSTANCE ->
          Outcome.of(DUPLICATE_SOP_INSTANCE, "there is a step of this SOP Instance UID");
      case NO_SUCH_INSTANCE ->
          Outcome.of(NO_SUCH_SOP_INSTANCE, "this device began no step of that UID");
      case NO_LONGER_UPDATED ->
          Outcome.of(
                  Status.PROCESSING_FAILURE,
                  "Performed Procedure Step Object may no longer be updated")
              .withErrorId(MAY_NO_LONGER_BE_UPDATED);
      case RESOURCE_LIMITATION ->
          Outcome.of(RESOURCE_LIMITATION, "too large, or too many steps are kept");
    };
  }
}
