package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.app.Home;
import leadglass.app.syslog.AuditForwarder;
import leadglass.archive.Archive;

/// Every act has its desk.
public final class Desks implements Desk {
  private final Archive archive;
  private final Desk backups;
  private final Desk others;
  private final Optional<Supplier<AuditForwarder.State>> forwarding;

  public Desks(Home home, Archive archive) {
    this(home, archive, Optional.empty());
  }

  /// @param forwarding how the sending of audit messages stands, where there is one
  public Desks(Home home, Archive archive, Optional<Supplier<AuditForwarder.State>> forwarding) {
    this.archive = archive;
    this.forwarding = forwarding;
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
    Reply reply =
        backup && archive.setUp().done()
            ? backups.serve(osUser, request, body, telling)
            : others.serve(osUser, request, body, telling);
    return request.act().equals("status") && reply.exit() == 0 ? withForwarding(reply) : reply;
  }

  private Reply withForwarding(Reply status) {
    if (forwarding.isEmpty()) {
      return status;
    }
    AuditForwarder.State state = forwarding.get().get();
    Map<String, Object> words = new TreeMap<>(status.values());
    words.put(
        "auditForwarding",
        Map.of(
            "collector",
            state.collector(),
            "connected",
            state.connected(),
            "behind",
            state.behind(),
            "why",
            state.why()));
    return Reply.done(words);
  }
}
