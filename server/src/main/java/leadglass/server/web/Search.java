package leadglass.server.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Caller;
import leadglass.archive.Query.Answer;
import leadglass.archive.Question;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.json.BulkLinks;
import leadglass.dicom.json.JsonWriter;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;

/// QIDO-RS: the search transaction (PS3.18 §10.6).
final class Search {
  static final String JSON = "application/dicom+json";

  private static final List<String> OFFERS = List.of(JSON, "application/json");

  /// Asks the archive.
  @FunctionalInterface
  interface Archived {
    Answer search(Caller caller, Question question) throws IOException;
  }

  private final Archived archived;

  Search(Archived archived) {
    this.archived = archived;
  }

  Response studies(Request request) throws IOException, ProblemException {
    return answer(request, Level.STUDY, Optional.empty(), Optional.empty());
  }

  Response series(Request request) throws IOException, ProblemException {
    return answer(request, Level.SERIES, Optional.empty(), Optional.empty());
  }

  Response instances(Request request) throws IOException, ProblemException {
    return answer(request, Level.INSTANCE, Optional.empty(), Optional.empty());
  }

  Response seriesOfStudy(Request request) throws IOException, ProblemException {
    Optional<Uid> study = Optional.of(Addresses.uid(request, "study"));
    return answer(request, Level.SERIES, study, Optional.empty());
  }

  Response instancesOfStudy(Request request) throws IOException, ProblemException {
    Optional<Uid> study = Optional.of(Addresses.uid(request, "study"));
    return answer(request, Level.INSTANCE, study, Optional.empty());
  }

  Response instancesOfSeries(Request request) throws IOException, ProblemException {
    Optional<Uid> study = Optional.of(Addresses.uid(request, "study"));
    return answer(request, Level.INSTANCE, study, Optional.of(Addresses.uid(request, "series")));
  }

  private Response answer(Request request, Level level, Optional<Uid> study, Optional<Uid> series)
      throws IOException, ProblemException {
    String mediaType = Accept.of(request).choose(OFFERS);
    Question question = QuestionParser.parse(level, study, series, request.query());
    return switch (archived.search(request.caller(), question)) {
      case Answer.Refused(_, var rule) -> throw Problems.badRequest(rule);
      case Answer.Braked(var stop) -> throw Problems.braked(stop);
      case Answer.Rows rows -> rows(request, question, rows, mediaType);
    };
  }

  private static Response rows(
      Request request, Question question, Answer.Rows rows, String mediaType) {
    Response response = Response.of(200).with("Content-Type", mediaType);
    Optional<String> more = more(question, rows);
    if (more.isPresent()) {
      response = response.with("Warning", warning(more.get()));
    }
    if (rows.next().isPresent()) {
      response = response.with("Link", next(request, rows.next().get()));
    }
    String origin = "https://" + request.host();
    Addresses addresses = Addresses.of(request);
    return response.with(-1, out -> write(out, rows.rows(), question.level(), origin, addresses));
  }

  private static String warning(String text) {
    return "299 leadglass \"" + text + "\"";
  }

  /// What PS3.18 §8.3.4.4 wants said when rows are left over.
  private static Optional<String> more(Question question, Answer.Rows rows) {
    long given = question.offset() + (long) rows.rows().size();
    boolean full = rows.rows().size() == question.limit();
    boolean counted = rows.total() >= 0 && question.after().isEmpty();
    if (counted && rows.total() > given) {
      return Optional.of(
          "There are " + (rows.total() - given) + " additional results that can be requested");
    }
    if (full && !counted) {
      return Optional.of("There may be additional results that can be requested");
    }
    return rows.total() < 0
        ? Optional.of("Not all studies were looked through; ask for less")
        : Optional.empty();
  }

  /// The same question behind the last row (RFC 8288).
  private static String next(Request request, String cursor) {
    StringBuilder link = new StringBuilder("<" + request.path() + "?");
    for (Map.Entry<String, String> parameter : request.query()) {
      if (!parameter.getKey().equals("after") && !parameter.getKey().equals("offset")) {
        link.append(encode(parameter.getKey())).append('=');
        link.append(encode(parameter.getValue())).append('&');
      }
    }
    return link.append("after=").append(encode(cursor)).append(">; rel=\"next\"").toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void write(
      OutputStream out, List<DataSet> rows, Level level, String origin, Addresses addresses)
      throws IOException {
    JsonWriter json = new JsonWriter(out, Integer.MAX_VALUE, BulkLinks.NONE);
    json.beginArray();
    for (DataSet row : rows) {
      json.write(withRetrieveUrl(row, level, origin, addresses));
    }
    json.endArray();
    json.drain();
  }

  private static DataSet withRetrieveUrl(
      DataSet row, Level level, String origin, Addresses addresses) {
    Optional<Uid> study = row.uid(Tag.STUDY_INSTANCE_UID);
    Optional<Uid> series = row.uid(Tag.SERIES_INSTANCE_UID);
    Optional<Uid> instance = row.uid(Tag.SOP_INSTANCE_UID);
    Optional<String> path =
        switch (level) {
          case PATIENT -> Optional.empty(); // no resource of this standard's
          case STUDY -> study.map(addresses::study);
          case SERIES -> study.flatMap(a -> series.map(b -> addresses.series(a, b)));
          case INSTANCE ->
              study.flatMap(
                  a -> series.flatMap(b -> instance.map(c -> addresses.instance(a, b, c))));
        };
    if (path.isEmpty()) {
      return row;
    }
    DataSet.Builder builder = DataSet.builder();
    row.forEach(builder::add);
    return builder.text(Tag.RETRIEVE_URL, Vr.UR, origin + path.get()).build();
  }
}
