package leadglass.survey.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.net.ul.UserInformation.UserIdentity;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.dicom.Admitted;
import leadglass.survey.dicom.Introduction;

/// User identity (PS3.7 §D.3.3.7): the name of somebody who does not exist, without a passcode. No
/// credential is tried.
final class Identity implements Probe {
  private static final Decision NOT_ASKED =
      Decision.note("not-demanded", "demands no user identity before it gives an association");
  private static final Decision ANYBODY =
      Decision.open(
          Level.NOMINAL,
          "any-name",
          "gives an association to whoever names a user, even one that" + " does not exist");
  private static final Decision HONOURED =
      Decision.closed("refused", "does not take the name of somebody who does not exist");

  @Override
  public String name() {
    return "dicom-user-identity";
  }

  @Override
  public String title() {
    return "Checks a user identity";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM, Service.DICOM_TLS);
  }

  @Override
  public int order() {
    return 15;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(NOT_ASKED, ANYBODY, HONOURED);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    if (visit.fact(Admitted.class).isPresent()) {
      return List.of(new Finding(name(), NOT_ASKED));
    }
    Introduction first = visit.fact(Introduction.class).orElseThrow();
    if (first.welcome() != Introduction.Welcome.REJECTED) {
      return List.of();
    }
    UserIdentity nobody = new UserIdentity(UserIdentity.NAME, true, visit.unknownTitle(), "");
    Introduction made =
        Introduction.make(visit, visit.open(), Introduction.unknown(visit), Optional.of(nobody));
    boolean in = made.welcome() == Introduction.Welcome.ACCEPTED && !made.nonsense();
    if (in) {
      visit.note(new Admitted(made.titles(), made.accepted(), false));
    }
    return List.of(new Finding(name(), in ? ANYBODY : HONOURED));
  }
}
