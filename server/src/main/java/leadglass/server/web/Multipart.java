package leadglass.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads a multipart body (RFC 2046 §5.1) part by part, from a stream that is never held: what is
/// kept is one buffer and the headers of one part.
///
/// Confined to one thread.
final class Multipart {

  /// RFC 2046 §5.1.1.
  static final int BOUNDARY_CHARS_MAX = 70;

  static final int HEADER_BYTES_MAX = 8 << 10;
  static final int PREAMBLE_BYTES_MAX = 64 << 10;

  private static final int BUFFER_BYTES = 64 << 10;

  /// The bytes are no multipart body, or break off. The message names a rule.
  static final class MultipartException extends IOException {
    private static final long serialVersionUID = 1L;

    MultipartException(String rule) {
      super(rule);
    }
  }

  /// One part. Its bytes must be read before the next part is asked for; what is left is skipped.
  ///
  /// @param headers by their names in lower case
  record Part(Map<String, String> headers, InputStream bytes) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private boolean exhausted;
  private boolean begun;
  private boolean closed;
  private PartStream open = new PartStream();

  private Multipart(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /// @throws MultipartException if `boundary` can't be one
  static Multipart of(InputStream in, String boundary) throws MultipartException {
    if (boundary.length() > BOUNDARY_CHARS_MAX
        || !boundary.matches("[A-Za-z0-9'()+_,./:=? -]*[A-Za-z0-9'()+_,./:=?-]")) {
      throw new MultipartException("no boundary, or none that is one");
    }
    return new Multipart(in, boundary);
  }

  /// The next part, empty behind the last one.
  ///
  /// @throws MultipartException if the body breaks off or has no such part
  Optional<Part> next() throws IOException {
    if (closed) {
      return Optional.empty();
    }
    if (!begun) {
      begun = true;
      preamble();
    } else {
      open.drain();
    }
    if (afterDelimiter()) {
      closed = true;
      return Optional.empty();
    }
    Map<String, String> headers = headers();
    open = new PartStream();
    return Optional.of(new Part(headers, open));
  }

  /// Up to and over the first delimiter, before which no line break is needed.
  private void preamble() throws IOException {
    int dashes = delimiter.length - 2;
    boolean more = true;
    while (more && end - at < dashes) {
      more = fill();
    }
    if (startsWith(at, 2, dashes)) {
      at += dashes;
      return;
    }
    int passed = 0;
    while (true) {
      int found = find();
      int take = (found < 0 ? safe() : found) - at;
      passed += take;
      at += take;
      if (found >= 0) {
        at += delimiter.length;
        return;
      }
      if (passed > PREAMBLE_BYTES_MAX || !fill()) {
        throw new MultipartException("the boundary does not occur");
      }
    }
  }

  /// Over what follows a delimiter.
  ///
  /// @return whether it was the last one
  private boolean afterDelimiter() throws IOException {
    int first = octet();
    int second = octet();
    if (first == '-' && second == '-') {
      return true;
    }
    int padding = 0;
    while (first == ' ' || first == '\t') { // RFC 2046: transport padding
      if (++padding > HEADER_BYTES_MAX) {
        throw new MultipartException("more behind a boundary than a line break");
      }
      first = second;
      second = octet();
    }
    if (first != '\r' || second != '\n') {
      throw new MultipartException("no line break behind a boundary");
    }
    return false;
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    int left = HEADER_BYTES_MAX;
    while (true) {
      StringBuilder line = new StringBuilder();
      for (int c = octet(); c != '\n'; c = octet()) {
        if (--left < 0) {
          throw new MultipartException("the headers of a part are too long");
        }
        line.append((char) c);
      }
      if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
        throw new MultipartException("a header of a part does not end in a line break");
      }
      line.setLength(line.length() - 1);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(":");
      if (colon < 1) {
        throw new MultipartException("a header of a part is none");
      }
      headers.putIfAbsent(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
  }

  private int octet() throws IOException {
    if (at == end && !fill()) {
      throw new MultipartException("the body breaks off");
    }
    return buffer[at++] & 0xFF;
  }

  /// Reads on behind what is in the buffer.
  ///
  /// @return false at the end of the stream
  private boolean fill() throws IOException {
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
    }
    while (!exhausted && end < buffer.length) {
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        exhausted = true;
      } else if (read > 0) {
        end += read;
        return true;
      }
    }
    return false;
  }

  private boolean startsWith(int from, int skip, int length) {
    if (end - from < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (buffer[from + i] != delimiter[skip + i]) {
        return false;
      }
    }
    return true;
  }

  /// Where the delimiter begins in the buffer, -1 if it isn't there as a whole.
  private int find() {
    int last = end - delimiter.length;
    for (int i = at; i <= last; i++) {
      if (buffer[i] == '\r' && startsWith(i, 0, delimiter.length)) {
        return i;
      }
    }
    return -1;
  }

  /// How far the buffer holds no beginning of a delimiter.
  private int safe() {
    return Math.max(at, end - delimiter.length + 1);
  }

  /// The bytes of one part. Up to `clear` the buffer is known to hold no delimiter; it is only
  /// moved when nothing of that is left.
  private final class PartStream extends InputStream {
    private boolean ended;
    private int clear = at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int ready = ready();
      if (ready == 0) {
        return -1;
      }
      int take = Math.min(ready, length);
      System.arraycopy(buffer, at, bytes, offset, take);
      at += take;
      return take;
    }

    /// Bytes of the part at hand, 0 at its end.
    private int ready() throws IOException {
      while (!ended) {
        if (at < clear) {
          return clear - at;
        }
        int found = find();
        clear = found < 0 ? safe() : found;
        if (at == clear && found >= 0) {
          at += delimiter.length;
          ended = true;
        } else if (at == clear) {
          if (!fill()) {
            throw new MultipartException("the body breaks off");
          }
          clear = 0;
        }
      }
      return 0;
    }

    private void drain() throws IOException {
      for (int ready = ready(); ready > 0; ready = ready()) {
        at += ready;
      }
    }
  }
}
