package leadglass.survey.probe;

import java.io.IOException;
import java.util.ArrayList;
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

/// WADO-URI (PS3.18 §9). Without parameters it says that they are missing, which shows that it is
/// there; then it is asked for an image that can't exist.
final class WadoUri implements Probe {
  private static final Decision ANSWERS =
      Decision.open(
          Level.OPEN,
          "answers",
          "looks for an image that a stranger asks for: whoever knows its UIDs can have it");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "gives-anything", "gives an image that can't exist: a look-alike; it was not read");
  private static final Decision FAILS =
      Decision.cantTell("fails", "fails on a stranger's request for an image that can't exist");
  private static final Decision REFUSES =
      Decision.closed("refuses", "refuses a stranger's request for an image");
  private static final Decision NOT_THERE =
      Decision.closed("not-there", "shows no WADO-URI on the paths of known products");

  @Override
  public String name() {
    return "web-wado-uri";
  }

  @Override
  public String title() {
    return "Gives images (WADO-URI)";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 66;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(ANSWERS, ANYTHING, FAILS, REFUSES, NOT_THERE);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Site> site = visit.fact(Site.class);
    if (site.isEmpty()) {
      return List.of();
    }
    List<String> paths = new ArrayList<>(List.of("/wado"));
    visit.fact(Dcm4cheeRest.Arc.class).ifPresent(arc -> paths.add(arc.wado()));
    visit
        .fact(OrthancRest.Orthanc.class)
        .filter(orthanc -> !orthanc.place().isEmpty())
        .ifPresent(orthanc -> paths.add(orthanc.place() + "/wado"));
    Set<Decision> found = new LinkedHashSet<>();
    for (String path : paths) {
      decision(visit, site.get(), path).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      found.add(NOT_THERE);
    }
    return found.stream().map(each -> new Finding(name(), each)).toList();
  }

  private static Optional<Decision> decision(Visit visit, Site site, String path)
      throws IOException {
    Heard bare = Talk.ask(visit, Ask.page(path));
    if (bare.refused()) {
      return Optional.of(REFUSES);
    }
    int usual = site.nowhere().heard().status();
    if (bare.ok() || bare.moves() || site.lacks(bare) || bare.status() == usual) {
      return Optional.empty();
    }
    Heard heard =
        Talk.ask(visit, new Ask(leadglass.survey.http.Method.GET, image(visit, path), "*/*"));
    if (heard.refused() || heard.moves()) {
      return Optional.of(REFUSES);
    }
    return Optional.of(heard.ok() ? ANYTHING : heard.status() == 404 ? ANSWERS : FAILS);
  }

  private static String image(Visit visit, String path) {
    return path
        + "?requestType=WADO&studyUID="
        + visit.unknownUid()
        + "&seriesUID="
        + visit.unknownUid()
        + "&objectUID="
        + visit.unknownUid()
        + "&contentType=application/dicom";
  }
}
