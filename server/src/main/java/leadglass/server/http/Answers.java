package leadglass.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import leadglass.archive.Origin;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Callback;

/// Sends what a handler or a refusal made, with the headers that everything has; the one place
/// where a failure becomes an answer.
final class Answers {
  private static final long DRAINED_OF_STRANGERS_BYTES_MAX = 1 << 20;
  private static final long DRAINED_BYTES_MAX = 256 << 20;

  private final ProblemPages pages;
  private final Secrets secrets;
  private final Consumer<? super HttpEvent> events;

  Answers(ProblemPages pages, Secrets secrets, Consumer<? super HttpEvent> events) {
    this.pages = pages;
    this.secrets = secrets;
    this.events = events;
  }

  /// A page for a person, JSON for a program.
  Response problem(Asked asked, Problem problem) {
    boolean page =
        asked.origin().door() == Origin.Door.PAGE
            && asked.header("Accept").orElse("").toLowerCase(Locale.ROOT).contains("text/html");
    return page ? Response.html(problem.status(), pages.html(problem)) : Problems.response(problem);
  }

  /// A handler threw.
  Response failed(Asked asked, String route, Exception e) {
    if (asked.pace().peerFailed() || asked.pace().givenUp()) {
      return problem(asked, Problems.with(Problems.BAD_REQUEST, "The body ended before its end."));
    }
    return problem(asked, Problems.fault(report(route, e)));
  }

  private String report(String route, Exception e) {
    String reference = secrets.reference();
    events.accept(new HttpEvent.Failed(route, reference, e.getClass().getName(), place(e)));
    return reference;
  }

  private static String place(Exception e) {
    for (StackTraceElement frame : e.getStackTrace()) {
      if (frame.getClassName().startsWith("leadglass.")) {
        return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
      }
    }
    return "";
  }

  /// @param known whether the caller is: then more of an unread body is worth taking
  void send(
      Asked asked,
      String route,
      boolean known,
      Response answer,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    Origin.Door door = asked.origin().door();
    head(asked, answer, response);
    PacedOutput out =
        new PacedOutput(
            org.eclipse.jetty.server.Response.asBufferedOutputStream(asked.jetty(), response),
            asked.pace());
    try {
      if (!asked.jetty().getMethod().equals("HEAD") && answer.body().length() != 0) {
        answer.body().writeTo(out);
      }
      // Not closed after a failure: that would say the body is whole.
      out.close();
    } catch (IOException | RuntimeException e) {
      cut(asked, route, e, response, callback);
      return;
    }
    drain(asked, known);
    Duration took = Duration.ofNanos(System.nanoTime() - asked.jetty().getHeadersNanoTime());
    events.accept(
        new HttpEvent.Answered(
            door, route, answer.status(), asked.body().received(), out.sent(), took));
    callback.succeeded();
  }

  /// Takes what nobody read of a body: HTTP/2 would cancel the stream, and some clients then drop
  /// the answer they already have.
  private static void drain(Asked asked, boolean known) {
    if (asked.header("Expect").isPresent()) {
      return;
    }
    byte[] rest = new byte[8 << 10];
    try {
      long left = known ? DRAINED_BYTES_MAX : DRAINED_OF_STRANGERS_BYTES_MAX;
      for (int read = 0; left > 0 && read >= 0; left -= read) {
        read = asked.body().read(rest, 0, rest.length);
      }
    } catch (IOException | RuntimeException _) {
      // The answer has been given; what the peer does now is its own business.
    }
  }

  private void cut(
      Asked asked,
      String route,
      Exception e,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    HttpEvent.Cause cause =
        asked.pace().givenUp()
            ? HttpEvent.Cause.TOO_SLOW
            : asked.pace().peerFailed() ? HttpEvent.Cause.PEER_GONE : HttpEvent.Cause.FAULT;
    events.accept(new HttpEvent.CutShort(asked.origin().door(), route, cause));
    if (cause == HttpEvent.Cause.FAULT) {
      Problem problem = Problems.fault(report(route, e));
      if (!response.isCommitted()) {
        response.reset();
        head(asked, Problems.response(problem), response);
        response.write(true, ByteBuffer.wrap(Problems.json(problem)), callback);
        return;
      }
    }
    // Ends the stream or connection without its end, so that the peer sees that it is cut short; a
    // peer that has seen nothing yet is told.
    callback.failed(new HttpException.RuntimeException(408, "cut short"));
  }

  private static void head(
      Asked asked, Response answer, org.eclipse.jetty.server.Response response) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    boolean html = false;
    Set<String> named = new HashSet<>();
    for (Map.Entry<String, String> header : answer.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      named.add(name);
      headers.add(header.getKey(), header.getValue());
      html |= name.equals("content-type") && header.getValue().startsWith("text/html");
    }
    // What a name that isn't ours promises, we don't.
    String host = answer.status() == Problems.WRONG_HOST.status() ? "" : asked.host();
    SecurityHeaders.of(asked.origin().door(), host, asked.nonce(), html)
        .forEach((name, value) -> {
          if (!named.contains(name.toLowerCase(Locale.ROOT))) {
            headers.add(name, value);
          }
        });
    long length = answer.body().length();
    boolean bodiless = answer.status() == 204 || answer.status() == 304;
    if (length >= 0 && !bodiless) {
      headers.put("Content-Length", length);
    }
  }
}
