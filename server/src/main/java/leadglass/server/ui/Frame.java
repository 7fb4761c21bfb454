package leadglass.server.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Verb;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.ui.page.Hat;
import leadglass.server.ui.page.Page;
import leadglass.server.ui.page.Shell;
import leadglass.server.ui.page.Theme;

/// What stands around a page for whoever asks: banner, menu, account.
final class Frame {
  static final String THEME_COOKIE = "__Host-leadglass-theme";

  private final Archive archive;
  private final Place place;
  private final Assets assets;

  Frame(Archive archive, Place place, Assets assets) {
    this.archive = archive;
    this.place = place;
    this.assets = assets;
  }

  Response page(Request request, int status, Page page) {
    return page(request, status, page, "");
  }

  /// @param typed what stands in the search box
  Response page(Request request, int status, Page page, String typed) {
    Theme theme = request.cookie(THEME_COOKIE).flatMap(Theme::of).orElse(Theme.AUTO);
    return Response.html(status, page.html(shell(request.caller(), typed, theme)));
  }

  /// A page that is the same whoever asks.
  String anonymous(Page page) {
    return page.html(
        new Shell(
            place.banner(), site(), Optional.empty(), List.of(), false, "", Theme.AUTO, prefix()));
  }

  private Shell shell(Caller caller, String typed, Theme theme) {
    return new Shell(
        place.banner(),
        site(),
        who(caller),
        menu(caller),
        may(caller, Verb.FIND),
        typed,
        theme,
        prefix());
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
    if (may(caller, Verb.ADMINISTER)) {
      menu.add(new Shell.Entry("/status", "Status", "#i-pulse", "s"));
      menu.add(new Shell.Entry("/people", "People", "#i-users", "p"));
      menu.add(new Shell.Entry("/devices", "Devices", "#i-device", "d"));
    }
    if (may(caller, Verb.STORE)) {
      menu.add(new Shell.Entry("/upload", "Upload", "#i-upload", "u"));
    }
    if (may(caller, Verb.CORRECT)) {
      menu.add(new Shell.Entry("/deleted", "Deleted", "#i-bin", "x"));
      menu.add(new Shell.Entry("/moves", "Moves", "#i-move", "m"));
    }
    return menu;
  }
}
