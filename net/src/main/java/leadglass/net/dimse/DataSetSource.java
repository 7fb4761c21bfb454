package leadglass.net.dimse;

import java.io.IOException;
import java.io.OutputStream;

/// A data set to send, in the transfer syntax of its context.
@FunctionalInterface
public interface DataSetSource {

  /// Writes all of it. Called once, from the thread that sends the message.
  ///
  /// @param out goes to the peer as it is written; not to be closed
  /// @throws IOException if it can't be read. If part of it went out already, the association is
  ///   aborted: a message can't be taken back
  void writeTo(OutputStream out) throws IOException;
}
