package leadglass.server.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Caller;
import leadglass.archive.Held;
import leadglass.archive.Look;
import leadglass.archive.Retrieve;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;

/// WADO-RS: instances as files of PS3.10 (PS3.18 §10.4.1.1), each as it is stored; implicit VR and
/// big endian go out as explicit VR little endian (§8.7.3).
final class Instances {
  private static final String DICOM = "application/dicom";
  private static final String MULTIPART = "multipart/related; type=\"application/dicom\"";

  private final Retrieve retrieve;

  Instances(Retrieve retrieve) {
    this.retrieve = retrieve;
  }

  Response ofStudy(Request request) throws IOException, ProblemException {
    return several(request, Addresses.uid(request, "study"), Optional.empty());
  }

  Response ofSeries(Request request) throws IOException, ProblemException {
    Optional<Uid> series = Optional.of(Addresses.uid(request, "series"));
    return several(request, Addresses.uid(request, "study"), series);
  }

  private Response several(Request request, Uid study, Optional<Uid> series)
      throws IOException, ProblemException {
    List<String> offers = List.of(MULTIPART);
    Accept accept = Accept.of(request);
    accept.first(wish -> multipart(wish) ? Optional.of(wish) : Optional.empty(), offers);
    Addresses addresses = Addresses.of(request);
    List<Held> all = found(retrieve, request.caller(), Look.FILES, study, series, Optional.empty());
    return accept.first(
        wish -> multipart(wish) ? parts(all, wish, addresses) : Optional.empty(),
        offered(all, offers));
  }

  Response one(Request request) throws IOException, ProblemException {
    List<String> offers = List.of(MULTIPART, DICOM);
    Accept accept = Accept.of(request);
    accept.first(wish -> wish.takes(DICOM) ? Optional.of(wish) : Optional.empty(), offers);
    Held held = one(retrieve, request, Look.FILES);
    Addresses addresses = Addresses.of(request);
    return accept.first(
        wish -> multipart(wish) ? parts(List.of(held), wish, addresses) : single(held, wish),
        offered(List.of(held), offers));
  }

  /// `*/*` gets parts, which every client of this transaction knows.
  private static boolean multipart(Accept.Wish wish) {
    return (wish.multipart() || wish.type().equals("*/*")) && wish.takes(DICOM);
  }

  /// What there is, missing or not permitted being the same.
  static List<Held> found(
      Retrieve retrieve,
      Caller caller,
      Look look,
      Uid study,
      Optional<Uid> series,
      Optional<Uid> instance)
      throws IOException, ProblemException {
    List<Held> found =
        switch (retrieve.open(caller, look, study, series, instance)) {
          case Retrieve.Answer.Given(var held) -> held;
          case Retrieve.Answer.Braked(var stop) -> throw Problems.braked(stop);
        };
    if (found.isEmpty()) {
      throw Problems.notFound();
    }
    return found;
  }

  static Held one(Retrieve retrieve, Request request, Look look)
      throws IOException, ProblemException {
    Optional<Uid> series = Optional.of(Addresses.uid(request, "series"));
    Optional<Uid> instance = Optional.of(Addresses.uid(request, "instance"));
    Uid study = Addresses.uid(request, "study");
    return found(retrieve, request.caller(), look, study, series, instance).getFirst();
  }

  private static Optional<Response> parts(List<Held> all, Accept.Wish wish, Addresses addresses) {
    List<Boolean> inflated = new ArrayList<>();
    for (Held held : all) {
      Optional<Boolean> given = inflated(held, wish);
      if (given.isEmpty()) {
        return Optional.empty();
      }
      inflated.add(given.get());
    }
    return Optional.of(
        Parts.response(
            DICOM, all.size(), index -> part(all.get(index), inflated.get(index), addresses)));
  }

  private static Parts.Part part(Held held, boolean inflated, Addresses addresses) {
    return new Parts.Part(
        DICOM + "; transfer-syntax=" + held.given(inflated).uid().value(),
        addresses.instance(held.uids()),
        held.fileBytes(inflated),
        out -> held.writeFile(out, inflated));
  }

  private static Optional<Response> single(Held held, Accept.Wish wish) {
    if (!wish.takes(DICOM)) {
      return Optional.empty();
    }
    return inflated(held, wish)
        .map(inflate ->
            Response.of(200)
                .with(
                    "Content-Type",
                    DICOM + "; transfer-syntax=" + held.given(inflate).uid().value())
                .with(held.fileBytes(inflate), out -> held.writeFile(out, inflate)));
  }

  /// Whether it goes out inflated, if it can go out at all. `*` means as stored; who names no
  /// transfer syntax can't be expected to inflate.
  private static Optional<Boolean> inflated(Held held, Accept.Wish wish) {
    boolean named = wish.anyTransferSyntax() || !wish.transferSyntaxes().isEmpty();
    TransferSyntax asStored = held.given(false);
    if (wish.takesSyntax(asStored.uid().value()) && (named || !asStored.deflated())) {
      return Optional.of(false);
    }
    return wish.takesSyntax(held.given(true).uid().value()) ? Optional.of(true) : Optional.empty();
  }

  private static List<String> offered(List<Held> all, List<String> offers) {
    List<String> syntaxes =
        all.stream().map(held -> held.given(false).uid().value()).distinct().sorted().toList();
    return offers.stream()
        .map(offer -> offer + "; transfer-syntax=" + String.join("|", syntaxes))
        .toList();
  }
}
