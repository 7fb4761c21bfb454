package leadglass.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.dicom.data.Uid;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduException.Reason;

/// Brings each request to its service and its status into a response (PS3.7 §9, §10). Stateless.
///
/// @param <P> what the server knows of an admitted peer
public final class Dispatcher<P> {
  private final Services<P> services;

  public Dispatcher(Services<P> services) {
    this.services = services;
  }

  /// Serves one message to its last byte.
  ///
  /// @return the response, unless there is none to give
  /// @throws IOException if the association ended meanwhile
  /// @throws PduException if the message can't be answered, so that the association must end
  public Optional<Response> serve(P peer, AcceptedContext context, Message message)
      throws IOException, PduException {
    CommandSet command = message.command();
    OptionalInt field = command.us(CommandTag.COMMAND_FIELD);
    if (field.isEmpty() || (field.getAsInt() & CommandField.RESPONSE) != 0) {
      throw new PduException(Reason.UNEXPECTED_PARAMETER, "no request");
    }
    if (!command.contains(CommandTag.COMMAND_DATA_SET_TYPE)) {
      throw new PduException(Reason.INVALID_PARAMETER_VALUE, "no command data set type");
    }
    if (field.getAsInt() == CommandField.C_CANCEL_RQ) {
      message.drain(); // of an operation that is over already
      return Optional.empty();
    }
    OptionalInt messageId = command.us(CommandTag.MESSAGE_ID);
    if (messageId.isEmpty()) {
      throw new PduException(Reason.INVALID_PARAMETER_VALUE, "no message ID");
    }
    Status status = status(peer, context, message, field.getAsInt());
    message.drain();
    return Optional.of(Response.to(command, field.getAsInt(), messageId.getAsInt(), status));
  }

  private Status status(P peer, AcceptedContext context, Message message, int field)
      throws IOException {
    Service<P> service = services.find(context.abstractSyntax()).orElse(null);
    if (service == null) {
      return Status.of(Status.SOP_CLASS_NOT_SUPPORTED, "SOP class not served here");
    }
    return switch (service) {
      case Service.Echo<P>(EchoScp<P> scp) when field == CommandField.C_ECHO_RQ ->
          echo(scp, peer, context, message);
      case Service.Store<P>(StoreScp<P> scp) when field == CommandField.C_STORE_RQ ->
          store(scp, peer, context, message);
      case Service.Echo<P> _, Service.Store<P> _ ->
          Status.of(
              Status.UNRECOGNIZED_OPERATION, "this operation is not served for this SOP class");
    };
  }

  private Status echo(EchoScp<P> scp, P peer, AcceptedContext context, Message message) {
    Optional<Status> wrong = wrongSopClass(context, message.command());
    if (wrong.isPresent()) {
      return wrong.get();
    }
    return message.dataSet() == null
        ? scp.echo(peer)
        : Status.of(Status.MISTYPED_ARGUMENT, "C-ECHO has no data set");
  }

  private Status store(StoreScp<P> scp, P peer, AcceptedContext context, Message message)
      throws IOException {
    CommandSet command = message.command();
    Optional<Status> wrong = wrongSopClass(context, command);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    InputStream dataSet = message.dataSet();
    if (dataSet == null) {
      return Status.of(Status.MISTYPED_ARGUMENT, "C-STORE without a data set");
    }
    Optional<Uid> instance = command.uid(CommandTag.AFFECTED_SOP_INSTANCE_UID);
    if (instance.isEmpty()) {
      return command.contains(CommandTag.AFFECTED_SOP_INSTANCE_UID)
          ? offending(
              Status.INVALID_SOP_INSTANCE,
              "Affected SOP Instance UID is not a UID",
              CommandTag.AFFECTED_SOP_INSTANCE_UID)
          : offending(
              Status.MISTYPED_ARGUMENT,
              "no Affected SOP Instance UID",
              CommandTag.AFFECTED_SOP_INSTANCE_UID);
    }
    try {
      return scp.store(
          peer,
          new StoreScp.Request(context.abstractSyntax(), instance.get(), context.transferSyntax()),
          dataSet);
    } catch (IOException e) {
      if (message.isCut()) {
        throw e;
      }
      return Status.of(Status.PROCESSING_FAILURE, "the instance could not be taken");
    }
  }

  private static Optional<Status> wrongSopClass(AcceptedContext context, CommandSet command) {
    Optional<Uid> named = command.uid(CommandTag.AFFECTED_SOP_CLASS_UID);
    return named.isPresent() && named.get().equals(context.abstractSyntax())
        ? Optional.empty()
        : Optional.of(
            offending(
                Status.SOP_CLASS_NOT_SUPPORTED,
                "Affected SOP Class UID is not that of the context",
                CommandTag.AFFECTED_SOP_CLASS_UID));
  }

  private static Status offending(int code, String comment, int tag) {
    return new Status(code, comment, java.util.List.of(tag));
  }
}
