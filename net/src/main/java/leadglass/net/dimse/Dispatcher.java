package leadglass.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DicomException;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduException.Reason;

/// Brings each request to its service (PS3.7 §9, §10). Stateless.
///
/// @param <P> what the server knows of an admitted peer
public final class Dispatcher<P> {
  private final Services<P> services;

  public Dispatcher(Services<P> services) {
    this.services = services;
  }

  /// Serves a message to its last byte, or to where only waiting or an operation is left.
  ///
  /// @param ours whether this side is the association's requestor
  /// @throws IOException if the association ended meanwhile
  /// @throws PduException if the message can't be answered, so that the association must end
  public Work serve(P peer, AcceptedContext context, Message message, boolean ours)
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
      message.drain();
      return new Work.Cancelled(command.us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO).orElse(-1));
    }
    OptionalInt messageId = command.us(CommandTag.MESSAGE_ID);
    if (messageId.isEmpty()) {
      throw new PduException(Reason.INVALID_PARAMETER_VALUE, "no message ID");
    }
    Work.Asked asked = new Work.Asked(command, field.getAsInt(), messageId.getAsInt());
    Work work = work(peer, context, message, asked, ours);
    try {
      message.drain();
    } catch (IOException e) {
      settle(work, e);
      throw e;
    }
    return work;
  }

  /// Nobody will ask for its outcome any more, and it holds on to what it read until asked.
  ///
  /// @param why the association ends
  private static void settle(Work work, IOException why) {
    if (work instanceof Work.Taken(_, StoreScp.Taken taken)) {
      try {
        taken.outcome();
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }
  }

  /// Whether the peer is in the role to ask this (PS3.7 §D.3.3.4): the SCU, or for a report of
  /// events the SCP.
  private static boolean mayAsk(AcceptedContext context, int field, boolean ours) {
    boolean byScp = field == CommandField.N_EVENT_REPORT_RQ;
    if (ours) {
      return byScp ? context.requestorScu() : context.requestorScp();
    }
    return byScp ? context.requestorScp() : context.requestorScu();
  }

  private static Work answered(Work.Asked asked, Status status) {
    return new Work.Answered(asked.answer(status));
  }

  private Work work(
      P peer, AcceptedContext context, Message message, Work.Asked asked, boolean ours)
      throws IOException {
    Service<P> service = services.find(context.abstractSyntax()).orElse(null);
    if (service == null) {
      return answered(
          asked, Status.of(Status.SOP_CLASS_NOT_SUPPORTED, "SOP class not served here"));
    }
    if (!serves(service, asked.field())) {
      return answered(
          asked,
          Status.of(
              Status.UNRECOGNIZED_OPERATION, "this operation is not served for this SOP class"));
    }
    if (!mayAsk(context, asked.field(), ours)) {
      return answered(asked, Status.of(Status.NOT_AUTHORIZED, "this role was not negotiated"));
    }
    return switch (service) {
      case Service.Echo<P>(EchoScp<P> scp) -> answered(asked, echo(scp, peer, context, message));
      case Service.Store<P>(StoreScp<P> scp) ->
          new Work.Taken(asked, store(scp, peer, context, message));
      case Service.Operations<P>(_, OperationScp<P> scp) -> operation(scp, context, message, asked);
    };
  }

  private static boolean serves(Service<?> service, int field) {
    return switch (service) {
      case Service.Echo<?> _ -> field == CommandField.C_ECHO_RQ;
      case Service.Store<?> _ -> field == CommandField.C_STORE_RQ;
      case Service.Operations<?>(Set<Integer> fields, _) -> fields.contains(field);
    };
  }

  private Work operation(
      OperationScp<P> scp, AcceptedContext context, Message message, Work.Asked asked)
      throws IOException {
    CommandSet command = message.command();
    int tag =
        command.contains(CommandTag.REQUESTED_SOP_CLASS_UID)
            ? CommandTag.REQUESTED_SOP_CLASS_UID
            : CommandTag.AFFECTED_SOP_CLASS_UID;
    Optional<Uid> named = command.uid(tag);
    if (named.isEmpty() || !named.get().equals(context.abstractSyntax())) {
      return answered(
          asked,
          offending(
              Status.SOP_CLASS_NOT_SUPPORTED, "SOP Class UID is not that of the context", tag));
    }
    try {
      Optional<DataSet> dataSet = small(context, message);
      return new Work.Begun<>(
          asked,
          scp,
          new OperationScp.Request(asked.field(), command, named.get(), context, dataSet));
    } catch (DicomException e) {
      boolean normalized = asked.field() >= CommandField.N_EVENT_REPORT_RQ;
      return answered(
          asked,
          Status.of(
              normalized ? Status.PROCESSING_FAILURE : Status.UNABLE_TO_PROCESS,
              "malformed: " + e.getMessage()));
    }
  }

  private static Optional<DataSet> small(AcceptedContext context, Message message)
      throws IOException, DicomException {
    InputStream dataSet = message.dataSet();
    return dataSet == null
        ? Optional.empty()
        : Optional.of(SmallDataSets.read(dataSet, context.transferSyntax()));
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

  private StoreScp.Taken store(StoreScp<P> scp, P peer, AcceptedContext context, Message message)
      throws IOException {
    CommandSet command = message.command();
    Optional<Status> wrong = wrongSopClass(context, command);
    if (wrong.isPresent()) {
      return StoreScp.Taken.at(wrong.get());
    }
    InputStream dataSet = message.dataSet();
    if (dataSet == null) {
      return StoreScp.Taken.at(Status.of(Status.MISTYPED_ARGUMENT, "C-STORE without a data set"));
    }
    Optional<Uid> instance = command.uid(CommandTag.AFFECTED_SOP_INSTANCE_UID);
    if (instance.isEmpty()) {
      return StoreScp.Taken.at(
          command.contains(CommandTag.AFFECTED_SOP_INSTANCE_UID)
              ? offending(
                  Status.INVALID_SOP_INSTANCE,
                  "Affected SOP Instance UID is not a UID",
                  CommandTag.AFFECTED_SOP_INSTANCE_UID)
              : offending(
                  Status.MISTYPED_ARGUMENT,
                  "no Affected SOP Instance UID",
                  CommandTag.AFFECTED_SOP_INSTANCE_UID));
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
      return StoreScp.Taken.at(
          Status.of(Status.PROCESSING_FAILURE, "the instance could not be taken"));
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
