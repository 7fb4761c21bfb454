package leadglass.survey.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import leadglass.survey.Counts;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Product;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.http.Ask;
import leadglass.survey.http.Heard;
import leadglass.survey.http.Marker;
import leadglass.survey.http.NumberWatch;
import leadglass.survey.http.ShapeWatch;
import leadglass.survey.http.Talk;

/// Orthanc's own interface: `/system` and the counters of `/statistics`.
final class OrthancRest implements Probe {
  private static final Decision OPEN =
      Decision.open(
          Level.OPEN,
          "answers",
          "gives strangers Orthanc's REST interface: all studies can be listed, had and deleted");
  private static final Decision COUNTERS =
      Decision.open(
          Level.EXPOSED,
          "counters",
          "tells strangers how much it holds, and refuses them the rest");
  private static final Decision VERSION =
      Decision.note("reveals-version", "tells strangers which Orthanc it is, and nothing else");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "answers-anything", "answers paths that can't exist as if they did: a look-alike");
  private static final Decision FAILS =
      Decision.cantTell("fails", "says that it is Orthanc, and fails to say how much it holds");
  private static final Decision REFUSES =
      Decision.closed("refuses", "asks strangers to sign in before Orthanc's REST interface");
  private static final Decision NOT_THERE =
      Decision.closed("not-there", "has no Orthanc REST interface where one usually is");
  private static final List<String> PLACES = List.of("", "/orthanc");

  @Override
  public String name() {
    return "orthanc-rest";
  }

  @Override
  public String title() {
    return "Gives Orthanc's REST interface";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 54;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(OPEN, COUNTERS, VERSION, ANYTHING, FAILS, REFUSES, NOT_THERE);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Site> site = visit.fact(Site.class);
    if (site.isEmpty()) {
      return List.of();
    }
    for (String place : PLACES) {
      Optional<Finding> found = ask(visit, site.get(), place);
      if (found.isPresent()) {
        visit.note(new Orthanc(place));
        return List.of(found.get().with(Product.ORTHANC));
      }
    }
    return List.of(new Finding(name(), NOT_THERE));
  }

  /// A fact: there is one.
  record Orthanc(String place) {}

  private Optional<Finding> ask(Visit visit, Site site, String place) throws IOException {
    Marker version = new Marker("\"ApiVersion\"");
    Marker title = new Marker("\"DicomAet\"");
    ShapeWatch shape = new ShapeWatch();
    Heard system = Talk.ask(visit, Ask.json(place + "/system"), version, title, shape);
    boolean said = system.product().filter(each -> each == Product.ORTHANC).isPresent();
    if (system.refused()) {
      return said ? Optional.of(new Finding(name(), REFUSES)) : Optional.empty();
    }
    boolean is =
        system.ok() && version.found() && title.found() && shape.shape() == ShapeWatch.Shape.OBJECT;
    if (!is) {
      return Optional.empty();
    }
    if (site.answersAnything() && site.nowhere().shape() == ShapeWatch.Shape.OBJECT) {
      return Optional.of(new Finding(name(), ANYTHING));
    }
    return Optional.of(counted(visit, place));
  }

  private Finding counted(Visit visit, String place) throws IOException {
    NumberWatch patients = new NumberWatch("CountPatients");
    NumberWatch studies = new NumberWatch("CountStudies");
    NumberWatch images = new NumberWatch("CountInstances");
    Heard heard = Talk.ask(visit, Ask.json(place + "/statistics"), patients, studies, images);
    if (heard.refused() || heard.moves()) {
      return new Finding(name(), VERSION);
    }
    OptionalLong counted = studies.number();
    if (!heard.ok() || counted.isEmpty()) {
      return new Finding(name(), FAILS);
    }
    Counts counts = Counts.of(patients.number(), counted, images.number(), Counts.Source.VENDOR);
    // An image that can't exist: whoever is told so may have those that do.
    Heard image =
        Talk.ask(visit, Ask.json(place + "/instances" + Site.nonsense(visit) + "/metadata"));
    return image.refused() || image.moves()
        ? new Finding(name(), COUNTERS).with(counts)
        : new Finding(name(), OPEN).with(counts.allAccessible());
  }
}
