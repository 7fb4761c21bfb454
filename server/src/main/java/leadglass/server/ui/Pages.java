package leadglass.server.ui;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import leadglass.archive.Archive;
import leadglass.server.http.Problem;
import leadglass.server.http.Route;

/// Every page, for people in a browser.
///
/// Safe for use by several threads.
public final class Pages {
  /// Acts of other pages that can't be undone, or not easily.
  private static final Set<String> FRESH =
      Set.of(
          "GET /erasures/ask",
          "POST /erasures/ask",
          "POST /erasures/{name}/confirm",
          "GET /brakes/more",
          "POST /brakes/more",
          "GET /devices/add",
          "POST /devices/add",
          "GET /devices/lane",
          "POST /devices/lane",
          "GET /devices/lane/end",
          "POST /devices/lane/end",
          "GET /devices/renew",
          "POST /devices/renew",
          "GET /studies/{study}/referrers",
          "POST /studies/{study}/referrers",
          "GET /studies/{study}/share",
          "POST /studies/{study}/share",
          "GET /studies/{study}/invite",
          "POST /studies/{study}/invite",
          "GET /studies/{study}/delete",
          "POST /studies/{study}/delete");

  private final ProblemPage problems;
  private final List<Route> routes;

  /// @param archive used, not closed
  public Pages(Archive archive, Place place) {
    this(archive, place, List.of());
  }

  /// @param providers that people may come by, in the order of their buttons
  public Pages(Archive archive, Place place, List<IdentityProvider> providers) {
    Assets assets = Assets.load();
    Frame frame = new Frame(archive, place, assets);
    List<Route> all = new ArrayList<>(assets.routes());
    all.addAll(new SetUpPages(archive, place, frame).routes());
    all.addAll(new SessionPages(archive, frame, providers).routes());
    all.addAll(new InvitePages(archive, frame).routes());
    all.addAll(new PasskeySignIn(archive, frame).routes());
    all.addAll(new ProviderPages(archive, frame, providers).routes());
    all.addAll(new OwedPages(archive, frame).routes());
    all.addAll(new StepUpPages(archive, frame, providers).routes());
    all.addAll(new AccountPages(archive, place, frame).routes());
    all.addAll(new StudyPages(archive, place, frame).routes());
    all.addAll(new DayPages(archive, place, frame).routes());
    all.addAll(new SharePages(archive, place, frame).routes());
    all.addAll(new GuestPages(archive, place, frame).routes());
    all.addAll(new PatientDoorPages(archive, frame).routes());
    all.addAll(new PatientPages(archive, place, frame).routes());
    all.addAll(new PatientAccountPages(archive, place, frame).routes());
    all.addAll(new TaskPages(archive, place, frame).routes());
    all.addAll(new DeletionPages(archive, place, frame).routes());
    all.addAll(new CorrectionPages(archive, place, frame).routes());
    all.addAll(new QuarantinePages(archive, place, frame).routes());
    all.addAll(new MovePages(archive, place, frame).routes());
    all.addAll(new ErasurePages(archive, place, frame).routes());
    all.addAll(new HoldPages(archive, place, frame).routes());
    all.addAll(new RetentionPages(archive, place, frame).routes());
    all.addAll(new EmergencyPages(archive, place, frame).routes());
    all.addAll(new ReviewPages(archive, place, frame).routes());
    all.addAll(new AuditPages(archive, place, frame).routes());
    all.addAll(new InquiryPages(archive, place, frame).routes());
    all.addAll(new ReferrerPages(archive, frame).routes());
    all.addAll(new BrakePages(archive, frame).routes());
    all.addAll(new AdministratorPages(archive, place, frame).routes());
    all.addAll(new ExposurePages(archive, place, frame).routes());
    all.addAll(new PeoplePages(archive, place, frame).routes());
    all.addAll(new SecondPersonPages(archive, place, frame).routes());
    all.addAll(new DevicePages(archive, place, frame).routes());
    all.addAll(new LanePages(archive, frame).routes());
    all.addAll(new EnrolRoutes(archive).routes());
    this.routes = fresh(all);
    this.problems = new ProblemPage(frame);
  }

  /// Marks what asks for a fresh factor; forms too, so that nobody types one and is then sent away.
  private static List<Route> fresh(List<Route> routes) {
    Set<String> left = new HashSet<>(FRESH);
    List<Route> marked =
        routes.stream()
            .map(route -> left.remove(route.toString()) ? route.afterFreshFactor() : route)
            .toList();
    if (!left.isEmpty()) {
      throw new IllegalStateException("no such ways in: " + left);
    }
    return marked;
  }

  public List<Route> routes() {
    return routes;
  }

  /// A whole page that says what went wrong; the same for the same problem, whoever asks.
  public String problem(Problem problem) {
    return problems.html(problem);
  }
}
