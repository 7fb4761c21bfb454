package leadglass.server.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import leadglass.archive.Held;
import leadglass.archive.Look;
import leadglass.archive.Retrieve;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;

/// WADO-RS: single values too large for the metadata that links them (PS3.18 §10.4.1.1.5).
final class BulkData {
  private static final String PDF = "application/pdf";
  private static final String MULTIPART_OCTETS =
      "multipart/related; type=\"" + FrameTypes.OCTETS + "\"";

  private final Retrieve retrieve;

  BulkData(Retrieve retrieve) {
    this.retrieve = retrieve;
  }

  Response bulkData(Request request) throws IOException, ProblemException {
    Accept accept = Accept.of(request);
    Held held = Instances.one(retrieve, request, Look.IMAGES);
    String path = request.variable("path");
    if (path.equalsIgnoreCase(Tag.hex(Tag.PIXEL_DATA)) && held.given(true).encapsulated()) {
      return encodedFrames(accept, held, Addresses.of(request));
    }
    List<String> types =
        isPdf(held, path) ? List.of(PDF, FrameTypes.OCTETS) : List.of(FrameTypes.OCTETS);
    accept.first(
        wish -> type(wish, types),
        types.contains(PDF)
            ? List.of(PDF, FrameTypes.OCTETS, MULTIPART_OCTETS)
            : List.of(FrameTypes.OCTETS, MULTIPART_OCTETS));
    Optional<Held.Part> value = held.bulk(path);
    if (value.isEmpty()) {
      throw Problems.notFound();
    }
    return accept.first(
        wish -> type(wish, types).map(type -> answer(request, wish, type, value.get())), types);
  }

  private static Optional<String> type(Accept.Wish wish, List<String> types) {
    return types.stream().filter(wish::takes).findFirst();
  }

  private static Response answer(Request request, Accept.Wish wish, String type, Held.Part value) {
    return wish.multipart()
        ? Parts.response(
            type, List.of(new Parts.Part(type, request.path(), value.length(), value::writeTo)))
        : Response.of(200).with("Content-Type", type).with(value.length(), value::writeTo);
  }

  /// Encoded pixel data is no one value: it goes out frame by frame.
  private static Response encodedFrames(Accept accept, Held held, Addresses addresses)
      throws IOException, ProblemException {
    List<Integer> all = IntStream.rangeClosed(1, held.frames()).boxed().toList();
    if (all.isEmpty()) {
      throw Problems.notFound();
    }
    TransferSyntax given = held.given(true);
    return accept.first(
        wish -> Frames.answer(held, all, wish, given, addresses), FrameTypes.offers(given));
  }

  /// The one kind of document that is named. What an object says is compared, never passed on;
  /// anything else (HTML, CDA) is octets, to be saved and not shown.
  private static boolean isPdf(Held held, String path) throws IOException {
    return path.equals(Tag.hex(Tag.ENCAPSULATED_DOCUMENT))
        && held.imageAttributes()
            .string(Tag.MIME_TYPE_OF_ENCAPSULATED_DOCUMENT)
            .filter(type -> type.strip().toLowerCase(Locale.ROOT).equals(PDF))
            .isPresent();
  }
}
