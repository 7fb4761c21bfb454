package leadglass.server.scp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Query;
import leadglass.dicom.data.DataSet;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Status;

/// Sends rows of a C-FIND as they come, until it is cancelled or there are too many. Confined to
/// one thread.
final class Matches implements Query.Taker {
  private final Operation operation;
  private final Match match;
  private final int status;
  private final int max;
  private int sent;
  private boolean tooMany;

  /// @param status pending
  Matches(Operation operation, Match match, int status, int max) {
    this.operation = operation;
    this.match = match;
    this.status = status;
    this.max = max;
  }

  @Override
  public boolean wants() {
    return !tooMany && !operation.cancelled();
  }

  @Override
  public void take(List<DataSet> rows) throws IOException {
    for (DataSet row : rows) {
      if (sent == max) {
        tooMany = true;
      }
      if (!wants() || !operation.pending(status, match.of(row))) {
        return;
      }
      sent++;
    }
  }

  /// How it ended, if it ended early.
  Optional<Outcome> early() {
    if (operation.cancelled()) {
      return Optional.of(cancelled());
    }
    return tooMany
        ? Optional.of(
            Outcome.of(QueryScp.OUT_OF_RESOURCES, "more than " + max + " matches; ask for less"))
        : Optional.empty();
  }

  static Outcome cancelled() {
    return Outcome.of(Status.CANCEL, "cancelled as asked");
  }
}
