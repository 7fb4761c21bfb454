package leadglass.server.web;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;

/// What a client takes, the most wanted first (PS3.18 §8.3.3, §8.7.4). A query parameter `accept`
/// stands in for the header.
///
/// @param ranges in order; those of quality 0 are left out
record Accept(List<MediaType> ranges) {

  /// One way a client would take something.
  ///
  /// @param multipart each in a part of a `multipart/related`, or by itself
  /// @param type media type or range of what is in it, in lower case
  /// @param transferSyntaxes empty if the client names none
  /// @param anyTransferSyntax whether it said `*`
  record Wish(
      boolean multipart, String type, Set<String> transferSyntaxes, boolean anyTransferSyntax) {

    boolean takes(String mediaType) {
      return new MediaType(type, java.util.Map.of()).covers(mediaType);
    }

    /// Whether it takes this transfer syntax; one that names none takes any.
    boolean takesSyntax(String uid) {
      return anyTransferSyntax || transferSyntaxes.isEmpty() || transferSyntaxes.contains(uid);
    }
  }

  static Accept of(Request request) {
    String text =
        request
            .query("accept")
            .or(() -> request.header("Accept"))
            .filter(a -> !a.isBlank())
            .orElse("*/*");
    return of(text);
  }

  static Accept of(String text) {
    return new Accept(
        MediaType.list(text).stream()
            .filter(range -> range.quality() > 0)
            .sorted(Comparator.comparingDouble(MediaType::quality).reversed())
            .toList());
  }

  /// The ranges as wishes for something that can come in parts. Ranges with one wanted type that
  /// differ in transfer syntax only are one wish.
  List<Wish> wishes() {
    return ranges.stream()
        .map(Accept::wish)
        .collect(
            Collectors.groupingBy(
                wish -> wish.multipart() + wish.type(),
                java.util.LinkedHashMap::new,
                Collectors.reducing(Accept::joined)))
        .values()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Wish joined(Wish a, Wish b) {
    boolean any = a.anyTransferSyntax() || b.anyTransferSyntax();
    boolean unnamed = a.transferSyntaxes().isEmpty() || b.transferSyntaxes().isEmpty();
    Set<String> both =
        unnamed
            ? Set.of()
            : Stream.of(a, b)
                .flatMap(wish -> wish.transferSyntaxes().stream())
                .collect(Collectors.toUnmodifiableSet());
    return new Wish(a.multipart(), a.type(), both, any);
  }

  private static Wish wish(MediaType range) {
    boolean multipart = range.name().startsWith("multipart/");
    String type =
        multipart ? range.parameter("type").orElse("*/*").toLowerCase(Locale.ROOT) : range.name();
    Optional<String> syntax = range.parameter("transfer-syntax");
    boolean any = syntax.filter("*"::equals).isPresent();
    return new Wish(
        multipart,
        type,
        any ? Set.of() : syntax.stream().collect(Collectors.toUnmodifiableSet()),
        any);
  }

  /// The most wanted of `offers`, media types without parameters.
  ///
  /// @throws ProblemException if none is wanted
  String choose(List<String> offers) throws ProblemException {
    for (MediaType range : ranges) {
      for (String offer : offers) {
        if (range.covers(offer)) {
          return offer;
        }
      }
    }
    throw notAcceptable(offers);
  }

  /// The first answer that one of the wishes brings.
  ///
  /// @throws ProblemException if none brings one
  <T> T first(Function<Wish, Optional<T>> answer, List<String> offers) throws ProblemException {
    for (Wish wish : wishes()) {
      Optional<T> found = answer.apply(wish);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw notAcceptable(offers);
  }

  static ProblemException notAcceptable(List<String> offers) {
    return new ProblemException(
        Problems.with(Problems.NOT_ACCEPTABLE, "Offered: " + String.join(", ", offers)));
  }
}
