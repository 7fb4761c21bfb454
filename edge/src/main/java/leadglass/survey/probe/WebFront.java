package leadglass.survey.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.http.Heard;
import leadglass.survey.http.Sign;

/// What a web server says of itself before anything is asked of it. Goes first: the others go by
/// what it finds.
final class WebFront implements Probe {
  private static final Decision VERSION =
      Decision.note("reveals-version", "tells strangers which version of which software it runs");
  private static final Decision NOT_PINNED =
      Decision.note(
          "no-hsts", "does not tell browsers to come by HTTPS only (Strict-Transport-Security)");
  private static final Decision NO_POLICY =
      Decision.note(
          "no-csp", "sends a page without saying what it may load (Content-Security-Policy)");
  private static final Decision DOWN =
      Decision.cantTell("down", "says that it is out of order, whatever is asked");
  private static final Decision TIDY =
      Decision.closed("tidy", "says nothing of itself that helps an attacker");

  @Override
  public String name() {
    return "web-front";
  }

  @Override
  public String title() {
    return "Says much of itself (header fields)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.HTTP, Service.HTTPS, Service.ELASTICSEARCH);
  }

  @Override
  public int order() {
    return 50;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(VERSION, NOT_PINNED, NO_POLICY, DOWN, TIDY);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Site site = Site.of(visit);
    visit.note(site);
    Heard root = site.root().heard();
    List<Decision> found = new ArrayList<>();
    if (root.is(Sign.VERSION) || site.nowhere().heard().is(Sign.VERSION)) {
      found.add(VERSION);
    }
    // Whoever says that this is not its name (421) can't promise anything for it.
    if (mayBePinned(visit) && root.status() != 421 && !root.is(Sign.PINNED)) {
      found.add(NOT_PINNED);
    }
    if (root.ok() && root.content().isPage() && !root.is(Sign.POLICY)) {
      found.add(NO_POLICY);
    }
    if (root.status() >= 500 && site.nowhere().heard().status() >= 500) {
      found.add(DOWN);
    }
    if (found.isEmpty()) {
      found.add(TIDY);
    }
    return found.stream()
        .map(each -> new Finding(name(), each))
        .map(each -> site.product().map(each::with).orElse(each))
        .toList();
  }

  /// Only a name of its own may promise HTTPS (RFC 6797 §8.1.1).
  private static boolean mayBePinned(Visit visit) {
    return visit.service() == Service.HTTPS
        && visit.named()
        && !visit.authority().equalsIgnoreCase("localhost");
  }
}
