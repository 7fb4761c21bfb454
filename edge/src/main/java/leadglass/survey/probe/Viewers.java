package leadglass.survey.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Probe;
import leadglass.survey.Product;
import leadglass.survey.Service;
import leadglass.survey.Visit;

/// Viewers by their pages. That one can be reached shows no image by itself: that is for the
/// services behind it to refuse.
final class Viewers implements Probe {
  private static final Decision REACHABLE =
      Decision.note(
          "reachable", "shows the pages of a viewer without signing in, and so what it is");
  private static final Decision SIGN_IN =
      Decision.closed("asks-sign-in", "asks for a sign-in on the page of a viewer or an archive");
  private static final Decision NONE =
      Decision.closed("none-known", "shows no viewer that is known, where such usually are");
  private static final List<String> PATHS =
      List.of("/ohif/", "/viewer/", "/oviyam2/", "/dwv/", "/weasis-pacs-connector/");
  private static final List<String> ORTHANC_PATHS =
      List.of(
          "/app/explorer.html",
          "/ui/app/",
          "/stone-webviewer/index.html",
          "/volview/index.html",
          "/ohif/");

  @Override
  public String name() {
    return "web-viewer";
  }

  @Override
  public String title() {
    return "Shows a viewer";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 70;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(REACHABLE, SIGN_IN, NONE);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Site> site = visit.fact(Site.class);
    if (site.isEmpty()) {
      return List.of();
    }
    List<Page> pages = new ArrayList<>(List.of(site.get().root()));
    Optional<OrthancRest.Orthanc> orthanc = visit.fact(OrthancRest.Orthanc.class);
    String place = orthanc.map(OrthancRest.Orthanc::place).orElse("");
    for (String path : orthanc.isPresent() ? ORTHANC_PATHS : PATHS) {
      Page page = Page.get(visit, place + path);
      // What every path gets was looked at already, at the root.
      if (!site.get().lacks(page.heard()) || !page.viewer().equals(site.get().nowhere().viewer())) {
        pages.add(page);
      }
    }
    Set<Finding> found = new LinkedHashSet<>();
    for (Page page : pages) {
      page.viewer().map(viewer -> finding(page, viewer)).ifPresent(found::add);
    }
    return found.isEmpty() ? List.of(new Finding(name(), NONE)) : List.copyOf(found);
  }

  private Finding finding(Page page, Viewer viewer) {
    boolean shown = page.heard().ok() && !page.password();
    Finding finding = new Finding(name(), shown ? REACHABLE : SIGN_IN);
    return viewer.product() == Product.UNKNOWN ? finding : finding.with(viewer.product());
  }
}
