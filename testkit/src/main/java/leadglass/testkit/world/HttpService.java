package leadglass.testkit.world;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;

/// An HTTP/1.1 server.
///
/// @param names whose values stand in the headers of every answer
record HttpService(Site site, Names names, HostVisits visits) implements Behaviour {
  private static final int REQUESTS_MAX = 200;
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /// What it serves.
  @FunctionalInterface
  interface Site {
    HttpReply reply(HttpRequest request);
  }

  @Override
  public void serve(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream(), 2 << 10);
    OutputStream out = socket.getOutputStream();
    for (int i = 1; i <= REQUESTS_MAX; i++) {
      Optional<HttpRequest> request = HttpRequest.read(in);
      if (request.isEmpty()) {
        out.write(HttpReply.of(400, "text/plain", "Bad Request\n").encode(false, true));
        break;
      }
      String method = request.get().method();
      if (!READING.contains(method)) {
        visits.wrote();
      }
      boolean last = request.get().last() || i == REQUESTS_MAX;
      HttpReply reply =
          site.reply(request.get())
              .with("X-Served-By", names.header())
              .with("Set-Cookie", "session=" + names.cookie() + "; HttpOnly");
      out.write(reply.encode(method.equals("HEAD"), last));
      if (last) {
        break;
      }
    }
    out.flush();
    Sockets.farewell(socket);
  }
}
