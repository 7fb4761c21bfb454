package leadglass.server.http;

/// How a problem looks to a person in front of a browser.
@FunctionalInterface
public interface ProblemPages {

  /// A whole page. It must be the same for the same problem, whoever asks.
  String html(Problem problem);
}
