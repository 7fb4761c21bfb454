package leadglass.app.syslog;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import leadglass.audit.syslog.OctetCounting;

/// One connection to a collector. A thread of its own listens, though a collector says nothing: so
/// that its end is known at once, and that a write which takes too long is ended.
///
/// One thread sends.
final class SyslogLink implements AutoCloseable {
  private static final int LISTEN_MILLIS = 1_000;
  private static final long WRITE_NANOS_MAX = 60_000_000_000L;
  private static final int BUFFER_BYTES = 64 << 10;

  private final SSLSocket socket;
  private final Socket raw;
  private final OutputStream out;
  private final Runnable ended;
  private final AtomicLong writingSince = new AtomicLong();
  private volatile boolean over;

  private SyslogLink(SSLSocket socket, Socket raw, Runnable ended) throws IOException {
    this.socket = socket;
    this.raw = raw;
    this.ended = ended;
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
  }

  /// @param ended told when the collector ended it; on a thread of the link's own
  static SyslogLink open(Collector collector, Runnable ended) throws IOException {
    AtomicReference<Socket> raw = new AtomicReference<>();
    SSLSocket socket = collector.connect(raw::set);
    try {
      socket.setSoTimeout(LISTEN_MILLIS);
      SyslogLink link = new SyslogLink(socket, raw.get(), ended);
      Thread.ofVirtual().name("syslog-listener").start(link::listen);
      return link;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void listen() {
    byte[] said = new byte[1024];
    try {
      InputStream in = socket.getInputStream();
      while (true) {
        try {
          if (in.read(said) < 0) {
            break;
          }
        } catch (SocketTimeoutException _) {
          long since = writingSince.get();
          if (since != 0 && System.nanoTime() - since > WRITE_NANOS_MAX) {
            break;
          }
        }
      }
    } catch (IOException _) {
      // It ended, however it did.
    }
    over = true;
    abort();
    ended.run();
  }

  /// Ends it at once: a write that waits ends with it.
  void abort() {
    try {
      raw.close();
    } catch (IOException _) {
      // What can't be closed is over all the same.
    }
  }

  /// @return bytes of the frame
  int send(byte[] message) throws IOException {
    check();
    writingSince.set(Math.max(1, System.nanoTime()));
    try {
      return OctetCounting.write(out, message);
    } finally {
      writingSince.set(0);
    }
  }

  void flush() throws IOException {
    check();
    writingSince.set(Math.max(1, System.nanoTime()));
    try {
      out.flush();
    } finally {
      writingSince.set(0);
    }
  }

  /// @throws IOException if the collector has ended it
  void check() throws IOException {
    if (over) {
      throw new IOException("the collector ended the connection");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      socket.close();
    } finally {
      raw.close();
    }
  }
}
