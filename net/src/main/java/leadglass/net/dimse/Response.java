package leadglass.net.dimse;

import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;

/// A response message.
///
/// @param command all but Command Data Set Type, which goes with whether there is a data set
public record Response(CommandSet.Builder command, Optional<DataSet> dataSet) {

  /// Makes the response to `request`, with the UIDs it named (PS3.7 §9.3.1.2, §9.3.5.2, §10.3).
  static Response to(CommandSet request, int field, int messageId, Status status) {
    CommandSet.Builder response =
        CommandSet.builder()
            .us(CommandTag.COMMAND_FIELD, field | CommandField.RESPONSE)
            .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, messageId)
            .us(CommandTag.STATUS, status.code());
    request
        .uid(CommandTag.AFFECTED_SOP_CLASS_UID)
        .or(() -> request.uid(CommandTag.REQUESTED_SOP_CLASS_UID))
        .ifPresent((Uid uid) -> response.uid(CommandTag.AFFECTED_SOP_CLASS_UID, uid));
    request
        .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID)
        .or(() -> request.uid(CommandTag.REQUESTED_SOP_INSTANCE_UID))
        .ifPresent((Uid uid) -> response.uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, uid));
    if (!status.errorComment().isEmpty()) {
      response.lo(CommandTag.ERROR_COMMENT, status.errorComment());
    }
    if (!status.offendingElements().isEmpty()) {
      response.at(CommandTag.OFFENDING_ELEMENT, status.offendingElements());
    }
    return new Response(response, Optional.empty());
  }

  /// The final response of an operation.
  static Response to(CommandSet request, int field, int messageId, Outcome outcome) {
    CommandSet.Builder response = to(request, field, messageId, outcome.status()).command;
    boolean cancelled = outcome.status().code() == Status.CANCEL;
    outcome.counts().ifPresent(counts -> counts.into(response, cancelled));
    outcome.sopInstance().ifPresent(uid -> response.uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, uid));
    outcome
        .type()
        .ifPresent(type ->
            response.us(
                field == CommandField.N_ACTION_RQ
                    ? CommandTag.ACTION_TYPE_ID
                    : CommandTag.EVENT_TYPE_ID,
                type));
    if (!outcome.attributes().isEmpty()) {
      response.at(CommandTag.ATTRIBUTE_IDENTIFIER_LIST, outcome.attributes());
    }
    outcome.errorId().ifPresent(id -> response.us(CommandTag.ERROR_ID, id));
    return new Response(response, outcome.dataSet());
  }

  @Override
  public String toString() {
    return "Response[" + (dataSet.isPresent() ? "with" : "without") + " a data set]";
  }
}
