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
import leadglass.survey.http.NumberWatch;
import leadglass.survey.http.ShapeWatch;
import leadglass.survey.http.Talk;
import leadglass.survey.http.TitleWatch;

/// dcm4chee-arc's own interface: the AE titles that it lists, and its counters.
final class Dcm4cheeRest implements Probe {
  private static final Decision COUNTS =
      Decision.open(
          Level.OPEN,
          "answers",
          "gives strangers dcm4chee's REST interface: studies are counted for them");
  private static final Decision TITLES =
      Decision.open(
          Level.EXPOSED,
          "lists-titles",
          "lists its AE titles to strangers, and asks them to sign in for the rest");
  private static final Decision ANYTHING =
      Decision.cantTell("answers-anything", "counts what can't exist: a look-alike or a honeypot");
  private static final Decision FAILS =
      Decision.cantTell("fails", "lists its AE titles to strangers, and fails to count");
  private static final Decision REFUSES =
      Decision.closed("refuses", "asks strangers to sign in before dcm4chee's REST interface");
  private static final Decision NOT_THERE =
      Decision.closed("not-there", "has no dcm4chee REST interface where one usually is");
  private static final String AETS = "/dcm4chee-arc/aets";

  /// The one in the paths of its own documentation.
  private static final String DOCUMENTED = "DCM4CHEE";

  @Override
  public String name() {
    return "dcm4chee-rest";
  }

  @Override
  public String title() {
    return "Gives dcm4chee's REST interface";
  }

  @Override
  public Set<Service> services() {
    return Site.WEB;
  }

  @Override
  public int order() {
    return 56;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(COUNTS, TITLES, ANYTHING, FAILS, REFUSES, NOT_THERE);
  }

  /// A fact: there is one.
  ///
  /// @param rs where its DICOMweb services are
  /// @param wado where WADO-URI is
  record Arc(String rs, String wado) {
    static Arc of(String title) {
      return new Arc(AETS + "/" + title + "/rs", AETS + "/" + title + "/wado");
    }

    @Override
    public String toString() {
      return "Arc";
    }
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Site> site = visit.fact(Site.class);
    if (site.isEmpty()) {
      return List.of();
    }
    TitleWatch titles = new TitleWatch();
    ShapeWatch shape = new ShapeWatch();
    Heard heard = Talk.ask(visit, Ask.json(AETS), titles, shape);
    boolean usual = heard.status() == site.get().nowhere().heard().status();
    if ((heard.refused() || heard.moves()) && !usual) {
      visit.note(Arc.of(DOCUMENTED));
      return List.of(new Finding(name(), REFUSES).with(Product.DCM4CHEE));
    }
    if (!heard.ok() || shape.shape() != ShapeWatch.Shape.ROWS || titles.titles().isEmpty()) {
      return List.of(new Finding(name(), NOT_THERE));
    }
    boolean documented = titles.titles().contains(DOCUMENTED);
    Arc arc = Arc.of(documented ? DOCUMENTED : titles.titles().getFirst());
    visit.note(arc);
    return List.of(counted(visit, arc).with(Product.DCM4CHEE));
  }

  private Finding counted(Visit visit, Arc arc) throws IOException {
    Count studies = count(visit, arc, "/studies");
    if (studies.heard().refused() || studies.heard().moves()) {
      return new Finding(name(), TITLES);
    }
    if (studies.number().isEmpty()) {
      return new Finding(name(), FAILS);
    }
    if (count(visit, arc, Site.nonsense(visit)).number().isPresent()) {
      return new Finding(name(), ANYTHING);
    }
    Counts counts =
        Counts.of(
            count(visit, arc, "/patients").number(),
            studies.number(),
            count(visit, arc, "/instances").number(),
            Counts.Source.VENDOR);
    Heard image =
        Talk.ask(visit, Ask.dicomJson(arc.rs() + "/studies/" + visit.unknownUid() + "/metadata"));
    boolean had = image.status() == 404 || image.status() == 204;
    return new Finding(name(), COUNTS).with(had ? counts.allAccessible() : counts);
  }

  private record Count(Heard heard, OptionalLong number) {}

  private static Count count(Visit visit, Arc arc, String what) throws IOException {
    NumberWatch watch = new NumberWatch("count");
    Heard heard = Talk.ask(visit, Ask.json(arc.rs() + what + "/count"), watch);
    return new Count(heard, heard.ok() ? watch.number() : OptionalLong.empty());
  }
}
