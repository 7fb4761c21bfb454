package leadglass.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.archive.WitnessRequest;
import leadglass.archive.Witnessing;
import leadglass.server.http.Problem;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;

/// Where other archives bring the checkpoints of their trails (C2SP tlog-witness). The answers are
/// that protocol's, but that a token is asked for first.
public final class WitnessDoor {
  private static final Problem UNKNOWN_KEY =
      new Problem("unknown-key", 403, "No key that is known here signed the checkpoint.", "");
  private static final String LINES = "text/plain; charset=utf-8";
  private static final String SIZE = "text/x.tlog.size";

  private final Witnessing witnessing;

  private WitnessDoor(Witnessing witnessing) {
    this.witnessing = witnessing;
  }

  public static List<Route> routes(Archive archive) {
    WitnessDoor door = new WitnessDoor(archive.witnessing());
    return List.of(
        new Route(
            "POST",
            "/witness/add-checkpoint",
            Origin.Door.DICOMWEB,
            Verb.WITNESS,
            door::addCheckpoint));
  }

  private Response addCheckpoint(Request request) throws IOException, ProblemException {
    byte[] body = request.body().readNBytes(WitnessRequest.BYTES_MAX + 1);
    if (body.length > WitnessRequest.BYTES_MAX) {
      throw new ProblemException(Problems.TOO_LARGE);
    }
    return switch (witnessing.add(request.caller(), body)) {
      case Witnessing.Answer.Cosigned(var line) -> Response.of(200, LINES, line.getBytes(UTF_8));
      case Witnessing.Answer.Conflict(var size) ->
          Response.of(409, SIZE, (size + "\n").getBytes(UTF_8));
      case Witnessing.Answer.Inconsistent _ ->
          throw new ProblemException(
              Problems.with(Problems.UNFIT, "The proof does not show that nothing was changed."));
      case Witnessing.Answer.Malformed _ ->
          throw Problems.badRequest("No request of add-checkpoint (C2SP tlog-witness).");
      case Witnessing.Answer.UnknownKey _ -> throw new ProblemException(UNKNOWN_KEY);
      case Witnessing.Answer.UnknownTrail _ -> throw Problems.notFound();
    };
  }
}
