package leadglass.server.ui;

import java.util.List;
import java.util.Optional;
import leadglass.server.http.Problem;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Notice;
import leadglass.server.ui.page.Shell;
import leadglass.server.ui.page.Theme;

/// The one page of an archive whose master key is not at hand. It does not say where the key should
/// be: whoever may know that sits at the console.
public final class LockedPage {
  private final String banner;
  private final Assets assets = Assets.load();

  public LockedPage(String banner) {
    this.banner = banner;
  }

  /// Style and signs, nothing else.
  public List<Route> routes() {
    return assets.routes();
  }

  /// A whole page.
  public String html(Problem problem) {
    Notice notice =
        problem.type().equals("locked")
            ? new Notice(
                "This archive is locked",
                "",
                List.of(
                    "Nothing is lost. It was started without the key that opens it, so nobody gets"
                        + " in and nothing is taken in: scanners keep what they have and send it"
                        + " later.",
                    "Tell whoever looks after it. At its console, leadglass status says where the"
                        + " key is expected, and leadglass key unlock opens it."),
                List.of(new Notice.Link("/", "Try again")))
            : ProblemPage.notice(problem);
    return notice.html(
        new Shell(
            banner,
            List.of(),
            Optional.empty(),
            "",
            Optional.empty(),
            List.of(),
            false,
            "",
            Theme.AUTO,
            assets.prefix()));
  }
}
