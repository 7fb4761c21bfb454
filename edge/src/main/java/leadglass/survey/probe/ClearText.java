package leadglass.survey.probe;

import java.util.List;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;

/// DICOM without TLS: whatever is sent there, by whomever, crosses the network in clear. Says
/// nothing of this machine's own loopback, which is no network.
final class ClearText implements Probe {
  private static final Decision INTERNET =
      Decision.open(
          Level.NOMINAL,
          "internet",
          "speaks DICOM without TLS at a public address: patients' data crosses the internet in"
              + " clear");
  private static final Decision HOUSE =
      Decision.note(
          "private-network",
          "speaks DICOM without TLS: patients' data crosses this network in clear");

  @Override
  public String name() {
    return "dicom-clear-text";
  }

  @Override
  public String title() {
    return "Speaks DICOM in clear";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM);
  }

  @Override
  public int order() {
    return 12;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(INTERNET, HOUSE);
  }

  @Override
  public List<Finding> ask(Visit visit) {
    return switch (visit.reach()) {
      case LOOPBACK -> List.of();
      case PRIVATE -> List.of(new Finding(name(), HOUSE));
      case PUBLIC -> List.of(new Finding(name(), INTERNET));
    };
  }
}
