package leadglass.survey.probe;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.dicom.Context;

/// C-FIND, Patient Root (PS3.4 §C.6.1), for something that can't exist.
final class PatientRootFind implements Probe {
  private static final FindTable TABLE = new FindTable("patients");

  @Override
  public String name() {
    return "dicom-find-patient-root";
  }

  @Override
  public String title() {
    return "Lists patients (C-FIND, Patient Root)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM, Service.DICOM_TLS);
  }

  @Override
  public int order() {
    return 31;
  }

  @Override
  public List<Decision> decisions() {
    return TABLE.decisions();
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    return TABLE.ask(name(), visit, Context.PATIENT_ROOT_FIND);
  }
}
