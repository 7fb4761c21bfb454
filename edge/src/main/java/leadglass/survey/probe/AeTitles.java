package leadglass.survey.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.dicom.Admitted;
import leadglass.survey.dicom.Introduction;
import leadglass.survey.dicom.Titles;

/// Who gets an association, by which names (PS3.8 Table 9-21). Titles are told to us or random;
/// none is guessed.
final class AeTitles implements Probe {
  private static final Decision ANYONE =
      Decision.open(
          Level.EXPOSED,
          "any-titles",
          "gives an association to anyone, whatever AE titles are used");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "accepts-anything",
          "accepts even a SOP class that does not exist: a look-alike, a honeypot, or a server that"
              + " is set to accept anything");
  private static final Decision TITLE =
      Decision.open(
          Level.NOMINAL,
          "titles-are-enough",
          "gives an association to whoever knows its AE title, which is a name and no proof");
  private static final Decision ASKS_CALLED =
      Decision.note(
          "asks-called-title",
          "asks for its AE title, which is a name and no proof; none was told, and none guessed");
  private static final Decision ASKS_CALLING =
      Decision.note(
          "asks-calling-title",
          "asks for a known calling AE title, which is a name and no proof; none was guessed");
  private static final Decision REJECTS =
      Decision.closed("rejects", "rejects a stranger's association without saying why");
  private static final Decision ABORTS =
      Decision.closed("aborts", "aborts a stranger's association");
  private static final Decision BUSY =
      Decision.cantTell("busy", "rejects for the moment: it has no room");
  private static final Decision OTHER =
      Decision.cantTell("not-dicom", "what it answers is not DICOM");

  @Override
  public String name() {
    return "dicom-association";
  }

  @Override
  public String title() {
    return "Gives an association to strangers (A-ASSOCIATE)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM, Service.DICOM_TLS);
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(
        ANYONE, ANYTHING, TITLE, ASKS_CALLED, ASKS_CALLING, REJECTS, ABORTS, BUSY, OTHER);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Introduction first = visit.fact(Introduction.class).orElseThrow();
    Introduction last = first;
    if (refusesByName(last)) {
      last = declared(visit, last);
    }
    if (last.welcome() == Introduction.Welcome.REJECTED && last.equals(first)) {
      last = introduced(visit, visit.unknownTitle(), false, visit.unknownTitle(), false);
    }
    if (last.welcome() == Introduction.Welcome.ACCEPTED) {
      visit.note(new Admitted(last.titles(), last.accepted(), last.nonsense()));
    }
    return List.of(new Finding(name(), decision(last)).with(last.product()));
  }

  private static boolean refusesByName(Introduction made) {
    return made.welcome() == Introduction.Welcome.CALLED_TITLE_NOT_RECOGNIZED
        || made.welcome() == Introduction.Welcome.CALLING_TITLE_NOT_RECOGNIZED
        || made.welcome() == Introduction.Welcome.REJECTED;
  }

  /// With the titles that somebody told us, if any.
  private static Introduction declared(Visit visit, Introduction first) throws IOException {
    Optional<String> called = visit.declared().called();
    Optional<String> calling = visit.declared().calling();
    if (called.isEmpty() && calling.isEmpty()) {
      return first;
    }
    Introduction next =
        introduced(
            visit, called.orElse(first.titles().called()), called.isPresent(), Titles.OURS, false);
    if (calling.isPresent() && refusesByName(next)) {
      next = introduced(visit, next.titles().called(), called.isPresent(), calling.get(), true);
    }
    return next;
  }

  private static Introduction introduced(
      Visit visit, String called, boolean calledDeclared, String calling, boolean callingDeclared)
      throws IOException {
    return Introduction.make(
        visit,
        visit.open(),
        new Titles(called, calling, calledDeclared, callingDeclared),
        Optional.empty());
  }

  private static Decision decision(Introduction made) {
    boolean told = made.titles().calledDeclared() || made.titles().callingDeclared();
    return switch (made.welcome()) {
      case ACCEPTED -> made.nonsense() ? ANYTHING : told ? TITLE : ANYONE;
      case CALLED_TITLE_NOT_RECOGNIZED -> ASKS_CALLED;
      case CALLING_TITLE_NOT_RECOGNIZED -> ASKS_CALLING;
      case REJECTED -> REJECTS;
      case BUSY -> BUSY;
      case ABORTED -> ABORTS;
      case NOT_DICOM -> OTHER;
    };
  }
}
