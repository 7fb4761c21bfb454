package leadglass.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One kept HTTP/1.1 connection over TLS, that does no more than a measurement needs: a general
/// client would use more of the machine than the server does.
final class Web implements AutoCloseable {
  private static final int LINE_BYTES_MAX = 8 << 10;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String common;

  /// @param status of HTTP
  /// @param bytes of the body
  /// @param words the body of an answer that is no success, as far as it is short
  record Answer(int status, long bytes, String words) {
    boolean isSuccess() {
      return status == 200;
    }
  }

  Web(Program program) throws IOException {
    socket = program.tls().getSocketFactory().createSocket("localhost", program.httpsPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    out = socket.getOutputStream();
    common =
        " HTTP/1.1\r\nHost: localhost:"
            + program.httpsPort()
            + "\r\nAuthorization: Bearer "
            + program.token()
            + "\r\n";
  }

  Answer get(String path, String accept) throws IOException {
    send("GET " + path + common + "Accept: " + accept + "\r\n\r\n", new byte[0]);
    return answer();
  }

  Answer post(String path, String contentType, byte[] body) throws IOException {
    send(
        "POST "
            + path
            + common
            + "Accept: application/dicom+json\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n",
        body);
    return answer();
  }

  private void send(String head, byte[] body) throws IOException {
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    if (body.length > 0) {
      out.write(body);
    }
    out.flush();
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    long length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
    }
    if (!chunked) {
      return new Answer(status, length, body(status, length));
    }
    String words = "";
    while (true) {
      long chunk = Long.parseLong(line().strip(), 16);
      words += body(status, chunk);
      line();
      if (chunk == 0) {
        return new Answer(status, length, words);
      }
      length += chunk;
    }
  }

  /// Reads it; keeps it only if it says why not.
  private String body(int status, long length) throws IOException {
    if (status == 200 || length > LINE_BYTES_MAX) {
      in.skipNBytes(length);
      return "";
    }
    return new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > LINE_BYTES_MAX) {
        throw new EOFException("the server closed inside an answer");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
