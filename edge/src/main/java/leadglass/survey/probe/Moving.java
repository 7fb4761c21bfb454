package leadglass.survey.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.dicom.Admitted;
import leadglass.survey.dicom.Context;
import leadglass.survey.dicom.NullMatch;

/// C-MOVE of a study that can't exist to a destination that nobody has (PS3.4 §C.4.2). Nothing
/// moves.
final class Moving implements Probe {
  private static final Decision ORDERS =
      Decision.open(
          Level.EXPOSED,
          "takes-orders",
          "takes C-MOVE orders from a stranger; whether for any destination can't be told without"
              + " moving something");
  private static final Decision KNOWN =
      Decision.open(
          Level.EXPOSED,
          "known-destinations",
          "takes C-MOVE orders from a stranger, for destinations that it knows");
  private static final Decision REFUSES = Decision.closed("refuses", "refuses a stranger's C-MOVE");
  private static final Decision FAILS =
      Decision.cantTell("fails", "fails on a C-MOVE of a study that can't exist");
  private static final Decision NO_CONTEXT =
      Decision.closed("no-context", "does not let a stranger order a C-MOVE");
  private static final int DESTINATION_UNKNOWN = 0xA801;

  @Override
  public String name() {
    return "dicom-move";
  }

  @Override
  public String title() {
    return "Sends images elsewhere (C-MOVE)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM, Service.DICOM_TLS);
  }

  @Override
  public int order() {
    return 41;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(ORDERS, KNOWN, REFUSES, FAILS, NO_CONTEXT);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Admitted> admitted = visit.fact(Admitted.class);
    if (admitted.isEmpty()) {
      return List.of();
    }
    Optional<Context> context =
        Stream.of(Context.STUDY_ROOT_MOVE, Context.PATIENT_ROOT_MOVE)
            .filter(admitted.get().contexts()::contains)
            .findFirst();
    if (context.isEmpty()) {
      return List.of(new Finding(name(), NO_CONTEXT));
    }
    if (admitted.get().nonsense()) {
      return List.of(new Finding(name(), FAILS));
    }
    Optional<Integer> status = NullMatch.retrieve(visit, admitted.get(), context.get());
    return List.of(new Finding(name(), status.map(Moving::decision).orElse(FAILS)));
  }

  private static Decision decision(int status) {
    return switch (status) {
      case 0 -> ORDERS;
      case DESTINATION_UNKNOWN -> KNOWN;
      default -> Statuses.isRefusal(status) ? REFUSES : FAILS;
    };
  }
}
