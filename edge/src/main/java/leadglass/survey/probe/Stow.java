package leadglass.survey.probe;

import java.io.IOException;
import java.util.LinkedHashSet;
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

/// STOW-RS (PS3.18 §10.5), by OPTIONS only: nothing is ever stored.
final class Stow implements Probe {
  private static final Decision ANNOUNCES =
      Decision.open(
          Level.EXPOSED,
          "announces",
          "announces to strangers that it takes images, where it lists studies for them (not tried)");
  private static final Decision BEHIND =
      Decision.closed(
          "behind-sign-in", "announces that it takes images, and asks strangers to sign in there");
  private static final Decision NO =
      Decision.closed("not-announced", "does not announce to strangers that it takes images");

  @Override
  public String name() {
    return "web-stow";
  }

  @Override
  public String title() {
    return "Accepts images (STOW-RS, by OPTIONS only)";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 64;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(ANNOUNCES, BEHIND, NO);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<WebRoots> roots = visit.fact(WebRoots.class);
    Set<Decision> found = new LinkedHashSet<>();
    if (roots.isPresent()) {
      for (WebRoots.Root root : roots.get().worthAsking()) {
        Heard heard = Talk.ask(visit, Ask.options(root.path() + "/studies"));
        boolean announced = heard.ok() && heard.is(Sign.TAKES_POST);
        found.add(announced ? root.open() ? ANNOUNCES : BEHIND : NO);
      }
    }
    return found.stream().map(each -> new Finding(name(), each)).toList();
  }
}
