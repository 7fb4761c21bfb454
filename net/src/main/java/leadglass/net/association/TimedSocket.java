package leadglass.net.association;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// A socket that reads much at once, keeps quick ACK on, and lets no read wait longer than the time
/// it was given: a whole handshake or PDU, not each of its bytes.
///
/// TLS is layered over it, which would otherwise read five bytes at a time. Confined to the
/// association's thread, but for [#writingSince()], [#wake()] and [#close()].
final class TimedSocket extends Socket {
  private static final int BUFFER_BYTES = 128 << 10; // the JDK reads no more at once
  private static final int FIRST_BYTES = 4 << 10; // all that a stranger gets

  private final Socket socket;
  private final InstantSource clock;
  private final boolean quickAck;
  private final In in = new In();
  private final Out out = new Out();
  private volatile @Nullable Instant deadline;
  private volatile Duration left = Duration.ZERO;
  private volatile @Nullable Instant writingSince;
  private volatile boolean woken;
  private volatile long received;

  TimedSocket(Socket socket, InstantSource clock) throws IOException {
    this.socket = socket;
    this.clock = clock;
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.quickAck = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
  }

  /// From now on reads must be over within `whole`, waiting or not.
  void within(Duration whole) {
    deadline = clock.instant().plus(whole);
  }

  /// From now on all reads together may wait this long. What the reader does in between is free.
  void waiting(Duration together) {
    deadline = null;
    left = together;
  }

  /// Makes a read that waits, and every later one, time out at once. To TLS a timeout is nothing:
  /// it can still send, which it could not after the end of its input.
  void wake() throws IOException {
    woken = true;
    socket.shutdownInput();
  }

  /// Bytes that the peer has sent so far, read or not.
  long heard() {
    try {
      return received + socket.getInputStream().available();
    } catch (IOException _) {
      return received; // it is closed
    }
  }

  /// When the write that has not returned began; null if there is none.
  @Nullable Instant writingSince() {
    return writingSince;
  }

  private int timeoutMillis(Instant now) throws SocketTimeoutException {
    Instant last = deadline;
    Duration bound = last == null ? left : Duration.between(now, last);
    if (!bound.isPositive()) {
      throw new SocketTimeoutException("no time left");
    }
    return Math.clamp(bound.toMillis(), 1, Integer.MAX_VALUE);
  }

  private final class In extends InputStream {
    private byte[] buffer = new byte[FIRST_BYTES];
    private int at;
    private int end;
    private long taken;

    @Override
    public int read() throws IOException {
      return at < end || fill() ? buffer[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (at == end && length >= BUFFER_BYTES) {
        return receive(into, offset, length);
      }
      if (at == end && !fill()) {
        return -1;
      }
      int count = Math.min(length, end - at);
      System.arraycopy(buffer, at, into, offset, count);
      at += count;
      return count;
    }

    private boolean fill() throws IOException {
      if (end == FIRST_BYTES && buffer.length == FIRST_BYTES) {
        buffer = new byte[BUFFER_BYTES]; // it was full once
      }
      at = 0;
      end = 0; // what was read before must not come again if this read fails
      end = Math.max(0, receive(buffer, 0, buffer.length));
      return end > 0;
    }

    private int receive(byte[] into, int offset, int length) throws IOException {
      Instant before = clock.instant();
      socket.setSoTimeout(timeoutMillis(before));
      int count = socket.getInputStream().read(into, offset, length);
      if (count < 0 && woken) {
        throw new SocketTimeoutException("woken");
      }
      if (deadline == null) {
        left = left.minus(Duration.between(before, clock.instant()));
      }
      if (count > 0) {
        taken += count;
        received = taken;
      }
      if (quickAck && count > 0) {
        // Linux forgets it after a while; a delayed ACK costs a sender with Nagle on 40 ms a PDU.
        socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
      }
      return count;
    }

    @Override
    public int available() {
      return end - at;
    }

    @Override
    public void close() throws IOException {
      TimedSocket.this.close();
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      writingSince = clock.instant();
      socket.getOutputStream().write(from, offset, length);
      writingSince = null;
    }

    @Override
    public void close() throws IOException {
      TimedSocket.this.close();
    }
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  @Override
  public void shutdownInput() throws IOException {
    socket.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public boolean isConnected() {
    return socket.isConnected();
  }

  @Override
  public boolean isBound() {
    return socket.isBound();
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return socket.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return socket.isOutputShutdown();
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public int getPort() {
    return socket.getPort();
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return socket.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return socket.getRemoteSocketAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return socket.getLocalSocketAddress();
  }

  /// Time is bounded here, whatever a layer above would like.
  @Override
  public void setSoTimeout(int millis) {}

  @Override
  public int getSoTimeout() throws SocketException {
    return socket.getSoTimeout();
  }

  @Override
  public int getSoLinger() throws SocketException {
    return socket.getSoLinger();
  }
}
