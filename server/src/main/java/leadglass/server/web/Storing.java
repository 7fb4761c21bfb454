package leadglass.server.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import leadglass.archive.Caller;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.Uid;
import leadglass.dicom.json.BulkLinks;
import leadglass.dicom.json.JsonWriter;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;

/// STOW-RS: the store transaction (PS3.18 §10.5) with files of PS3.10. Each is on stable storage,
/// or refused, before the next one is read.
final class Storing {

  /// Files of one request.
  static final int PARTS_MAX = 10_000;

  private static final String DICOM = "application/dicom";

  /// Puts a file into the archive.
  @FunctionalInterface
  interface Archived {
    StoreOutcome storeFile(Caller caller, Optional<Uid> study, InputStream file) throws IOException;
  }

  private final Archived archived;

  Storing(Archived archived) {
    this.archived = archived;
  }

  Response store(Request request) throws IOException, ProblemException {
    return store(request, Optional.empty());
  }

  Response storeIntoStudy(Request request) throws IOException, ProblemException {
    Optional<Uid> study = Uid.parse(request.variable("study"));
    if (study.isEmpty()) {
      throw Problems.badRequest("The path does not name a study.");
    }
    return store(request, study);
  }

  private Response store(Request request, Optional<Uid> study)
      throws IOException, ProblemException {
    MediaType type = request.header("Content-Type").flatMap(MediaType::parse).orElse(null);
    StoreAnswer answer = new StoreAnswer("https://" + request.host());
    if (type != null && type.name().equals(DICOM)) {
      one(request, study, request.body(), answer);
    } else if (type != null
        && type.name().equals("multipart/related")
        && type.parameter("type").orElse(DICOM).equalsIgnoreCase(DICOM)) {
      parts(request, study, type.parameter("boundary").orElse(""), answer);
    } else {
      throw new ProblemException(
          Problems.with(
              Problems.MEDIA_TYPE_NOT_TAKEN,
              "Taken: multipart/related; type=\"application/dicom\", application/dicom"));
    }
    return response(answer);
  }

  private void one(Request request, Optional<Uid> study, InputStream file, StoreAnswer answer)
      throws IOException {
    Tried tried = new Tried(file);
    StoreOutcome outcome = archived.storeFile(request.caller(), study, tried);
    boolean refused = outcome instanceof StoreOutcome.Refused;
    answer.add(outcome, refused ? tried.claim() : Optional.empty());
  }

  private void parts(Request request, Optional<Uid> study, String boundary, StoreAnswer answer)
      throws IOException, ProblemException {
    try {
      Multipart multipart = Multipart.of(request.body(), boundary);
      for (Optional<Multipart.Part> part = multipart.next();
          part.isPresent();
          part = multipart.next()) {
        if (answer.count() == PARTS_MAX) {
          throw new Multipart.MultipartException("more parts than are taken");
        }
        part(request, study, part.get(), answer);
      }
    } catch (Multipart.MultipartException e) {
      // What was stored before stays stored, and is told.
      if (answer.count() == 0) {
        throw Problems.badRequest("Of the multipart body: " + e.getMessage() + ".");
      }
      answer.refused(
          StoreOutcome.Reason.MALFORMED, String.valueOf(e.getMessage()), Optional.empty());
    }
    if (answer.count() == 0) {
      throw Problems.badRequest("The multipart body has no parts.");
    }
  }

  private void part(Request request, Optional<Uid> study, Multipart.Part part, StoreAnswer answer)
      throws IOException {
    String type =
        part.header("content-type")
            .map(header -> MediaType.parse(header).map(MediaType::name).orElse(""))
            .orElse(DICOM);
    if (type.equals(DICOM)) {
      one(request, study, part.bytes(), answer);
    } else {
      answer.refused(
          StoreOutcome.Reason.UNSUPPORTED, "a part is not application/dicom", Optional.empty());
    }
  }

  private static Response response(StoreAnswer answer) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(json, Integer.MAX_VALUE, BulkLinks.NONE);
    writer.write(answer.dataSet());
    writer.drain();
    Response response = Response.of(answer.status(), Search.JSON, json.toByteArray());
    for (String rule : answer.rules()) {
      response = response.with("Warning", "299 leadglass \"" + quotable(rule) + "\"");
    }
    return answer.status() == 503 ? response.with("Retry-After", "60") : response;
  }

  private static String quotable(String rule) {
    return rule.replaceAll("[^ !#-\\[\\]-~]", "'");
  }
}
