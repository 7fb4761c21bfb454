package leadglass.net.dimse;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import leadglass.dicom.data.DataSet;

/// A request that was sent, and its responses in the order they come.
public interface Invocation {

  int messageId();

  /// Awaits the next response, the last of which is not pending.
  ///
  /// @throws IOException if the association is over, or the time is: it is aborted then
  Answer next(Duration timeout) throws IOException;

  /// Asks the peer to stop (C-CANCEL). Responses go on until one is not pending.
  void cancel() throws IOException;

  /// A response.
  record Answer(CommandSet command, Optional<DataSet> dataSet) {
    /// Status (0000,0900); a response without one is a failure.
    public int status() {
      return command.us(CommandTag.STATUS).orElse(Status.PROCESSING_FAILURE);
    }

    public boolean pending() {
      return Status.isPending(status());
    }

    @Override
    public String toString() {
      return "Answer[%04X]".formatted(status());
    }
  }
}
