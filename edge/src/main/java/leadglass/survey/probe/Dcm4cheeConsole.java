package leadglass.survey.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.http.Ask;
import leadglass.survey.http.Heard;
import leadglass.survey.http.Sign;
import leadglass.survey.http.Talk;

/// The management console of the application server that dcm4chee runs in. No password is tried.
final class Dcm4cheeConsole implements Probe {
  private static final Decision REACHABLE =
      Decision.open(
          Level.EXPOSED,
          "reachable",
          "answers strangers with its management console, which only a password then protects");
  private static final Decision SHOWS =
      Decision.note("shows-the-way", "tells strangers where its management console is");
  private static final Decision REFUSES =
      Decision.closed("refuses", "asks strangers to sign in before its management console");
  private static final Decision NOT_THERE =
      Decision.closed("not-there", "has no management console at this port");
  private static final Set<Integer> MANAGEMENT = Set.of(9990, 9993);

  @Override
  public String name() {
    return "dcm4chee-console";
  }

  @Override
  public String title() {
    return "Shows a management console";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 58;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(REACHABLE, SHOWS, REFUSES, NOT_THERE);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Site> site = visit.fact(Site.class);
    boolean management = MANAGEMENT.contains(visit.door().port());
    if (site.isEmpty() || (!management && visit.fact(Dcm4cheeRest.Arc.class).isEmpty())) {
      return List.of();
    }
    Heard heard = Talk.ask(visit, Ask.page("/console"));
    boolean usual = heard.status() == site.get().nowhere().heard().status();
    if (usual || site.get().lacks(heard)) {
      return List.of(new Finding(name(), NOT_THERE));
    }
    if (heard.refused() || heard.is(Sign.MOVES_TO_SIGN_IN)) {
      return List.of(new Finding(name(), REFUSES));
    }
    if (heard.ok() || (heard.moves() && management)) {
      return List.of(new Finding(name(), REACHABLE));
    }
    return List.of(new Finding(name(), heard.moves() ? SHOWS : NOT_THERE));
  }
}
