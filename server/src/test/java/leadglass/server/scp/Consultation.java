package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import leadglass.archive.Archive;
import leadglass.archive.Cause;
import leadglass.archive.Doctor;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;

/// Peers at the door of a [Ward], what they are told, and what its doctor knows of them.
///
/// @param site whose doctor is asked
record Consultation(Ward ward, Archive site) {
  /// Rejected-permanent, service-user, calling-AE-title-not-recognized (PS3.8 Table 9-21).
  static final byte[] STRANGER = {0, 1, 1, 3};

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  Consultation(Ward ward) {
    this(ward, ward.clinic.archive);
  }

  /// The server is not what is tested here.
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  static SSLContext showing(KeyManager[] keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  RawScu.Builder plain() {
    return plain(ward.clinic.server);
  }

  static RawScu.Builder plain(DicomServer server) {
    return RawScu.to(server.port()).called(Clinic.TITLE);
  }

  RawScu.Builder as(String title) {
    return as(title, ward.clinic.server);
  }

  RawScu.Builder as(String title, DicomServer server) {
    return plain(server).tls(showing(Clinic.keys(ward.clinic.identity(title)))).calling(title);
  }

  /// Somebody with a certificate of their own, from an address of their own.
  RawScu.Builder from(String address, KeyManager[] keys) {
    return plain().from(InetAddress.ofLiteral(address)).tls(showing(keys));
  }

  static RawScu.Builder echoing(RawScu.Builder asking) {
    return asking.propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
  }

  static void isRefused(RawScu.Builder asking) {
    assertThatThrownBy(() -> echoing(asking).open().close()).isInstanceOf(IOException.class);
  }

  static byte[] rejection(RawScu.Builder asking) {
    RawScu.NotAcceptedException refused =
        catchThrowableOfType(
            RawScu.NotAcceptedException.class, () -> echoing(asking).open().close());
    assertThat(refused.pdu.type()).isEqualTo(RawPdu.ASSOCIATE_RJ);
    return refused.pdu.body();
  }

  List<Doctor.Case> cases(String whom) {
    return site.doctor().of(Clinic.CONSOLE, whom);
  }

  /// A case is written by the association's thread, which the peer does not wait for.
  Doctor.Case found(String whom, Cause cause) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<Doctor.Case> found =
          cases(whom).stream().filter(each -> each.cause() == cause).findFirst();
      if (found.isPresent()) {
        assertThat(found.get().command()).startsWith("leadglass ");
        return found.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError(cause + " is not among " + cases(whom));
  }
}
