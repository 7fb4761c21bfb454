package leadglass.net.dimse;

/// What a request comes to once its command set and, but for C-STORE's, its data set were read.
public sealed interface Work {

  /// It is answered.
  record Answered(Response response) implements Work {}

  /// An instance was read; its outcome becomes the response.
  record Taken(Asked asked, StoreScp.Taken taken) implements Work {}

  /// An operation is to be performed, in a thread of its own.
  record Begun<P>(Asked asked, OperationScp<P> scp, OperationScp.Request request) implements Work {}

  /// An operation is to be cancelled.
  record Cancelled(int messageId) implements Work {}

  /// What a response takes from its request.
  record Asked(CommandSet command, int field, int messageId) {
    public Response answer(Status status) {
      return Response.to(command, field, messageId, status);
    }

    /// A pending response with counts.
    public Response pending(SubOperations counts) {
      Response response = answer(Status.of(Status.PENDING, ""));
      counts.into(response.command(), true);
      return response;
    }

    public Response answer(Outcome outcome) {
      return Response.to(command, field, messageId, outcome);
    }
  }
}
