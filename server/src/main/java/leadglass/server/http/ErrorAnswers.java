package leadglass.server.http;

import java.nio.ByteBuffer;
import leadglass.archive.Origin;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// What Jetty answers by itself, before or instead of us: broken requests, stopping. Says nothing
/// about the request.
final class ErrorAnswers implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    byte[] body = Problems.json(problem(response.getStatus()));
    HttpFields.Mutable headers = response.getHeaders();
    SecurityHeaders.of(Origin.Door.DICOMWEB, "", "", false).forEach(headers::put);
    headers.put(HttpHeader.CONTENT_TYPE, Problems.MEDIA_TYPE);
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 408 -> new Problem("too-slow", status, "The request came too slowly.", "");
      case 413 -> Problems.TOO_LARGE;
      case 414, 431 ->
          new Problem("head-too-large", status, "The request's head is too large.", "");
      case 503 -> Problems.BUSY;
      default ->
          status >= 500
              ? new Problem("fault", status, "Something failed on our side.", "")
              : new Problem("bad-request", status, Problems.BAD_REQUEST.title(), "");
    };
  }
}
