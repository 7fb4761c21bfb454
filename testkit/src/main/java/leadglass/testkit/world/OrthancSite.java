package leadglass.testkit.world;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Orthanc's REST and its DICOMweb plugin, as anybody may use them if nobody has set a password.
record OrthancSite(Archive archive, HostVisits visits) implements HttpService.Site {
  private static final Pattern ONE = Pattern.compile("/(patients|studies)/([0-9a-f-]{44})");
  private static final Pattern DICOM_WEB_STUDY =
      Pattern.compile("/dicom-web/studies/([0-9.]+)(/.*)?");
  private static final int SERIES_OF_STUDY = 1;

  @Override
  public HttpReply reply(HttpRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return HttpReply.of(405, "text/plain", "").with("Allow", "GET");
    }
    return switch (request.path()) {
      case "/" -> HttpReply.of(302, "", "").with("Location", "app/explorer.html");
      case "/app/explorer.html" ->
          HttpReply.html(
              "<!DOCTYPE html>\n<html><head><title>Orthanc Explorer</title></head><body><h1>"
                  + archive.names().banner()
                  + "</h1></body></html>\n");
      case "/system" -> HttpReply.json(system());
      case "/statistics" -> HttpReply.json(statistics());
      case "/patients" -> ids(request, 2);
      case "/studies", "/series", "/instances" -> ids(request, 1);
      case "/plugins" -> HttpReply.json("[\"dicom-web\",\"explorer.js\"]");
      case "/modalities", "/peers" -> HttpReply.json("[]");
      case "/dicom-web/studies", "/dicom-web/series", "/dicom-web/instances" ->
          new Qido(archive, 200).search(request);
      default -> one(request.path());
    };
  }

  private HttpReply one(String path) {
    Matcher web = DICOM_WEB_STUDY.matcher(path);
    if (web.matches() && archive.find(web.group(1)).isPresent()) {
      visits.retrieved();
      return HttpReply.of(
          200,
          "application/dicom+json",
          "[" + Qido.json(archive.find(web.group(1)).orElseThrow().attributes()) + "]");
    }
    Matcher matcher = ONE.matcher(path);
    if (matcher.matches()) {
      for (int i = 0; i < archive.rows(); i++) {
        Study study = archive.study(i);
        if (study.orthancId().equals(matcher.group(2))) {
          visits.retrieved();
          return HttpReply.json(
              "{\"ID\":\"%s\",\"MainDicomTags\":{\"PatientName\":\"%s\",\"PatientID\":\"%s\"}}"
                  .formatted(study.orthancId(), study.patientName(), study.patientId()));
        }
      }
    }
    return HttpReply.of(
        404,
        "application/json",
        """
        {"HttpError":"Not Found","HttpStatus":404,"Message":"Unknown resource","Method":"GET",\
        "OrthancError":"Unknown resource","OrthancStatus":17}
        """);
  }

  private HttpReply ids(HttpRequest request, int step) {
    List<String> ids = new ArrayList<>();
    int from = request.number("since", 0) * step;
    int limit = request.number("limit", Archive.ROWS_MAX);
    for (int i = from; i < archive.rows() && ids.size() < limit; i += step) {
      ids.add(Qido.quoted(archive.study(i).orthancId()));
    }
    return HttpReply.json("[" + String.join(",", ids) + "]");
  }

  private String system() {
    return """
    {"ApiVersion":25,"DatabaseBackendPlugin":null,"DatabaseVersion":6,"DicomAet":"%s",\
    "DicomPort":4242,"HttpPort":8042,"IsHttpServerSecure":false,"Name":"%s",\
    "PluginsEnabled":true,"StorageAreaPlugin":null,"Version":"1.12.4"}
    """
        .formatted(archive.names().aeTitle(), archive.names().banner());
  }

  private String statistics() {
    long images = archive.images();
    return """
    {"CountInstances":%d,"CountPatients":%d,"CountSeries":%d,"CountStudies":%d,\
    "TotalDiskSize":"%d","TotalDiskSizeMB":%d,"TotalUncompressedSize":"%d",\
    "TotalUncompressedSizeMB":%d}
    """
        .formatted(
            images,
            archive.patientsCounted(),
            archive.studies() * SERIES_OF_STUDY,
            archive.studies(),
            images * 524_288,
            images / 2,
            images * 524_288,
            images / 2);
  }
}
