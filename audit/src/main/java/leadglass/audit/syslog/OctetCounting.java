package leadglass.audit.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/// Frames of syslog over TLS: a length in decimal, a space, the message (RFC 5425 §4.3).
public final class OctetCounting {
  private OctetCounting() {}

  /// @return bytes written
  public static int write(OutputStream out, byte[] message) throws IOException {
    byte[] length = (message.length + " ").getBytes(US_ASCII);
    out.write(length);
    out.write(message);
    return length.length + message.length;
  }
}
