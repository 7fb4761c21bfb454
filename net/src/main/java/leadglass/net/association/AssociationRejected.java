package leadglass.net.association;

import java.io.IOException;
import leadglass.net.ul.Rejection;

/// The peer does not want the association that was asked for.
public final class AssociationRejected extends IOException {
  private static final long serialVersionUID = 1L;

  private final Rejection rejection;

  AssociationRejected(Rejection rejection) {
    super("rejected: " + rejection);
    this.rejection = rejection;
  }

  /// Why, as far as the peer says.
  public Rejection rejection() {
    return rejection;
  }
}
