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
import leadglass.survey.dicom.Context;
import leadglass.survey.dicom.NullMatch;

/// C-ECHO (PS3.7 §9.1.5).
final class Echo implements Probe {
  private static final Decision ANSWERS =
      Decision.open(Level.EXPOSED, "answers", "answers a stranger's C-ECHO");
  private static final Decision FAILS =
      Decision.closed("fails", "does not answer a stranger's C-ECHO");
  private static final Decision NOT_OFFERED =
      Decision.closed("no-context", "does not accept Verification from a stranger");

  @Override
  public String name() {
    return "dicom-echo";
  }

  @Override
  public String title() {
    return "Answers C-ECHO";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM, Service.DICOM_TLS);
  }

  @Override
  public int order() {
    return 20;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(ANSWERS, FAILS, NOT_OFFERED);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Admitted> admitted = visit.fact(Admitted.class);
    if (admitted.isEmpty()) {
      return List.of();
    }
    if (!admitted.get().contexts().contains(Context.VERIFICATION)) {
      return List.of(new Finding(name(), NOT_OFFERED));
    }
    boolean answers = NullMatch.echo(visit, admitted.get());
    return List.of(new Finding(name(), answers ? ANSWERS : FAILS));
  }
}
