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
  /// @return once the data set was read; its [Taken#outcome] is asked for exactly once, maybe by
  ///   another thread, while the next instance is read already
  /// @throws IOException as reading threw it; any other becomes 0110H, processing failure
  Taken store(P peer, Request request, InputStream dataSet) throws IOException;

  /// An instance that was read, and maybe not kept yet.
  @FunctionalInterface
  interface Taken {

    /// @return what the peer is told, once everything that it promises holds
    /// @throws IOException becomes 0110H, processing failure
    Status outcome() throws IOException;

    /// When all is known already.
    static Taken at(Status status) {
      return () -> status;
    }
  }

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
