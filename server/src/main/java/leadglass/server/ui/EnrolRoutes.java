package leadglass.server.ui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import leadglass.archive.Archive;
import leadglass.archive.Invitations;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import tools.jackson.core.io.JsonStringEncoder;

/// What devices ask over HTTPS before they are known: to be enrolled by a code, and which
/// certificates were revoked.
final class EnrolRoutes {
  private static final String REFUSED =
      "This code opens nothing: it was used, has ended, or is another archive's.";

  private final Archive archive;

  EnrolRoutes(Archive archive) {
    this.archive = archive;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/enrol", Origin.Door.PAGE, Verb.KNOCK, this::enrol),
        new Route("GET", "/crl", Origin.Door.PAGE, Verb.KNOCK, this::revoked));
  }

  private Response enrol(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    byte[] csr = form.getOrDefault("csr", "").getBytes(StandardCharsets.UTF_8);
    return switch (archive
        .invitations()
        .redeem(request.origin(), form.getOrDefault("code", ""), csr)) {
      case Invitations.Redeemed.Enrolled(var title, var certificate, var ca) ->
          Response.of(200, "application/json", json(title, certificate, ca));
      case Invitations.Redeemed.Wrong _ ->
          Problems.response(Problems.with(Problems.NOT_PERMITTED, REFUSED));
      case Invitations.Redeemed.Slowed(var pause) ->
          Problems.response(Problems.TOO_MANY_REQUESTS)
              .with("Retry-After", Long.toString(pause.toSeconds() + 1));
      case Invitations.Redeemed.Unfit(var rule) ->
          Problems.response(Problems.with(Problems.UNFIT, rule));
    };
  }

  private static byte[] json(String title, String certificate, String ca) {
    StringBuilder json = new StringBuilder("{\"aeTitle\":");
    quote(json, title);
    quote(json.append(",\"certificate\":"), certificate);
    quote(json.append(",\"ca\":"), ca);
    return json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    json.append('"');
  }

  private Response revoked(Request request) throws IOException {
    return Response.of(200, "application/pkix-crl", archive.devices().revocationList());
  }
}
