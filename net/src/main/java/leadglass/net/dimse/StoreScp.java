package leadglass.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import leadglass.dicom.data.Uid;

/// Answers C-STORE (PS3.4 Annex B). Called from the association's own thread; several associations
/// call at once.
///
/// @param <P> what the server knows of an admitted peer
@FunctionalInterface
public interface StoreScp<P> {

  /// Takes one instance.
  ///
  /// @param dataSet straight from the connection, never held. Read as much as is needed: what is
  ///   left is drained before the answer goes out. Reading waits for the peer, and throws
  ///   [IOException] once the peer aborted, fell silent or was lost: nothing may be kept then
  /// @return what the peer is told, once everything that it promises holds
  /// @throws IOException as reading threw it; any other becomes 0110H, processing failure
  Status store(P peer, Request request, InputStream dataSet) throws IOException;

  /// What the command set said. The data set may say otherwise.
  ///
  /// @param sopClass Affected SOP Class UID; equals the context's abstract syntax
  /// @param sopInstance Affected SOP Instance UID
  /// @param transferSyntax of the presentation context
  record Request(Uid sopClass, Uid sopInstance, Uid transferSyntax) {
    @Override
    public String toString() {
      return "Request[a C-STORE]";
    }
  }
}
