package leadglass.server.scp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import leadglass.archive.DeviceTerms;
import leadglass.archive.Held;
import leadglass.net.association.AssociationRejected;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.StorageProposal;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Requests;

/// Answers C-MOVE (PS3.4 §C.4.2): instances go to a device of the same site that is enrolled with
/// an address, over associations of our own.
record MoveScp(Retrieval retrieval, Pace pace, Outgoing outgoing) implements OperationScp<Peer> {
  /// An association that ended in the middle is followed by another, so often.
  private static final int AGAIN_MAX = 4;

  @Override
  public Outcome perform(Peer peer, Request request, Operation operation) throws IOException {
    String title = request.command().text(CommandTag.MOVE_DESTINATION).orElse("");
    Optional<DeviceTerms.Destination> destination =
        peer.site().destinations().find(peer.device(), title);
    if (destination.isEmpty()) {
      return Outcome.of(RetrieveStatus.DESTINATION_UNKNOWN, "unknown or not a destination");
    }
    Optional<String> recipient =
        title.equals(peer.device().aeTitle()) ? Optional.empty() : Optional.of(title);
    return switch (retrieval.open(peer, request.dataSet(), recipient)) {
      case Retrieval.Found.Refused(Outcome outcome) -> outcome;
      case Retrieval.Found.Opened(List<Held> held) ->
          new Move(
                  peer,
                  title,
                  destination.get(),
                  new Requests.Originator(
                      peer.device().aeTitle(),
                      request.command().us(CommandTag.MESSAGE_ID).orElse(0)),
                  operation,
                  new SubOperationRun(operation, held.size(), pace))
              .run(held);
    };
  }

  /// One that is under way.
  private final class Move {
    private final Peer peer;
    private final String title;
    private final DeviceTerms.Destination destination;
    private final Requests.Originator originator;
    private final Operation operation;
    private final SubOperationRun run;

    Move(
        Peer peer,
        String title,
        DeviceTerms.Destination destination,
        Requests.Originator originator,
        Operation operation,
        SubOperationRun run) {
      this.peer = peer;
      this.title = title;
      this.destination = destination;
      this.originator = originator;
      this.operation = operation;
      this.run = run;
    }

    Outcome run(List<Held> held) throws IOException {
      String unreached = "";
      for (StorageProposal<Kept> each : StorageProposal.of(Kept.of(held))) {
        if (operation.cancelled()) {
          break;
        }
        if (unreached.isEmpty()) {
          unreached = send(each);
        } else {
          run.fail(Kept.held(each.instances()), SubOperationRun.Failure.UNREACHED);
        }
      }
      return unreached.isEmpty() ? run.outcome() : run.outcome(unreached);
    }

    /// @return why no association could be opened, in words; empty if one could
    private String send(StorageProposal<Kept> proposal) throws IOException {
      List<Held> left = Kept.held(proposal.instances());
      for (int again = 0; !left.isEmpty() && again < AGAIN_MAX; again++) {
        RequestedAssociation association;
        try {
          association = outgoing.open(peer.site(), title, destination, proposal::into);
        } catch (IOException e) {
          run.fail(left, SubOperationRun.Failure.UNREACHED);
          return words(e);
        }
        SubOperationRun.Sent sent;
        try (association) {
          sent =
              run.send(
                  association,
                  AcceptedContext::requestorScu,
                  left,
                  Optional.of(originator),
                  () -> stands(association));
        }
        if (operation.cancelled()) {
          return "";
        }
        left = sent.left();
      }
      run.fail(left, SubOperationRun.Failure.UNREACHED);
      return "";
    }

    /// A device may be revoked while it is sent to.
    private boolean stands(RequestedAssociation association) {
      return peer.site().destinations().proves(association.certificates().getFirst(), title);
    }
  }

  private static String words(IOException e) {
    return switch (e) {
      case AssociationRejected _ -> "the destination rejected the association";
      case SSLException _ -> "the destination did not prove itself by its certificate";
      case Outgoing.ForbiddenAddressException _ ->
          "the destination's address is not one to send to";
      default -> "the destination can't be reached at its address";
    };
  }
}
