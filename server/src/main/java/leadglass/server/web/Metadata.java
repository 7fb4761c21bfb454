package leadglass.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Held;
import leadglass.archive.Look;
import leadglass.archive.Retrieve;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ReadLimits;
import leadglass.dicom.json.JsonWriter;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;

/// WADO-RS: every attribute but the large ones, which are linked (PS3.18 §10.4.1.1.2, Annex F).
final class Metadata {

  /// Longer values stand as links.
  private static final int INLINE_BYTES_MAX = 1024;

  private static final List<String> OFFERS = List.of(Search.JSON, "application/json");

  private final Retrieve retrieve;

  Metadata(Retrieve retrieve) {
    this.retrieve = retrieve;
  }

  Response ofStudy(Request request) throws IOException, ProblemException {
    return answer(request, Optional.empty(), Optional.empty());
  }

  Response ofSeries(Request request) throws IOException, ProblemException {
    return answer(request, Optional.of(Addresses.uid(request, "series")), Optional.empty());
  }

  Response ofInstance(Request request) throws IOException, ProblemException {
    Optional<Uid> instance = Optional.of(Addresses.uid(request, "instance"));
    return answer(request, Optional.of(Addresses.uid(request, "series")), instance);
  }

  private Response answer(Request request, Optional<Uid> series, Optional<Uid> instance)
      throws IOException, ProblemException {
    String mediaType = Accept.of(request).choose(OFFERS);
    Uid study = Addresses.uid(request, "study");
    Addresses addresses = Addresses.of(request);
    List<Held> all =
        Instances.found(retrieve, request.caller(), Look.DESCRIPTION, study, series, instance);
    return Response.of(200)
        .with("Content-Type", mediaType)
        .with(-1, out -> write(all, addresses, out));
  }

  private static void write(List<Held> all, Addresses addresses, OutputStream out)
      throws IOException {
    CurrentInstance current = new CurrentInstance();
    JsonWriter json =
        new JsonWriter(out, INLINE_BYTES_MAX, (path, _, _) -> Optional.of(current.address + path));
    json.beginArray();
    for (Held held : all) {
      current.address = addresses.instance(held.uids()) + "/bulkdata/";
      try (InputStream attributes = held.attributes()) {
        json.write(new DataSetReader(attributes, held.attributesSyntax(), ReadLimits.PEER));
      } catch (DicomException e) {
        throw new IOException("what was read when it came can't be read any more", e);
      }
    }
    json.endArray();
    json.drain();
  }

  /// What links are relative to, while one instance after the other is written.
  private static final class CurrentInstance {
    private String address = "";
  }
}
