package leadglass.server.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;

/// The packaged viewer's files over HTTP, for whoever is signed in or has opened a link.
public final class ViewerRoutes {
  private final ViewerFiles files;

  public ViewerRoutes(ViewerFiles files) {
    this.files = files;
  }

  public List<Route> routes() {
    return List.of(
        new Route("GET", "/viewer/{path...}", Origin.Door.PAGE, Verb.VIEW, this::file),
        new Route("GET", "/s/{share}/viewer", Origin.Door.PAGE, Verb.VIEW, this::shared),
        new Route("GET", "/my/viewer", Origin.Door.PAGE, Verb.VIEW, this::own));
  }

  private Response file(Request request) throws ProblemException {
    return answer(
        files
            .find(request.path(), request.host(), encodings(request))
            .orElseThrow(Problems::notFound));
  }

  /// The document, at the one address where whoever came by a link is somebody.
  private Response shared(Request request) throws ProblemException {
    if (!(request.caller() instanceof Caller.Share share)) {
      throw Problems.notFound();
    }
    return answer(files.shared(request.host(), "/s/" + share.id()));
  }

  /// The same for a patient.
  private Response own(Request request) throws ProblemException {
    if (!(request.caller() instanceof Caller.Patient)) {
      throw Problems.notFound();
    }
    return answer(files.shared(request.host(), "/my"));
  }

  private static Response answer(ViewerFile found) {
    Response response = Response.of(200);
    for (Map.Entry<String, String> header : found.headers().entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response.with(new Content(found.content()));
  }

  /// Codings the client takes; one with a weight of zero is one it does not take.
  private static Set<String> encodings(Request request) {
    return Arrays.stream(request.header("Accept-Encoding").orElse("").split(",", 32))
        .map(each -> each.strip().toLowerCase(Locale.ROOT))
        .filter(each -> !each.matches(".*;\\s*q=0(\\.0*)?"))
        .map(each -> each.split(";", 2)[0].strip())
        .collect(Collectors.toSet());
  }

  private record Content(ViewerFile.Content content) implements Response.Body {
    @Override
    public long length() {
      return content.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      try (InputStream in = content.open()) {
        in.transferTo(out);
      }
    }
  }
}
