package leadglass.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// To whom the newest checkpoint is sent once a day, and the `[mail]` table: by which server.
///
/// @param to `audit.mail`, one address; empty: to nobody
/// @param server `HOST:PORT`; on port 465 TLS begins at once, on any other by STARTTLS. There is no
///   way without
/// @param from the sender's address
/// @param password file with a password, or with a user on one line and the password on the next;
///   without a user it is the sender's address. Empty: the server asks for none
/// @param authority PEM file with whoever signed its certificate; empty: whoever the Java platform
///   trusts
public record MailConfig(
    String to, String server, String from, Optional<Path> password, Optional<Path> authority) {
  private static final Pattern SERVER =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9][A-Za-z0-9.-]{0,252}):([1-9]\\d{0,4})");
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
  private static final int IMPLICIT = 465; // RFC 8314
  private static final int PORT_MAX = 65_535;

  public static MailConfig defaults() {
    return new MailConfig("", "", "", Optional.empty(), Optional.empty());
  }

  public boolean isSet() {
    return !to.isEmpty();
  }

  /// Without the brackets of an IPv6 address.
  public String host() {
    return parts().group(1).replaceAll("[\\[\\]]", "");
  }

  public int port() {
    return Integer.parseInt(parts().group(2));
  }

  /// Whether TLS begins at once.
  public boolean isImplicit() {
    return port() == IMPLICIT;
  }

  private Matcher parts() {
    Matcher parts = SERVER.matcher(server);
    if (!parts.matches()) {
      throw new IllegalStateException("no mail server");
    }
    return parts;
  }

  List<String> problems() {
    List<String> found = new ArrayList<>();
    if (!isSet()) {
      if (!server.isEmpty() || !from.isEmpty() || password.isPresent() || authority.isPresent()) {
        found.add("audit.mail: the address that checkpoints are sent to");
      }
      return found;
    }
    if (!ADDRESS.matcher(to).matches()) {
      found.add("audit.mail: one address, such as audit@example.org");
    }
    if (!SERVER.matcher(server).matches() || port() > PORT_MAX) {
      found.add("mail.server: HOST:PORT, such as mail.example.org:465 or mail.example.org:587");
    }
    if (!ADDRESS.matcher(from).matches()) {
      found.add("mail.from: the sender's address, such as leadglass@example.org");
    }
    return found;
  }
}
