package leadglass.testkit.world;

import java.util.ArrayList;
import java.util.List;

/// Sites that show no archive.
final class Sites {
  private static final int ROWS = 40;

  private Sites() {}

  /// An Orthanc or a dcm4chee that wants to know who asks, whatever the path.
  static HttpService.Site signIn(String challenge) {
    return _ -> HttpReply.of(401, "text/plain", "").with("WWW-Authenticate", challenge);
  }

  /// Everybody is sent to another address to sign in.
  static HttpService.Site redirecting(String trap) {
    return _ ->
        HttpReply.of(302, "", "")
            .with(
                "Location",
                "http://"
                    + trap
                    + "/auth/realms/dcm4che/protocol/openid-connect/auth?client_id=dcm4chee-arc-ui");
  }

  /// A viewer's page for every path there is, whose configuration names another address.
  static HttpService.Site singlePage(Names names, String trap) {
    return _ ->
        HttpReply.html(
            """
            <!DOCTYPE html>
            <html><head><title>OHIF Viewer</title>
            <script src="http://%s/app-config.js"></script>
            <script>window.config = {dataSources: [{configuration: {
              qidoRoot: 'http://%s/dicom-web', wadoRoot: 'http://%s/dicom-web', name: '%s'}}]};
            </script></head><body><div id="root"></div></body></html>
            """
                .formatted(trap, trap, trap, names.banner()));
  }

  static HttpService.Site noContent() {
    return _ -> HttpReply.noContent();
  }

  /// What a web server shows that nobody has set up.
  static HttpService.Site welcome(Names names) {
    return request ->
        request.path().equals("/")
            ? HttpReply.html(
                "<!DOCTYPE html>\n<html><head><title>Welcome to nginx!</title></head><body>"
                    + names.banner()
                    + "</body></html>\n")
            : HttpReply.notFound();
  }

  /// Rows and counters for every path.
  static HttpService.Site listing(Archive archive) {
    return request -> {
      if (request.path().endsWith("statistics") || request.path().endsWith("system")) {
        return HttpReply.json(
            """
            {"CountInstances":%d,"CountPatients":%d,"CountSeries":%d,"CountStudies":%d,\
            "Name":"%s","Version":"1.12.4"}
            """
                .formatted(
                    archive.images(),
                    archive.patientsCounted(),
                    archive.studies(),
                    archive.studies(),
                    archive.names().banner()));
      }
      if (request.path().endsWith("/count")) {
        return HttpReply.json("{\"count\":" + archive.studies() + "}");
      }
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < Math.min(ROWS, archive.rows()); i++) {
        rows.add(Qido.json(archive.study(i).attributes()));
      }
      return HttpReply.of(200, "application/dicom+json", "[" + String.join(",", rows) + "]");
    };
  }
}
