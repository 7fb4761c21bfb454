package leadglass.server.http;

import java.nio.charset.StandardCharsets;
import leadglass.archive.Brakes;
import tools.jackson.core.io.JsonStringEncoder;

/// The problems that every door can answer with. Each has a heading in docs/problems.md.
public final class Problems {
  public static final String MEDIA_TYPE = "application/problem+json";

  public static final Problem BAD_REQUEST =
      new Problem("bad-request", 400, "The request breaks the rules of HTTP.", "");
  public static final Problem SIGN_IN_NEEDED =
      new Problem("sign-in-needed", 401, "Nobody gets an answer here without signing in.", "");
  public static final Problem NOT_PERMITTED =
      new Problem("not-permitted", 403, "This account may not do that.", "");
  public static final Problem FRESH_FACTOR_NEEDED =
      new Problem(
          "fresh-factor-needed", 403, "This asks for a factor proved just now.", "Open /step-up.");
  public static final Problem CROSS_SITE =
      new Problem(
          "cross-site", 403, "A page of another site sent this.", "Send it from our own pages.");
  public static final Problem BRAKED =
      new Problem("braked", 403, "This account has opened or listed its share of today.", "");
  public static final Problem NOT_FOUND =
      new Problem("not-found", 404, "It does not exist, or this account may not have it.", "");
  public static final Problem METHOD_NOT_ALLOWED =
      new Problem("method-not-allowed", 405, "This address does not know that method.", "");
  public static final Problem TOO_LARGE =
      new Problem("too-large", 413, "The body is larger than what is taken here.", "");
  public static final Problem MEDIA_TYPE_NOT_TAKEN =
      new Problem("media-type-not-taken", 415, "A body of that media type is not taken here.", "");
  public static final Problem WRONG_HOST =
      new Problem("wrong-host", 421, "This server does not answer under that name.", "");
  public static final Problem UNFIT =
      new Problem("unfit", 422, "What was sent can't be taken as it is.", "");
  public static final Problem TOO_MANY_REQUESTS =
      new Problem("too-many-requests", 429, "Too many tries.", "Wait before the next one.");
  public static final Problem SET_UP_NEEDED =
      new Problem(
          "set-up-needed", 503, "This archive is not set up yet.", "Open /setup on its console.");
  public static final Problem LOCKED =
      new Problem(
          "locked",
          503,
          "This archive is locked: its master key is not at hand.",
          "Nothing is lost. Whoever looks after it learns more at its console: leadglass status.");
  public static final Problem BUSY =
      new Problem("busy", 503, "Too many requests at a time.", "Try again in a moment.");

  public static final Problem NOT_ACCEPTABLE =
      new Problem("not-acceptable", 406, "None of the media types asked for can be given.", "");
  public static final Problem TOO_SLOW =
      new Problem("too-slow", 408, "The request came too slowly.", "");
  public static final Problem HEAD_TOO_LARGE =
      new Problem("head-too-large", 431, "The request's head is too large.", "");
  public static final Problem FAULT =
      new Problem("fault", 500, "Something failed on our side.", "");

  private Problems() {}

  /// A request whose query, headers or body can't be understood.
  ///
  /// @param rule which rule it breaks; never what was sent
  public static ProblemException badRequest(String rule) {
    return new ProblemException(with(BAD_REQUEST, rule));
  }

  /// A day's budget is used.
  public static ProblemException braked(Brakes.Stop stop) {
    return new ProblemException(
        switch (stop) {
          case PURPOSE -> with(BRAKED, "Its owner goes on at /brakes, with a purpose.");
          case SECOND_PERSON ->
              with(BRAKED, "A second person has to allow more: an administrator, at /brakes.");
        });
  }

  public static ProblemException notFound() {
    return new ProblemException(NOT_FOUND);
  }

  /// A fault of ours, to be found again by `reference`.
  static Problem fault(String reference) {
    return with(FAULT, "Reference " + reference);
  }

  /// The problem that a bare status stands for.
  static Problem of(int status) {
    Problem problem =
        switch (status) {
          case 408 -> TOO_SLOW;
          case 413 -> TOO_LARGE;
          case 414, 431 -> HEAD_TOO_LARGE;
          case 503 -> BUSY;
          default -> status >= 500 ? FAULT : BAD_REQUEST;
        };
    return new Problem(problem.type(), status, problem.title(), problem.detail());
  }

  /// The same problem with another detail.
  public static Problem with(Problem problem, String detail) {
    return new Problem(problem.type(), problem.status(), problem.title(), detail);
  }

  /// What goes out for it; the same bytes for the same problem.
  public static Response response(Problem problem) {
    return Response.of(problem.status(), MEDIA_TYPE, json(problem));
  }

  static byte[] json(Problem problem) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"type\":").append(quoted("/problems/" + problem.type()));
    json.append(",\"status\":").append(problem.status());
    json.append(",\"title\":").append(quoted(problem.title()));
    if (!problem.detail().isEmpty()) {
      json.append(",\"detail\":").append(quoted(problem.detail()));
    }
    return json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    return quoted.append('"').toString();
  }
}
