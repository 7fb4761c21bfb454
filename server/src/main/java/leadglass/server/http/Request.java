package leadglass.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Caller;
import leadglass.archive.Origin;

/// One request whose caller is known and has passed the gate for the route's verb. Values are as
/// sent and may hold a patient's: they go into no log and no error, and into a header only where it
/// leads whoever asked to the next page of the same question.
///
/// Confined to the handler's thread.
public interface Request {
  String method();

  /// Decoded, without query.
  String path();

  /// What stood for `{name}` in the route's pattern, decoded.
  ///
  /// @throws IllegalArgumentException if the pattern has no such name
  String variable(String name);

  /// Names and values of the query, decoded, in order.
  List<Map.Entry<String, String>> query();

  /// The first value of a query parameter.
  Optional<String> query(String name);

  Optional<String> header(String name);

  Optional<String> cookie(String name);

  Caller caller();

  Origin origin();

  /// Host and port as the client wrote them, checked to be one of ours.
  String host();

  /// Random text that lets an inline script of this request's page run (Content Security Policy);
  /// empty where nothing does.
  default String nonce() {
    return "";
  }

  /// Length of the body, -1 if the client didn't say.
  long bodyBytes();

  /// The body as it comes, never held as a whole.
  InputStream body() throws IOException;

  /// A small body of `application/x-www-form-urlencoded`; the first value of each name.
  ///
  /// @throws ProblemException if it is something else, or larger than 64 KiB
  Map<String, String> form() throws IOException, ProblemException;
}
