package leadglass.net.dimse;

import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;

/// Command sets of requests (PS3.7 §9.3, §10.3), but for what [Invoker#invoke] sets.
public final class Requests {
  private static final int MEDIUM = 0;

  private Requests() {}

  public static CommandSet.Builder echo() {
    return affected(CommandField.C_ECHO_RQ, Services.VERIFICATION);
  }

  /// @param originator AE title and message ID of the C-MOVE that this is for
  public static CommandSet.Builder store(
      Uid sopClass, Uid sopInstance, Optional<Originator> originator) {
    CommandSet.Builder command =
        affected(CommandField.C_STORE_RQ, sopClass)
            .us(CommandTag.PRIORITY, MEDIUM)
            .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, sopInstance);
    originator.ifPresent(each ->
        command
            .lo(CommandTag.MOVE_ORIGINATOR_APPLICATION_ENTITY_TITLE, each.aeTitle())
            .us(CommandTag.MOVE_ORIGINATOR_MESSAGE_ID, each.messageId()));
    return command;
  }

  /// Who asked for a C-MOVE.
  public record Originator(String aeTitle, int messageId) {}

  public static CommandSet.Builder find(Uid sopClass) {
    return affected(CommandField.C_FIND_RQ, sopClass).us(CommandTag.PRIORITY, MEDIUM);
  }

  public static CommandSet.Builder get(Uid sopClass) {
    return affected(CommandField.C_GET_RQ, sopClass).us(CommandTag.PRIORITY, MEDIUM);
  }

  public static CommandSet.Builder move(Uid sopClass, String destination) {
    return affected(CommandField.C_MOVE_RQ, sopClass)
        .us(CommandTag.PRIORITY, MEDIUM)
        .lo(CommandTag.MOVE_DESTINATION, destination);
  }

  public static CommandSet.Builder eventReport(Uid sopClass, Uid sopInstance, int eventType) {
    return affected(CommandField.N_EVENT_REPORT_RQ, sopClass)
        .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, sopInstance)
        .us(CommandTag.EVENT_TYPE_ID, eventType);
  }

  public static CommandSet.Builder action(Uid sopClass, Uid sopInstance, int actionType) {
    return requested(CommandField.N_ACTION_RQ, sopClass, sopInstance)
        .us(CommandTag.ACTION_TYPE_ID, actionType);
  }

  public static CommandSet.Builder create(Uid sopClass, Optional<Uid> sopInstance) {
    CommandSet.Builder command = affected(CommandField.N_CREATE_RQ, sopClass);
    sopInstance.ifPresent(uid -> command.uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, uid));
    return command;
  }

  public static CommandSet.Builder set(Uid sopClass, Uid sopInstance) {
    return requested(CommandField.N_SET_RQ, sopClass, sopInstance);
  }

  /// @param attributes which are wanted; empty for all
  public static CommandSet.Builder get(Uid sopClass, Uid sopInstance, List<Integer> attributes) {
    CommandSet.Builder command = requested(CommandField.N_GET_RQ, sopClass, sopInstance);
    if (!attributes.isEmpty()) {
      command.at(CommandTag.ATTRIBUTE_IDENTIFIER_LIST, attributes);
    }
    return command;
  }

  private static CommandSet.Builder affected(int field, Uid sopClass) {
    return CommandSet.builder()
        .us(CommandTag.COMMAND_FIELD, field)
        .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass);
  }

  private static CommandSet.Builder requested(int field, Uid sopClass, Uid sopInstance) {
    return CommandSet.builder()
        .us(CommandTag.COMMAND_FIELD, field)
        .uid(CommandTag.REQUESTED_SOP_CLASS_UID, sopClass)
        .uid(CommandTag.REQUESTED_SOP_INSTANCE_UID, sopInstance);
  }
}
