package leadglass.server.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Lanes;
import leadglass.archive.Reach;
import leadglass.archive.Verb;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.AuditPage;
import leadglass.server.ui.page.ConflictRule;
import leadglass.server.ui.page.Correcting;
import leadglass.server.ui.page.DayPage;
import leadglass.server.ui.page.ExposurePage;
import leadglass.server.ui.page.Hat;
import leadglass.server.ui.page.Page;
import leadglass.server.ui.page.ReviewsPage;
import leadglass.server.ui.page.Shell;
import leadglass.server.ui.page.Theme;

/// What stands around a page for whoever asks: banner, menu, account.
final class Frame {
  static final String THEME_COOKIE = "__Host-leadglass-theme";

  private final Archive archive;
  private final Place place;
  private final Strips strips;
  private final Assets assets;

  Frame(Archive archive, Place place, Assets assets) {
    this.archive = archive;
    this.place = place;
    this.strips = new Strips(archive, place);
    this.assets = assets;
  }

  Response page(Request request, int status, Page page) {
    return page(request, status, page, "");
  }

  /// @param typed what stands in the search box
  Response page(Request request, int status, Page page, String typed) {
    Theme theme = request.cookie(THEME_COOKIE).flatMap(Theme::of).orElse(Theme.AUTO);
    return Response.html(status, page.html(shell(request, typed, theme)));
  }

  /// A page that is the same whoever asks.
  String anonymous(Page page) {
    return page.html(
        new Shell(
            place.banner(),
            List.of(),
            Optional.empty(),
            site(),
            Optional.empty(),
            List.of(),
            false,
            "",
            Theme.AUTO,
            prefix()));
  }

  private Shell shell(Request request, String typed, Theme theme) {
    Caller caller = request.caller();
    return new Shell(
        place.banner(),
        strips(request),
        chip(caller),
        site(),
        who(caller),
        menu(caller),
        may(caller, Verb.FIND),
        typed,
        theme,
        prefix());
  }

  /// What stands above the page one lands on.
  private List<Shell.Strip> strips(Request request) {
    Caller caller = request.caller();
    if (!request.path().equals(home(caller))) {
      return List.of();
    }
    return strips.of(caller);
  }

  /// What stands on every page of the house while a lane is open.
  private Optional<Shell.Chip> chip(Caller caller) {
    String address = may(caller, Verb.ADMINISTER) ? "/devices" : "";
    return archive
        .lanes()
        .seen(caller)
        .map(Lanes.Summary::open)
        .filter(open -> open > 0)
        .map(open -> new Shell.Chip(Amount.of(open, "open lane"), address));
  }

  private String site() {
    return archive.setUp().site().orElse("");
  }

  private String prefix() {
    return assets.prefix();
  }

  boolean may(Caller caller, Verb verb) {
    return archive.gate().permits(caller, verb);
  }

  /// Where somebody lands after signing in.
  String home(Caller caller) {
    List<Shell.Entry> menu = menu(caller);
    return menu.isEmpty() ? "/role" : menu.getFirst().address();
  }

  private static Optional<Shell.Who> who(Caller caller) {
    if (!(caller instanceof Caller.Person person)) {
      return Optional.empty();
    }
    List<Hat> others =
        person.held().stream().filter(role -> role != person.hat()).sorted().map(Hat::of).toList();
    return Optional.of(new Shell.Who(person.name(), Hat.of(person.hat()), others));
  }

  private List<Shell.Entry> menu(Caller caller) {
    List<Shell.Entry> menu = new ArrayList<>();
    if (may(caller, Verb.FIND)) {
      menu.add(new Shell.Entry("/studies", "Worklist", "#i-list", "w"));
    }
    if (may(caller, Verb.WORKLIST)) {
      menu.add(new Shell.Entry(DayPage.ADDRESS, "Planned", "#i-clock", "n"));
    }
    if (may(caller, Verb.OPERATE)) {
      menu.add(new Shell.Entry("/status", "Status", "#i-pulse", "s"));
    }
    if (may(caller, Verb.ADMINISTER)) {
      menu.add(new Shell.Entry("/people", "People", "#i-users", "p"));
      menu.add(new Shell.Entry("/referrers", "Referrers", "#i-users", "f"));
      menu.add(new Shell.Entry("/devices", "Devices", "#i-device", "d"));
    }
    if (may(caller, Verb.CONFIRM)) {
      menu.add(new Shell.Entry("/erasures", "Erasures", "#i-bin", "e"));
    }
    if (may(caller, Verb.CONFIRM)) {
      menu.add(new Shell.Entry("/brakes", "Brakes", "#i-hand", "b"));
    }
    if (may(caller, Verb.HOLD)) {
      menu.add(new Shell.Entry("/holds", "Holds", "#i-lock", "h"));
    }
    if (may(caller, Verb.ADMINISTER)) {
      menu.add(new Shell.Entry("/retention", "Retention", "#i-clock", "r"));
      menu.add(new Shell.Entry(ConflictRule.ADDRESS, "Quarantine", "#i-pair", "q"));
    }
    if (may(caller, Verb.READ_AUDIT)) {
      menu.add(new Shell.Entry(ReviewsPage.ADDRESS, "Review", "#i-check", "v"));
      menu.add(new Shell.Entry(AuditPage.ADDRESS, "Access log", "#i-eye", "a"));
      menu.add(new Shell.Entry("/emergencies", "Emergencies", "#i-alert", "g"));
      menu.add(new Shell.Entry(TaskPages.ADDRESS, "Questions", "#i-users", "t"));
    }
    if (may(caller, Verb.EXPOSURE)) {
      menu.add(new Shell.Entry(ExposurePage.ADDRESS, "Exposure", "#i-shield", "x"));
    }
    if (may(caller, Verb.STORE)) {
      menu.add(new Shell.Entry("/upload", "Upload", "#i-upload", "u"));
    }
    if (may(caller, Verb.UNSHARE)) {
      menu.add(new Shell.Entry("/shares", "Shares", "#i-link", "l"));
      menu.add(new Shell.Entry("/patients", "Patients", "#i-users", "i"));
    }
    if (may(caller, Verb.CORRECT)) {
      menu.add(new Shell.Entry("/deleted", "Deleted", "#i-bin", "x"));
      menu.add(new Shell.Entry("/moves", "Moves", "#i-move", "m"));
      menu.add(new Shell.Entry("/quarantine", "Quarantine", "#i-pair", "q"));
      if (archive.gate().reach(caller, Verb.FIND) == Reach.DAY_LIST) {
        menu.add(new Shell.Entry(Correcting.ADDRESS, "Find to correct", "#i-search", "f"));
      }
    }
    if (may(caller, Verb.BREAK_GLASS)) {
      menu.add(new Shell.Entry("/emergency", "Emergency", "#i-alert", "g"));
    }
    return menu;
  }
}
