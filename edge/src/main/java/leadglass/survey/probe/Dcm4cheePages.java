package leadglass.survey.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Product;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.http.Heard;

/// dcm4chee-arc's pages.
final class Dcm4cheePages implements Probe {
  private static final Decision REACHABLE =
      Decision.open(
          Level.EXPOSED, "reachable", "shows the pages of dcm4chee without sending to a sign-in");
  private static final Decision REDIRECTS =
      Decision.closed("sends-to-sign-in", "sends strangers from dcm4chee's pages to a sign-in");
  private static final Decision REFUSES =
      Decision.closed("refuses", "refuses strangers dcm4chee's pages");
  private static final Decision NOT_THERE =
      Decision.closed("not-there", "has no pages of dcm4chee where they usually are");

  @Override
  public String name() {
    return "dcm4chee-pages";
  }

  @Override
  public String title() {
    return "Shows dcm4chee's pages";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 57;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(REACHABLE, REDIRECTS, REFUSES, NOT_THERE);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Site> site = visit.fact(Site.class);
    if (site.isEmpty()) {
      return List.of();
    }
    Page page = Page.get(visit, "/dcm4chee-arc/ui2/");
    Heard heard = page.heard();
    Optional<Viewer> usual = site.get().nowhere().viewer();
    if (heard.ok() && usual.isEmpty() && page.viewer().equals(Optional.of(Viewer.DCM4CHEE))) {
      return List.of(new Finding(name(), REACHABLE).with(Product.DCM4CHEE));
    }
    if (heard.status() == site.get().nowhere().heard().status() || site.get().lacks(heard)) {
      return List.of(new Finding(name(), NOT_THERE));
    }
    if (heard.moves()) {
      return List.of(new Finding(name(), REDIRECTS).with(Product.DCM4CHEE));
    }
    return List.of(new Finding(name(), heard.refused() ? REFUSES : NOT_THERE));
  }
}
