package leadglass.server.scp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Query.Streamed;
import leadglass.archive.Question;
import leadglass.archive.Verb;
import leadglass.dicom.data.DataSet;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Status;

/// C-FIND of a Query/Retrieve Information Model (PS3.4 §C.4.1): the same questions as QIDO-RS, of
/// the same archive, with the same answers. Immutable.
final class QueryScp implements OperationScp<Peer> {

  /// Out of resources, or refused for how much is asked (PS3.4 §C.4.1.1.4).
  static final int OUT_OF_RESOURCES = 0xA700;

  private final QueryModel model;
  private final FindLimits limits;

  QueryScp(QueryModel model, FindLimits limits) {
    this.model = model;
    this.limits = limits;
  }

  @Override
  public Outcome perform(Peer peer, Request request, Operation operation) throws IOException {
    if (!peer.site().gate().permits(peer.device(), Verb.FIND)) {
      return Outcome.of(Status.NOT_AUTHORIZED, "this device is not enrolled to find");
    }
    QueryTerms terms = QueryTerms.of(operation.invoker().extended(model.find()));
    DataSet keys = request.dataSet().orElse(DataSet.EMPTY);
    return switch (Identifier.read(model, terms, keys)) {
      case Identifier.Read.Wrong(Status status) -> Outcome.of(status);
      case Identifier.Read.Asked(Identifier identifier) -> answer(peer, identifier, operation);
    };
  }

  private Outcome answer(Peer peer, Identifier identifier, Operation operation) throws IOException {
    Matches matches =
        new Matches(
            operation,
            Match.of(identifier, peer.called()),
            identifier.unsupported() ? Status.PENDING_WITHOUT_OPTIONAL_KEYS : Status.PENDING,
            limits.of(peer.device()));
    return switch (peer.site().query().stream(peer.device(), identifier.question(), matches)) {
      case Streamed.Refused(int tag, String rule) ->
          Outcome.of(
              new Status(
                  Status.UNABLE_TO_PROCESS,
                  rule,
                  tag == Question.Key.TYPED ? List.of() : List.of(tag)));
      case Streamed.Braked _ ->
          operation.cancelled()
              ? Matches.cancelled()
              : Outcome.of(
                  OUT_OF_RESOURCES, "day's budget used up: a witness or administrator can lift it");
      case Streamed.Done(boolean whole) -> done(matches, whole);
    };
  }

  private static Outcome done(Matches matches, boolean whole) {
    Optional<Outcome> early = matches.early();
    if (early.isPresent()) {
      return early.get();
    }
    return whole
        ? Outcome.of(Status.success())
        : Outcome.of(OUT_OF_RESOURCES, "more studies than are looked through; ask for less");
  }
}
