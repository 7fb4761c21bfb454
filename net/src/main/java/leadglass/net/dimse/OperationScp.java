package leadglass.net.dimse;

import java.io.IOException;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;

/// Answers requests that take a while, or whose data set is small: C-FIND, C-GET, C-MOVE and the
/// N-services (PS3.7 §9, §10). Called from a thread of its own while the association is read on, so
/// that C-CANCEL is seen; several at once.
///
/// @param <P> what the server knows of the peer
@FunctionalInterface
public interface OperationScp<P> {

  /// Performs one operation.
  ///
  /// @return the final response
  /// @throws IOException as [Operation] threw it; any other becomes 0110H, processing failure
  Outcome perform(P peer, Request request, Operation operation) throws IOException;

  /// A request, its data set read.
  ///
  /// @param field Command Field
  /// @param sopClass Affected or Requested SOP Class UID
  /// @param context that it came in
  record Request(
      int field,
      CommandSet command,
      Uid sopClass,
      AcceptedContext context,
      Optional<DataSet> dataSet) {

    /// Affected or Requested SOP Instance UID.
    public Optional<Uid> sopInstance() {
      return command
          .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID)
          .or(() -> command.uid(CommandTag.REQUESTED_SOP_INSTANCE_UID));
    }

    @Override
    public String toString() {
      return "Request[%04X]".formatted(field);
    }
  }
}
