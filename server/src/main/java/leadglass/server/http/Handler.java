package leadglass.server.http;

import java.io.IOException;

/// Answers the requests of one route. Called on a virtual thread; may block.
@FunctionalInterface
public interface Handler {

  /// @throws ProblemException for a request that can't be served; answered as problem+json, or as a
  ///   page where a page was asked for
  Response handle(Request request) throws IOException, ProblemException;
}
