package leadglass.testkit.world;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What dcm4chee-arc shows to anybody if it is installed without its sign-in: the pages, the list
/// of AE titles, and QIDO-RS with counters below each of them. It has two titles, which show the
/// same archive: the one of every installation, and its own.
record Dcm4cheeSite(Archive archive, HostVisits visits) implements HttpService.Site {
  private static final String USUAL_TITLE = "DCM4CHEE";
  private static final String BASE = "/dcm4chee-arc";
  private static final Pattern REST = Pattern.compile(BASE + "/aets/([^/]+)/rs/(.+)");
  private static final Set<String> QUERIES = Set.of("studies", "series", "instances");

  @Override
  public HttpReply reply(HttpRequest request) {
    return answer(request).with("Server", "WildFly/33");
  }

  private HttpReply answer(HttpRequest request) {
    if (request.method().equals("OPTIONS")) {
      return HttpReply.of(200, "text/plain", "").with("Allow", "HEAD, POST, GET, OPTIONS");
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return HttpReply.of(405, "text/plain", "");
    }
    Matcher rest = REST.matcher(request.path());
    if (rest.matches() && titled(rest.group(1))) {
      return rest(request, rest.group(2));
    }
    return switch (request.path()) {
      case BASE + "/ui2", BASE + "/ui2/", BASE + "/ui2/index.html" ->
          HttpReply.html(
              "<!doctype html>\n<html><head><title>dcm4che</title><base href=\"/dcm4chee-arc/ui2/\">"
                  + "</head><body><j4care-root></j4care-root><!-- "
                  + archive.names().banner()
                  + " --></body></html>\n");
      case BASE + "/aets" -> HttpReply.json(titles());
      default -> HttpReply.notFound();
    };
  }

  private boolean titled(String title) {
    return title.equals(USUAL_TITLE) || title.equals(archive.names().aeTitle());
  }

  private HttpReply rest(HttpRequest request, String what) {
    if (QUERIES.contains(what)) {
      return new Qido(archive, 204).search(request);
    }
    return switch (what) {
      case "studies/count" -> count(archive.studies());
      case "series/count" -> count(archive.studies());
      case "instances/count" -> count(archive.images());
      case "patients/count" -> count(archive.patientsCounted());
      default -> study(what);
    };
  }

  private HttpReply study(String what) {
    String[] parts = what.split("/", -1);
    if (parts.length < 2 || !parts[0].equals("studies") || archive.find(parts[1]).isEmpty()) {
      return HttpReply.of(404, "application/json", "{\"errorMessage\":\"No match\"}");
    }
    visits.retrieved();
    return HttpReply.of(
        200,
        "application/dicom+json",
        "[" + Qido.json(archive.find(parts[1]).orElseThrow().attributes()) + "]");
  }

  private static HttpReply count(long number) {
    return HttpReply.json("{\"count\":" + number + "}");
  }

  private String titles() {
    return """
    [{"dicomAETitle":"%s","dicomDescription":"%s","dcmAcceptedUserRole":[]},\
    {"dicomAETitle":"%s","dicomDescription":"%s","dcmAcceptedUserRole":[]}]
    """
        .formatted(
            USUAL_TITLE,
            archive.names().banner(),
            archive.names().aeTitle(),
            archive.names().banner());
  }
}
