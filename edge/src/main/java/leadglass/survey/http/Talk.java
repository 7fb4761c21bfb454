package leadglass.survey.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import leadglass.survey.Visit;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// One request, one answer, one connection. A redirect is told, and not followed.
public final class Talk {
  private static final String AGENT =
      "Leadglass-check (looks at what a stranger can see; asked to by whoever answers for this host)";

  /// Whoever broke off, stalled or flooded so often at one door is not asked further there.
  private static final int FAULTS_MAX = 3;

  /// How often it went wrong at a door.
  private static final class Patience {
    private int faults;
  }

  private Talk() {}

  /// Asks.
  ///
  /// @param watches look at the body; without any, it is not read
  /// @throws WireFault if what comes is no answer
  public static Heard ask(Visit visit, Ask ask, Watch... watches) throws IOException {
    Patience patience = visit.fact(Patience.class).orElseGet(Patience::new);
    visit.note(patience);
    if (patience.faults >= FAULTS_MAX) {
      throw new WireFault(WireFault.Kind.LEFT_ALONE);
    }
    try (Line line = visit.open()) {
      line.write(
          (ask.method()
                  + " "
                  + ask.path()
                  + " HTTP/1.1\r\nHost: "
                  + host(visit)
                  + "\r\nUser-Agent: "
                  + AGENT
                  + "\r\nAccept: "
                  + ask.accept()
                  + "\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      return new Reading(line, new Fields(visit.authority(), visit.service().isTls()))
          .read(ask.method(), watches);
    } catch (IOException e) {
      patience.faults++;
      throw e;
    }
  }

  /// With the port, unless it is the usual one (RFC 9110 §7.2).
  private static String host(Visit visit) {
    int port = visit.door().port();
    boolean usual = port == (visit.service().isTls() ? 443 : 80);
    return usual ? visit.authority() : visit.authority() + ":" + port;
  }
}
