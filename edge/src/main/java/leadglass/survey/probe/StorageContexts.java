package leadglass.survey.probe;

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

/// Whether storage is accepted when it is proposed. Nothing is ever stored: that the archive then
/// would refuse the image itself can't be excluded, and is not tried.
final class StorageContexts implements Probe {
  private static final Decision TAKES =
      Decision.open(
          Level.EXPOSED,
          "accepts",
          "accepts storage from a stranger when it is proposed (not tried)");
  private static final Decision ANYTHING =
      Decision.cantTell("accepts-anything", "accepts whatever is proposed, storage too");
  private static final Decision REFUSES =
      Decision.closed("no-context", "does not accept storage from a stranger");

  @Override
  public String name() {
    return "dicom-storage-contexts";
  }

  @Override
  public String title() {
    return "Accepts storage (proposed only, nothing is stored)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM, Service.DICOM_TLS);
  }

  @Override
  public int order() {
    return 42;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(TAKES, ANYTHING, REFUSES);
  }

  @Override
  public List<Finding> ask(Visit visit) {
    Optional<Admitted> admitted = visit.fact(Admitted.class);
    if (admitted.isEmpty()) {
      return List.of();
    }
    boolean takes =
        admitted.get().contexts().stream().anyMatch(each -> each.kind() == Context.Kind.STORAGE);
    Decision decision = takes ? admitted.get().nonsense() ? ANYTHING : TAKES : REFUSES;
    return List.of(new Finding(name(), decision));
  }
}
