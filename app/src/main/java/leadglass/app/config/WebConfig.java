package leadglass.app.config;

import java.util.ArrayList;
import java.util.List;

/// The `[web]` table: pages and DICOMweb.
///
/// @param listen IP address; loopback until set-up is done
/// @param port HTTPS port, 0 for any free one
/// @param names host names and addresses the certificate is made for, beside localhost
/// @param requestsMax requests served at a time; the next one waits, then is told to come back
public record WebConfig(String listen, int port, List<String> names, int requestsMax) {

  public static WebConfig defaults() {
    return new WebConfig("127.0.0.1", 8443, List.of(), 256);
  }

  List<String> problems() {
    List<String> found = new ArrayList<>();
    Problems.port(found, "web.port", port);
    Problems.address(found, "web.listen", listen);
    Problems.atLeastOne(found, "web.requests-max", requestsMax);
    for (String name : names) {
      if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?")) {
        found.add("web.names: each a host name or an IP address");
      }
    }
    return found;
  }
}
