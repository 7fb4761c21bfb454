package leadglass.survey.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One connection: every read bounded in time, the whole bounded too, every byte counted, and the
/// buffer zeroed when it closes. One thread's.
public final class Line implements AutoCloseable {
  private static final int BUFFER_BYTES = 8 << 10;

  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private final Meter meter;
  private final long readMillis;
  private final long endNanos;
  private final long receivedMax;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private Tls.@Nullable Seen tls;
  private int position;
  private int limit;
  private boolean heard;

  Line(
      Socket socket,
      Tls.@Nullable Seen tls,
      Meter meter,
      Duration read,
      Duration whole,
      long receivedMax)
      throws IOException {
    this.socket = socket;
    this.tls = tls;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.meter = meter;
    this.readMillis = read.toMillis();
    this.endNanos = System.nanoTime() + whole.toNanos();
    this.receivedMax = receivedMax;
  }

  /// What the handshake showed; empty without TLS.
  public Optional<Tls.Seen> tls() {
    return Optional.ofNullable(tls);
  }

  /// Goes on in TLS, where a protocol asks for it in clear first and the server agreed.
  ///
  /// @throws WireFault if there is no TLS, or if the server said more in clear than it should
  public void secure() throws IOException {
    if (position != limit) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
    Tls.Secured secured = Tls.secure(socket, null, endNanos, meter);
    socket = secured.socket();
    in = socket.getInputStream();
    out = socket.getOutputStream();
    tls = secured.seen();
    heard = false;
  }

  /// The next byte, 0 to 255.
  ///
  /// @throws WireFault if there is none
  public int read() throws IOException {
    if (position == limit && fill() < 0) {
      throw new WireFault(WireFault.Kind.ENDED);
    }
    return buffer[position++] & 0xFF;
  }

  /// The next byte, or -1 at the end.
  public int readOrEnd() throws IOException {
    return position == limit && fill() < 0 ? -1 : buffer[position++] & 0xFF;
  }

  /// Fills all of the array, which the caller zeroes.
  public void read(byte[] into, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (position == limit && fill() < 0) {
        throw new WireFault(WireFault.Kind.ENDED);
      }
      int step = Math.min(length - done, limit - position);
      System.arraycopy(buffer, position, into, offset + done, step);
      position += step;
      done += step;
    }
  }

  /// Passes over bytes unread.
  public void skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      if (position == limit && fill() < 0) {
        throw new WireFault(WireFault.Kind.ENDED);
      }
      int step = (int) Math.min(left, limit - position);
      position += step;
      left -= step;
    }
  }

  private int fill() throws IOException {
    long left = (endNanos - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new WireFault(WireFault.Kind.SLOW);
    }
    if (meter.received() > receivedMax) {
      throw new WireFault(WireFault.Kind.TOO_MUCH);
    }
    try {
      socket.setSoTimeout((int) Math.max(1, Math.min(readMillis, left)));
      int read = in.read(buffer, 0, BUFFER_BYTES);
      if (read > 0) {
        meter.received(read);
        position = 0;
        limit = read;
        heard = true;
      } else if (refusesStrangers()) {
        throw new WireFault(WireFault.Kind.TLS_CLIENT_CERTIFICATE);
      }
      return read;
    } catch (IOException e) {
      throw told(e);
    }
  }

  /// Sends all of it.
  public void write(byte... bytes) throws IOException {
    try {
      out.write(bytes);
      out.flush();
      meter.sent(bytes.length);
    } catch (IOException e) {
      throw told(e);
    }
  }

  /// In TLS 1.3 the handshake is over for us before the server says that it wanted a certificate.
  private boolean refusesStrangers() {
    return tls != null && tls.clientCertificateAsked() && !heard;
  }

  private WireFault told(IOException e) {
    WireFault fault = fault(e);
    return refusesStrangers() && fault.kind() != WireFault.Kind.SILENT
        ? new WireFault(WireFault.Kind.TLS_CLIENT_CERTIFICATE)
        : fault;
  }

  /// The kinds of a socket's exceptions. Their own messages may quote a server's, and are dropped.
  static WireFault fault(IOException e) {
    WireFault.Kind kind =
        switch (e) {
          case WireFault same -> same.kind();
          case SocketTimeoutException _ -> WireFault.Kind.SILENT;
          case EOFException _ -> WireFault.Kind.ENDED;
          case SSLException tls -> ofTls(tls);
          case SocketException _ -> WireFault.Kind.RESET;
          default -> WireFault.Kind.ENDED;
        };
    return new WireFault(kind);
  }

  private static WireFault.Kind ofTls(SSLException e) {
    String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("certificate_required") || said.contains("bad_certificate")) {
      return WireFault.Kind.TLS_CLIENT_CERTIFICATE;
    }
    if (e.getCause() instanceof EOFException) {
      return WireFault.Kind.ENDED;
    }
    // What is no TLS record is told apart from TLS that fails.
    return said.contains("unrecognized ssl message")
        ? WireFault.Kind.NOT_THE_PROTOCOL
        : WireFault.Kind.TLS;
  }

  @Override
  public void close() {
    Arrays.fill(buffer, (byte) 0);
    position = 0;
    limit = 0;
    try {
      socket.close();
    } catch (IOException _) {
      // Whatever the other side thinks of it, we are done.
    }
  }
}
