package leadglass.survey.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import leadglass.survey.wire.BigEndian;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// A server's first messages, up to the end of its say, in clear as they are before TLS 1.3.
///
/// @param version that it chose
/// @param suites the class of the suite that it chose; empty for one that was not offered
/// @param certificate its own, if it sent a readable one
/// @param clientCertificateAsked whether it sent a CertificateRequest
public record ServerFlight(
    int version,
    Optional<SuiteClass> suites,
    Optional<X509Certificate> certificate,
    boolean clientCertificateAsked) {
  static final int HANDSHAKE = 22;
  private static final int ALERT = 21;
  private static final int SERVER_HELLO = 2;
  private static final int CERTIFICATE = 11;
  private static final int CERTIFICATE_REQUEST = 13;
  private static final int SERVER_HELLO_DONE = 14;
  private static final int HELLO_BYTES_MIN = 38;
  private static final int CERTIFICATE_BYTES_MAX = 64 << 10;
  private static final int MESSAGES_MAX = 16;

  /// Says nothing of the certificate.
  @Override
  public String toString() {
    return "ServerFlight[" + Integer.toHexString(version) + ", " + suites + "]";
  }

  /// @return empty for an alert
  static Optional<ServerFlight> read(Line line) throws IOException {
    Messages in = new Messages(line);
    if (!in.begins()) {
      return Optional.empty();
    }
    int type = in.next();
    int length = in.int24();
    if (type != SERVER_HELLO || length < HELLO_BYTES_MIN) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
    int version = in.int16();
    in.pass(32);
    int session = in.next();
    if (session > 32 || HELLO_BYTES_MIN + session > length) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
    in.pass(session);
    Optional<SuiteClass> suites = SuiteClass.of(in.int16());
    in.pass(length - 36 - session - 1);
    return Optional.of(rest(in, version, suites));
  }

  /// What follows only adds to it: a server that breaks off here has chosen all the same.
  private static ServerFlight rest(Messages in, int version, Optional<SuiteClass> suites) {
    Optional<X509Certificate> certificate = Optional.empty();
    boolean asked = false;
    try {
      for (int i = 0; i < MESSAGES_MAX; i++) {
        int type = in.next();
        int length = in.int24();
        if (type == SERVER_HELLO_DONE) {
          break;
        }
        asked |= type == CERTIFICATE_REQUEST;
        if (type == CERTIFICATE && certificate.isEmpty() && length > 6) {
          in.int24();
          int own = in.int24();
          certificate = certificate(in, Math.min(own, length - 6));
          in.pass(length - 6 - Math.min(own, length - 6));
        } else {
          in.pass(length);
        }
      }
    } catch (IOException _) {
      return new ServerFlight(version, suites, certificate, asked);
    }
    return new ServerFlight(version, suites, certificate, asked);
  }

  private static Optional<X509Certificate> certificate(Messages in, int length) throws IOException {
    if (length > CERTIFICATE_BYTES_MAX) {
      in.pass(length);
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    try {
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) in.next();
      }
      return CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes))
              instanceof X509Certificate read
          ? Optional.of(read)
          : Optional.empty();
    } catch (CertificateException _) {
      return Optional.empty();
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// Handshake messages, which lie in records as it happens.
  private static final class Messages {
    private static final int RECORD_BYTES_MAX = (16 << 10) + 2048;
    private static final int TOTAL_BYTES_MAX = 256 << 10;

    private final Line line;
    private int left;
    private int total;

    Messages(Line line) {
      this.line = line;
    }

    /// Reads the first record's header; false for an alert.
    boolean begins() throws IOException {
      int type = line.read();
      if (type == ALERT && line.read() == 3) {
        return false;
      }
      opened(type);
      return true;
    }

    private void opened(int type) throws IOException {
      if (type != HANDSHAKE || line.read() != 3) {
        throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
      }
      line.read();
      left = BigEndian.int16(line);
      total += left;
      if (left == 0 || left > RECORD_BYTES_MAX || total > TOTAL_BYTES_MAX) {
        throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
      }
    }

    int next() throws IOException {
      if (left == 0) {
        opened(line.read());
      }
      left--;
      return line.read();
    }

    int int16() throws IOException {
      return next() << 8 | next();
    }

    int int24() throws IOException {
      return int16() << 8 | next();
    }

    void pass(int bytes) throws IOException {
      for (int i = 0; i < bytes; i++) {
        next();
      }
    }
  }
}
