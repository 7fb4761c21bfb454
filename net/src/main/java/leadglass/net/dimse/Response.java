package leadglass.net.dimse;

import leadglass.dicom.data.Uid;

/// A response message without a data set.
///
/// @param request Command Field of what it answers
public record Response(int request, Status status, CommandSet command) {

  /// Makes the response to `request`, with the UIDs it named (PS3.7 §9.3.1.2, §9.3.5.2, §10.3).
  static Response to(CommandSet request, int field, int messageId, Status status) {
    CommandSet.Builder response =
        CommandSet.builder()
            .us(CommandTag.COMMAND_FIELD, field | CommandField.RESPONSE)
            .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, messageId)
            .us(CommandTag.COMMAND_DATA_SET_TYPE, CommandSet.NO_DATA_SET)
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
    return new Response(field, status, response.build());
  }
}
