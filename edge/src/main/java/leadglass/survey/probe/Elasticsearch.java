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
import leadglass.survey.http.Ask;
import leadglass.survey.http.Heard;
import leadglass.survey.http.NumberWatch;
import leadglass.survey.http.Talk;

/// An index of a search engine, by which patients' data got out before. Documents are no images:
/// they are not counted as such.
final class Elasticsearch implements Probe {
  private static final Decision OPEN =
      Decision.open(
          Level.OPEN, "answers", "lets strangers search and count what Elasticsearch holds");
  private static final Decision NAMED =
      Decision.open(
          Level.EXPOSED,
          "introduces-itself",
          "says that it is Elasticsearch, and refuses the rest");
  private static final Decision FAILS =
      Decision.cantTell("fails", "says that it is Elasticsearch, and fails to count");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "answers-anything", "says that it is Elasticsearch at every path: a look-alike");
  private static final Decision REFUSES =
      Decision.closed("refuses", "asks strangers to sign in before Elasticsearch answers");
  private static final Decision NOT_THERE =
      Decision.closed("not-there", "answers at Elasticsearch's usual port, and is none");

  @Override
  public String name() {
    return "elasticsearch";
  }

  @Override
  public String title() {
    return "Lets search (Elasticsearch)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.HTTP, Service.HTTPS, Service.ELASTICSEARCH);
  }

  @Override
  public int order() {
    return 75;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(OPEN, NAMED, FAILS, ANYTHING, REFUSES, NOT_THERE);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Site> site = visit.fact(Site.class);
    if (site.isEmpty()) {
      return List.of();
    }
    Page root = site.get().root();
    boolean said =
        root.search()
            || root.heard().product().filter(each -> each == Product.ELASTICSEARCH).isPresent();
    boolean meant = visit.service() == Service.ELASTICSEARCH;
    if (root.heard().refused() && (said || meant)) {
      return List.of(new Finding(name(), REFUSES).with(Product.ELASTICSEARCH));
    }
    if (!said) {
      return meant ? List.of(new Finding(name(), NOT_THERE)) : List.of();
    }
    if (site.get().nowhere().heard().ok()) {
      return List.of(new Finding(name(), ANYTHING));
    }
    NumberWatch documents = new NumberWatch("count");
    Heard heard = Talk.ask(visit, Ask.json("/_count"), documents);
    Decision decision =
        heard.refused() ? NAMED : heard.ok() && documents.number().isPresent() ? OPEN : FAILS;
    return List.of(new Finding(name(), decision).with(Product.ELASTICSEARCH));
  }
}
