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
    byte[] body = Problems.json(Problems.of(response.getStatus()));
    HttpFields.Mutable headers = response.getHeaders();
    SecurityHeaders.of(Origin.Door.DICOMWEB, "", "", false).forEach(headers::put);
    headers.put(HttpHeader.CONTENT_TYPE, Problems.MEDIA_TYPE);
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
