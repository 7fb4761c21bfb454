package leadglass.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `[audit]` table: what the archive calls itself in audit messages, and where they go.
///
/// @param source empty: the name of the machine
/// @param syslog `HOST:PORT` of a syslog collector that speaks TLS; empty: they go nowhere
/// @param authority PEM file with whoever signed the collector's certificate; empty: whoever the
///   Java platform trusts
/// @param certificate PEM file with a certificate of ours for the collector
/// @param key PEM file with its key
/// @param patients [#PSEUDONYM] or [#IDENTIFIERS]
/// @param enterprise Private Enterprise Number of whoever runs the archive; 0: none
/// @param checkpoint file where the newest signed head of the trail is kept, elsewhere
public record AuditConfig(
    String source,
    String syslog,
    Optional<Path> authority,
    Optional<Path> certificate,
    Optional<Path> key,
    String patients,
    int enterprise,
    Optional<Path> checkpoint) {
  public static final String PSEUDONYM = "pseudonym";
  public static final String IDENTIFIERS = "identifiers";

  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9][A-Za-z0-9.-]{0,252}):(\\d{1,5})");
  private static final int PORT_MAX = 65_535;

  public static AuditConfig defaults() {
    return new AuditConfig(
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        PSEUDONYM,
        0,
        Optional.empty());
  }

  public boolean isForwarded() {
    return !syslog.isEmpty();
  }

  /// Without the brackets of an IPv6 address.
  public String host() {
    return address().group(1).replaceAll("[\\[\\]]", "");
  }

  public int port() {
    return Integer.parseInt(address().group(2));
  }

  private Matcher address() {
    Matcher address = ADDRESS.matcher(syslog);
    if (!address.matches()) {
      throw new IllegalStateException("no collector");
    }
    return address;
  }

  List<String> problems() {
    List<String> found = new ArrayList<>();
    Matcher address = ADDRESS.matcher(syslog);
    if (isForwarded()
        && (!address.matches()
            || Integer.parseInt(address.group(2)) > PORT_MAX
            || Integer.parseInt(address.group(2)) == 0)) {
      found.add("audit.syslog: HOST:PORT, such as logs.example.org:6514");
    }
    if (certificate.isPresent() != key.isPresent()) {
      found.add("audit.syslog-certificate-file and audit.syslog-key-file go together");
    }
    if (!patients.equals(PSEUDONYM) && !patients.equals(IDENTIFIERS)) {
      found.add("audit.syslog-patients: \"" + PSEUDONYM + "\" or \"" + IDENTIFIERS + "\"");
    }
    if (!source.matches("[\\x21-\\x7e]{0,255}")) {
      found.add("audit.source: a name without spaces");
    }
    if (enterprise < 0) {
      found.add("audit.syslog-enterprise: your Private Enterprise Number");
    }
    return found;
  }
}
