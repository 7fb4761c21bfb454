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
import leadglass.survey.http.ShapeWatch;
import leadglass.survey.http.Talk;

/// WADO-RS (PS3.18 §10.4): the metadata of a study that can't exist. Being told that there is none
/// is an answer; being told to sign in is not.
final class WadoRs implements Probe {
  private static final Decision ANSWERS =
      Decision.open(
          Level.OPEN,
          "answers",
          "looks for a study that a stranger asks for: whoever knows a UID can have its images");
  private static final Decision ROWS =
      Decision.cantTell(
          "rows-for-nothing", "gives a study that can't exist: a look-alike; it was not read");
  private static final Decision UNCLEAR =
      Decision.cantTell(
          "unclear", "says that there is no such study, or no such service: both look alike");
  private static final Decision FAILS =
      Decision.cantTell("fails", "fails on a stranger's request for a study that can't exist");
  private static final Decision REFUSES =
      Decision.closed("refuses", "refuses a stranger's request for a study");
  private static final Decision NOT_OFFERED =
      Decision.closed("not-offered", "does not give studies where it lists them");

  @Override
  public String name() {
    return "web-wado-rs";
  }

  @Override
  public String title() {
    return "Gives images (WADO-RS)";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 62;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(ANSWERS, ROWS, UNCLEAR, FAILS, REFUSES, NOT_OFFERED);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<WebRoots> roots = visit.fact(WebRoots.class);
    Set<Decision> found = new LinkedHashSet<>();
    if (roots.isPresent()) {
      for (WebRoots.Root root : roots.get().worthAsking()) {
        found.add(decision(visit, root));
      }
    }
    return found.stream().map(each -> new Finding(name(), each)).toList();
  }

  private static Decision decision(Visit visit, WebRoots.Root root) throws IOException {
    ShapeWatch shape = new ShapeWatch();
    Heard heard =
        Talk.ask(
            visit,
            Ask.dicomJson(root.path() + "/studies/" + visit.unknownUid() + "/metadata"),
            shape);
    if (heard.refused() || heard.moves()) {
      return REFUSES;
    }
    if (heard.status() == 405 || heard.status() == 501) {
      return NOT_OFFERED;
    }
    boolean none =
        heard.status() == 404
            || heard.status() == 410
            || heard.status() == 204
            || (heard.ok() && shape.shape() == ShapeWatch.Shape.EMPTY_ARRAY);
    if (!none) {
      return heard.ok() && shape.shape() == ShapeWatch.Shape.ROWS ? ROWS : FAILS;
    }
    // Where listing is refused, only a service that refuses what it does not know proves anything.
    return root.open() || Talk.ask(visit, Ask.json(root.path() + Site.nonsense(visit))).refused()
        ? ANSWERS
        : UNCLEAR;
  }
}
