package leadglass.survey.probe;

import java.util.List;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.http.Heard;
import leadglass.survey.http.Sign;
import leadglass.survey.scope.Reach;

/// Whether it asks for a password where everyone on the way can read it.
final class WebClearText implements Probe {
  private static final Decision IN_CLEAR =
      Decision.open(
          Level.NOMINAL,
          "password-in-clear",
          "asks for a password over HTTP: whoever is on the way can read it, and what follows");
  private static final Decision ON_LOOPBACK =
      Decision.note(
          "password-in-clear-here",
          "asks for a password over HTTP, which is in clear; on this machine only, as it was asked");
  private static final Decision WAY =
      Decision.note(
          "sign-in-in-clear", "sends strangers to a sign-in over HTTP, where it may be in clear");
  private static final Decision TO_HTTPS =
      Decision.closed("to-https", "sends whoever comes over HTTP to HTTPS");
  private static final Decision NONE =
      Decision.closed("no-password", "does not ask for a password over HTTP");

  @Override
  public String name() {
    return "web-clear-text";
  }

  @Override
  public String title() {
    return "Asks for a password in clear";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.HTTP, Service.ELASTICSEARCH);
  }

  @Override
  public int order() {
    return 52;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(IN_CLEAR, ON_LOOPBACK, WAY, TO_HTTPS, NONE);
  }

  @Override
  public List<Finding> ask(Visit visit) {
    return visit
        .fact(Site.class)
        .map(site -> List.of(new Finding(name(), decision(visit.reach() == Reach.LOOPBACK, site))))
        .orElse(List.of());
  }

  static Decision decision(boolean loopback, Site site) {
    if (asks(site.root()) || asks(site.nowhere())) {
      return loopback ? ON_LOOPBACK : IN_CLEAR;
    }
    Heard root = site.root().heard();
    if (root.is(Sign.MOVES_HERE) && root.is(Sign.MOVES_TO_SIGN_IN)) {
      return WAY;
    }
    return root.is(Sign.MOVES_TO_HTTPS) ? TO_HTTPS : NONE;
  }

  private static boolean asks(Page page) {
    Heard heard = page.heard();
    return page.password() || (heard.status() == 401 && heard.is(Sign.BASIC));
  }
}
