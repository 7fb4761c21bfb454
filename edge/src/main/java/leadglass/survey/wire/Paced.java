package leadglass.survey.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/// A connected socket whose reads end when its time is over, for TLS above it: a record that comes
/// byte by byte would else hold a handshake for hours.
final class Paced extends Socket {
  private static final int HANDSHAKE_BYTES_MAX = 512 << 10;

  private final Socket socket;
  private final long endNanos;
  private final Meter meter;
  private int readMillis;
  private int handshakeBytes;
  private boolean handshaking = true;

  Paced(Socket socket, long endNanos, Meter meter) throws SocketException {
    this.socket = socket;
    this.endNanos = endNanos;
    this.meter = meter;
    this.readMillis = socket.getSoTimeout();
  }

  /// From here on bytes are counted as they are decrypted.
  void handshakeIsOver() {
    handshaking = false;
  }

  private void await() throws IOException {
    long left = (endNanos - System.nanoTime()) / 1_000_000;
    if (left <= 0 || handshakeBytes > HANDSHAKE_BYTES_MAX) {
      throw new SocketTimeoutException("over");
    }
    socket.setSoTimeout((int) Math.max(1, Math.min(readMillis, left)));
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(socket.getInputStream()) {
      @Override
      public int read() throws IOException {
        await();
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        await();
        int read = super.read(bytes, offset, length);
        if (handshaking && read > 0) {
          handshakeBytes += read;
          meter.received(read);
        }
        return read;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void setSoTimeout(int millis) {
    readMillis = millis;
  }

  @Override
  public int getSoTimeout() {
    return readMillis;
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
  public int getSoLinger() throws SocketException {
    return socket.getSoLinger();
  }

  @Override
  public void setSoLinger(boolean on, int seconds) throws SocketException {
    socket.setSoLinger(on, seconds);
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
  public void close() throws IOException {
    socket.close();
  }
}
