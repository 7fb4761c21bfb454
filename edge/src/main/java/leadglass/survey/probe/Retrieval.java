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

/// C-GET of a study that can't exist (PS3.4 §C.4.3).
final class Retrieval implements Probe {
  private static final Decision GIVES =
      Decision.open(
          Level.OPEN,
          "answers",
          "takes a stranger's C-GET: whoever knows a UID can have its images");
  private static final Decision REFUSES = Decision.closed("refuses", "refuses a stranger's C-GET");
  private static final Decision FAILS =
      Decision.cantTell("fails", "fails on a C-GET for a study that can't exist");
  private static final Decision NO_CONTEXT =
      Decision.closed("no-context", "does not let a stranger ask for images by C-GET");
  private static final int IDENTIFIER_DOES_NOT_MATCH = 0xA900;

  @Override
  public String name() {
    return "dicom-get";
  }

  @Override
  public String title() {
    return "Gives images (C-GET)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM, Service.DICOM_TLS);
  }

  @Override
  public int order() {
    return 40;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(GIVES, REFUSES, FAILS, NO_CONTEXT);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Optional<Admitted> admitted = visit.fact(Admitted.class);
    if (admitted.isEmpty()) {
      return List.of();
    }
    Optional<Context> context =
        Stream.of(Context.STUDY_ROOT_GET, Context.PATIENT_ROOT_GET)
            .filter(admitted.get().contexts()::contains)
            .findFirst();
    if (context.isEmpty()) {
      return List.of(new Finding(name(), NO_CONTEXT));
    }
    boolean believable =
        !admitted.get().nonsense() || visit.fact(FindTable.Listing.class).isPresent();
    Optional<Integer> status = NullMatch.retrieve(visit, admitted.get(), context.get());
    Finding finding = new Finding(name(), believable ? decision(status) : FAILS);
    boolean had = finding.decision().equals(GIVES);
    return List.of(
        visit
            .fact(FindTable.Counted.class)
            .filter(_ -> had)
            .map(counted -> finding.with(counted.counts().allAccessible()))
            .orElse(finding));
  }

  private static Decision decision(Optional<Integer> status) {
    if (status.isEmpty()) {
      return FAILS;
    }
    return switch (status.get()) {
      // Nothing was found, and nothing failed.
      case 0 -> GIVES;
      case IDENTIFIER_DOES_NOT_MATCH -> FAILS;
      default -> Statuses.isRefusal(status.get()) ? REFUSES : FAILS;
    };
  }
}
