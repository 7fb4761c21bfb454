package leadglass.net.dimse;

import java.io.IOException;
import leadglass.dicom.data.DataSet;

/// An operation that is being performed. Confined to its thread, but for [#cancelled()].
public interface Operation {

  /// Whether the peer sent C-CANCEL for it. The final status is [Status#CANCEL] then.
  boolean cancelled();

  /// Sends a pending response with a match.
  ///
  /// @param status [Status#PENDING] or [Status#PENDING_WITHOUT_OPTIONAL_KEYS]
  /// @return whether to go on: not after a C-CANCEL
  /// @throws IOException if the association is over
  boolean pending(int status, DataSet match) throws IOException;

  /// Sends a pending response with counts.
  ///
  /// @return whether to go on: not after a C-CANCEL
  /// @throws IOException if the association is over
  boolean pending(SubOperations counts) throws IOException;

  /// For sub-operations on the same association.
  Invoker invoker();
}
