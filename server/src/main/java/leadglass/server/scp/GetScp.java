package leadglass.server.scp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Held;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;

/// Answers C-GET (PS3.4 §C.4.3): instances come back over the association that they were asked on,
/// in contexts for which the requestor is the SCP of storage.
record GetScp(Retrieval retrieval, Pace pace) implements OperationScp<Peer> {

  @Override
  public Outcome perform(Peer peer, Request request, Operation operation) throws IOException {
    return switch (retrieval.open(peer, request.dataSet(), Optional.empty())) {
      case Retrieval.Found.Refused(Outcome outcome) -> outcome;
      case Retrieval.Found.Opened(List<Held> held) -> {
        SubOperationRun run = new SubOperationRun(operation, held.size(), pace);
        SubOperationRun.Sent sent =
            run.send(
                operation.invoker(),
                AcceptedContext::requestorScp,
                held,
                Optional.empty(),
                () -> true);
        if (sent.over()) {
          throw new IOException("the association is over");
        }
        yield run.outcome();
      }
    };
  }
}
