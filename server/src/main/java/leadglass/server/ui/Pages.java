package leadglass.server.ui;

import java.util.ArrayList;
import java.util.List;
import leadglass.archive.Archive;
import leadglass.server.http.Problem;
import leadglass.server.http.Route;

/// Every page, for people in a browser.
///
/// Safe for use by several threads.
public final class Pages {
  private final ProblemPage problems;
  private final List<Route> routes;

  /// @param archive used, not closed
  public Pages(Archive archive, Place place) {
    Assets assets = Assets.load();
    Frame frame = new Frame(archive, place, assets);
    List<Route> all = new ArrayList<>(assets.routes());
    all.addAll(new SetUpPages(archive, place, frame).routes());
    all.addAll(new SessionPages(archive, frame).routes());
    all.addAll(new StudyPages(archive, place, frame).routes());
    all.addAll(new DeletionPages(archive, place, frame).routes());
    all.addAll(new MovePages(archive, place, frame).routes());
    all.addAll(new ErasurePages(archive, place, frame).routes());
    all.addAll(new HoldPages(archive, place, frame).routes());
    all.addAll(new RetentionPages(archive, place, frame).routes());
    all.addAll(new BrakePages(archive, frame).routes());
    all.addAll(new AdministratorPages(archive, place, frame).routes());
    all.addAll(new DevicePages(archive, place, frame).routes());
    all.addAll(new EnrolRoutes(archive).routes());
    this.routes = List.copyOf(all);
    this.problems = new ProblemPage(frame);
  }

  public List<Route> routes() {
    return routes;
  }

  /// A whole page that says what went wrong; the same for the same problem, whoever asks.
  public String problem(Problem problem) {
    return problems.html(problem);
  }
}
