package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import leadglass.app.Home;
import leadglass.archive.Archive;

/// Every act has its desk.
public final class Desks implements Desk {
  private final Archive archive;
  private final Desk backups;
  private final Desk others;

  public Desks(Home home, Archive archive) {
    this.archive = archive;
    this.backups = new BackupDesk(home, archive);
    this.others = new ArchiveDesk(archive);
  }

  @Override
  public Reply serve(String osUser, Request request, InputStream body) throws IOException {
    return serve(osUser, request, body, _ -> {});
  }

  @Override
  public Reply serve(String osUser, Request request, InputStream body, Consumer<HowFar> telling)
      throws IOException {
    if (!request.word(SiteDesk.AT).isEmpty()) {
      return SiteDesk.at(archive, osUser, request, body, telling);
    }
    boolean backup = request.act().equals("backup") || request.act().startsWith("backup ");
    return backup && archive.setUp().done()
        ? backups.serve(osUser, request, body, telling)
        : others.serve(osUser, request, body, telling);
  }
}
