package leadglass.server.web;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.archive.Held;
import leadglass.archive.Look;
import leadglass.archive.Retrieve;
import leadglass.dicom.data.TransferSyntax;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;

/// WADO-RS: single frames, in the transfer syntax they are stored in, which each part's header
/// names (PS3.18 §10.4.1.1.6).
final class Frames {
  private final Retrieve retrieve;

  Frames(Retrieve retrieve) {
    this.retrieve = retrieve;
  }

  Response frames(Request request) throws IOException, ProblemException {
    List<Integer> numbers = numbers(request.variable("list"));
    Accept accept = Accept.of(request);
    Held held = Instances.one(retrieve, request, Look.IMAGES);
    int count = held.frames();
    if (numbers.stream().anyMatch(number -> number > count)) {
      throw Problems.notFound();
    }
    TransferSyntax given = held.given(true);
    Addresses addresses = Addresses.of(request);
    return accept.first(
        wish -> answer(held, numbers, wish, given, addresses), FrameTypes.offers(given));
  }

  private static List<Integer> numbers(String list) throws ProblemException {
    if (!list.matches("[1-9][0-9]{0,8}(,[1-9][0-9]{0,8})*")) {
      throw Problems.badRequest("Frames are numbers from 1, parted by commas.");
    }
    return Stream.of(list.split(",")).map(Integer::valueOf).toList();
  }

  static Optional<Response> answer(
      Held held,
      List<Integer> numbers,
      Accept.Wish wish,
      TransferSyntax given,
      Addresses addresses) {
    Optional<String> type = FrameTypes.granted(wish, given);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    if (wish.multipart() || wish.type().equals("*/*")) {
      return Optional.of(
          Parts.response(
              type.get(),
              numbers.size(),
              index -> part(held, numbers.get(index), type.get(), given, addresses)));
    }
    return numbers.size() > 1
        ? Optional.empty()
        : Optional.of(
            Response.of(200)
                .with("Content-Type", FrameTypes.header(type.get(), given))
                .with(-1, out -> write(held, numbers.getFirst(), out)));
  }

  private static Parts.Part part(
      Held held, int number, String type, TransferSyntax given, Addresses addresses)
      throws IOException {
    Held.Part frame = frame(held, number);
    String location = addresses.instance(held.uids()) + "/frames/" + number;
    return new Parts.Part(FrameTypes.header(type, given), location, frame.length(), frame::writeTo);
  }

  private static void write(Held held, int number, java.io.OutputStream out) throws IOException {
    frame(held, number).writeTo(out);
  }

  private static Held.Part frame(Held held, int number) throws IOException {
    Optional<Held.Part> frame = held.frame(number);
    if (frame.isEmpty()) {
      throw new IOException("a frame that was there isn't");
    }
    return frame.get();
  }
}
