package leadglass.survey.wire;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/// The JDK remembers the last 750 certificates that it read, and with them the names of whoever was
/// asked. There is no way to have it forget, but to give it others to remember.
public final class Remembered {
  private static final int CERTIFICATES = 1000;

  /// Of nobody; its serial number begins at this byte.
  private static final int SERIAL = 15;

  private static final String NOBODY =
      "MIIBbDCCAROgAwIBAgIIcAAAAAAAAAEwCgYIKoZIzj0EAwIwETEPMA0GA1UEAwwGbm9ib2R5MCAXDTI2MTEyNjEzND"
          + "MyOVoYDzIxMjYxMTAyMTM0MzI5WjARMQ8wDQYDVQQDDAZub2JvZHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC"
          + "AAS/RCcw4mGnZxeMAhh1oh54LJ+NawamHpoUEL8HaI3E+yfUAAEzbBfG2Zhkm6xK9ateH9G8Mjp7wp3WzdOaLE"
          + "cNo1MwUTAdBgNVHQ4EFgQUnjnI0r7T0usljskeimiliB+76lMwHwYDVR0jBBgwFoAUnjnI0r7T0usljskeimil"
          + "iB+76lMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiANElYsTTGE+UNbdpnUMUptkOHvQQudDv"
          + "OJk2CxvetiqQIgHhDlRqNO0Mnxf1B1HmgjVzs0mEs5GKT+W1FwDB5be3U=";

  private Remembered() {}

  /// Drives out whatever it remembers.
  public static void forget() {
    byte[] certificate = Base64.getDecoder().decode(NOBODY);
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (int i = 0; i < CERTIFICATES; i++) {
        certificate[SERIAL + 1] = (byte) (i >> 8);
        certificate[SERIAL + 2] = (byte) i;
        factory.generateCertificate(new ByteArrayInputStream(certificate));
      }
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate of our own", e);
    }
  }
}
