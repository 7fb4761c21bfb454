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
import leadglass.survey.http.ShapeWatch;
import leadglass.survey.http.Talk;

/// QIDO-RS (PS3.18 §10.6), for a study that can't exist, where known products have it.
final class Qido implements Probe {
  private static final Decision LISTS =
      Decision.open(
          Level.OPEN,
          "answers",
          "answers a stranger's question for studies: whoever asks can list them");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "answers-anything",
          "answers questions that mean nothing as if they did: a look-alike or a honeypot");
  private static final Decision ROWS =
      Decision.cantTell(
          "rows-for-nothing",
          "lists studies that can't exist: a look-alike, or a server that ignores what is asked;"
              + " the rows were discarded unread");
  private static final Decision FAILS =
      Decision.cantTell("fails", "fails on a stranger's question for studies");
  private static final Decision REFUSES =
      Decision.closed("refuses", "refuses a stranger's question for studies");
  private static final Decision REDIRECTS =
      Decision.closed(
          "redirects", "sends a stranger who asks for studies elsewhere; nobody went there");
  private static final Decision NOT_THERE =
      Decision.closed("not-there", "shows no DICOMweb on the paths of known products");

  @Override
  public String name() {
    return "web-qido";
  }

  @Override
  public String title() {
    return "Lists studies (QIDO-RS)";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 60;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(LISTS, ANYTHING, ROWS, FAILS, REFUSES, REDIRECTS, NOT_THERE);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Site> site = visit.fact(Site.class);
    if (site.isEmpty()) {
      return List.of();
    }
    List<WebRoots.Root> roots = new ArrayList<>();
    Set<Decision> found = new LinkedHashSet<>();
    for (String path : WebRoots.usual(visit)) {
      Decision decision = decision(visit, site.get(), path);
      if (!decision.equals(NOT_THERE)) {
        found.add(decision);
      }
      if (decision.equals(LISTS) || decision.equals(REFUSES)) {
        roots.add(new WebRoots.Root(path, decision.equals(LISTS)));
      }
    }
    visit.note(new WebRoots(roots));
    if (found.isEmpty()) {
      found.add(NOT_THERE);
    }
    return found.stream().map(each -> new Finding(name(), each)).toList();
  }

  private static Decision decision(Visit visit, Site site, String root) throws IOException {
    String question = "?StudyInstanceUID=" + visit.unknownUid() + "&limit=1";
    Answer answer = answer(visit, root + "/studies" + question);
    Heard heard = answer.heard();
    if (heard.refused()) {
      return REFUSES;
    }
    if (heard.moves()) {
      return site.lacks(heard) ? NOT_THERE : REDIRECTS;
    }
    if (answer.none()) {
      return answer(visit, root + Site.nonsense(visit) + question).none() ? ANYTHING : LISTS;
    }
    if (heard.ok() && answer.shape() == ShapeWatch.Shape.ROWS && heard.content().isJson()) {
      return ROWS;
    }
    if (heard.ok() || site.lacks(heard) || heard.status() == site.nowhere().heard().status()) {
      return NOT_THERE;
    }
    return FAILS;
  }

  private record Answer(Heard heard, ShapeWatch.Shape shape) {
    /// It says that nothing matches.
    boolean none() {
      return heard.status() == 204
          || (heard.status() == 200
              && (shape == ShapeWatch.Shape.EMPTY_ARRAY
                  || (shape == ShapeWatch.Shape.NOTHING && heard.content().isJson())));
    }
  }

  private static Answer answer(Visit visit, String path) throws IOException {
    ShapeWatch shape = new ShapeWatch();
    Heard heard = Talk.ask(visit, Ask.dicomJson(path), shape);
    return new Answer(heard, shape.shape());
  }
}
