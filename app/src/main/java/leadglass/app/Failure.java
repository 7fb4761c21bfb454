package leadglass.app;

/// What ends a command: an exit code, a sentence, and what to do about it.
public class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  /// Exit codes (architecture.md, Errors).
  public static final int NO = 1;

  /// Bad usage.
  public static final int USAGE = 2;

  /// Bad configuration.
  public static final int CONFIGURATION = 3;

  /// It failed.
  public static final int FAILED = 4;

  private final int exit;
  private final String hint;

  public Failure(int exit, String error, String hint) {
    super(error);
    this.exit = exit;
    this.hint = hint;
  }

  public int exit() {
    return exit;
  }

  /// May be empty.
  public String hint() {
    return hint;
  }

  /// The message, which is never null.
  public String error() {
    return String.valueOf(getMessage());
  }
}
