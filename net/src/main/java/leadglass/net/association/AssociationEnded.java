package leadglass.net.association;

import java.io.IOException;
import leadglass.net.association.NetEvent.Ending;

/// There is nothing more to read or write. A service sees it as the [IOException] of its stream.
final class AssociationEnded extends IOException {
  private static final long serialVersionUID = 1L;

  private final Ending ending;

  AssociationEnded(Ending ending) {
    super("association over: " + ending);
    this.ending = ending;
  }

  Ending ending() {
    return ending;
  }
}
