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

/// C-FIND, Modality Worklist (PS3.4 §K.6.1), for something that can't exist.
final class WorklistFind implements Probe {
  private static final FindTable TABLE = new FindTable("appointments");

  @Override
  public String name() {
    return "dicom-find-worklist";
  }

  @Override
  public String title() {
    return "Lists appointments (C-FIND, Modality Worklist)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM, Service.DICOM_TLS);
  }

  @Override
  public int order() {
    return 32;
  }

  @Override
  public List<Decision> decisions() {
    return TABLE.decisions();
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    return TABLE.ask(name(), visit, Context.WORKLIST_FIND);
  }
}
