package leadglass.server.web;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Held;
import leadglass.archive.Look;
import leadglass.archive.Retrieve;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;

/// WADO-RS: small previews (PS3.18 §10.4.1.1.4), of an instance, or of the first picture of a
/// series or study. What can't be shown is not found; viewers fall back to something else then.
final class Thumbnails {
  private static final int SIDE_DEFAULT = 256;
  private static final int SIDE_MAX = 1024;

  /// A series may begin with something that is no picture.
  private static final int TRIES_MAX = 8;

  private static final List<String> OFFERS = List.of("image/jpeg");

  private final Retrieve retrieve;

  Thumbnails(Retrieve retrieve) {
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
    int[] viewport = viewport(request.query("viewport").orElse(""));
    Uid study = Addresses.uid(request, "study");
    List<Held> all =
        Instances.found(retrieve, request.caller(), Look.PREVIEW, study, series, instance);
    for (Held held : all.subList(0, Math.min(TRIES_MAX, all.size()))) {
      Optional<byte[]> jpeg = Preview.jpeg(held, viewport[0], viewport[1]);
      if (jpeg.isPresent()) {
        return Response.of(200, mediaType, jpeg.get());
      }
    }
    throw Problems.notFound();
  }

  /// `width,height`; what follows (PS3.18 §8.3.5.1.3: a region) is not supported.
  private static int[] viewport(String text) throws ProblemException {
    if (text.isEmpty()) {
      return new int[] {SIDE_DEFAULT, SIDE_DEFAULT};
    }
    if (!text.matches("[1-9][0-9]{0,4},[1-9][0-9]{0,4}")) {
      throw Problems.badRequest("The parameter viewport is a width and a height.");
    }
    int comma = text.indexOf(',');
    return new int[] {
      Math.min(SIDE_MAX, Integer.parseInt(text.substring(0, comma))),
      Math.min(SIDE_MAX, Integer.parseInt(text.substring(comma + 1)))
    };
  }
}
