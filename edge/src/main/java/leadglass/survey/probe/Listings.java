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
import leadglass.survey.http.Talk;

/// Folders that a web server lists, and a DICOMDIR by its name only: it holds patients' names, so
/// it is not fetched.
final class Listings implements Probe {
  private static final Decision IMAGES =
      Decision.open(
          Level.OPEN,
          "lists-dicom-files",
          "lists a folder with DICOM files to strangers, who can have them by a click");
  private static final Decision DICOMDIR =
      Decision.open(
          Level.OPEN,
          "has-dicomdir",
          "gives strangers a DICOMDIR, which lists patients, studies and images");
  private static final Decision FOLDER =
      Decision.open(
          Level.EXPOSED,
          "lists-folder",
          "lists a folder to strangers; no DICOM file is seen in it");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "lists-anything", "lists even a folder that can't exist: a look-alike or a honeypot");
  private static final Decision REFUSES =
      Decision.closed("refuses", "refuses strangers its folders");
  private static final Decision NONE =
      Decision.closed("none", "lists no folder where images are often put");
  private static final List<String> FOLDERS = List.of("/dicom/", "/images/", "/DICOM/");

  @Override
  public String name() {
    return "web-listing";
  }

  @Override
  public String title() {
    return "Lists folders with DICOM files";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 80;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(IMAGES, DICOMDIR, FOLDER, ANYTHING, REFUSES, NONE);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Site> site = visit.fact(Site.class);
    if (site.isEmpty()) {
      return List.of();
    }
    if (site.get().nowhere().heard().ok() && site.get().nowhere().listing()) {
      return List.of(new Finding(name(), ANYTHING));
    }
    Set<Decision> found = new LinkedHashSet<>();
    look(site.get().root(), found);
    for (String folder : FOLDERS) {
      look(Page.get(visit, folder), found);
    }
    Heard index = Talk.ask(visit, Ask.head("/DICOMDIR"));
    if (index.status() == 200
        && !index.content().isPage()
        && !index.content().isJson()
        && !site.get().answersAnything()) {
      found.add(DICOMDIR);
    }
    if (found.isEmpty()) {
      found.add(site.get().root().heard().refused() ? REFUSES : NONE);
    }
    return found.stream()
        .map(each -> new Finding(name(), each))
        .map(each -> site.get().front().map(each::with).orElse(each))
        .toList();
  }

  private static void look(Page page, Set<Decision> found) {
    if (page.heard().ok() && page.listing()) {
      found.add(page.dicomFiles() ? IMAGES : FOLDER);
    }
  }
}
