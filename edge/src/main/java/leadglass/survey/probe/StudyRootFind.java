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

/// C-FIND, Study Root (PS3.4 §C.6.2), for something that can't exist.
final class StudyRootFind implements Probe {
  private static final FindTable TABLE = new FindTable("studies");

  @Override
  public String name() {
    return "dicom-find-study-root";
  }

  @Override
  public String title() {
    return "Lists studies (C-FIND, Study Root)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM, Service.DICOM_TLS);
  }

  @Override
  public int order() {
    return 30;
  }

  @Override
  public List<Decision> decisions() {
    return TABLE.decisions();
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    return TABLE.ask(name(), visit, Context.STUDY_ROOT_FIND);
  }
}
