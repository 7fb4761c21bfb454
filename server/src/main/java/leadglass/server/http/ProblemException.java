package leadglass.server.http;

/// A request that can't be served. Caught in one place.
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.type());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
