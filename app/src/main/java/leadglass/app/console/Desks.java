package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import leadglass.app.Carriers;
import leadglass.app.Home;
import leadglass.archive.Archive;

/// Every act has its desk.
public final class Desks implements Desk {
  private final Archive archive;
  private final Desk backups;
  private final Desk others;
  private final Carriers carriers;
  private final Path data;
  private final boolean running;

  /// Of an archive that is open for a command alone.
  public Desks(Home home, Archive archive) {
    this(home, archive, new Carriers(), false);
  }

  /// Of one that runs.
  ///
  /// @param carriers what carries its trail away
  public Desks(Home home, Archive archive, Carriers carriers) {
    this(home, archive, carriers, true);
  }

  private Desks(Home home, Archive archive, Carriers carriers, boolean running) {
    this.data = home.data();
    this.running = running;
    this.archive = archive;
    this.carriers = carriers;
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
    boolean report = request.act().equals(ReportDesk.SECURITY);
    if (!request.word(SiteDesk.AT).isEmpty()) {
      Reply reply = SiteDesk.at(archive, osUser, request, body, telling);
      return report && reply.exit() == 0 ? withProcess(reply) : reply;
    }
    boolean backup = request.act().equals("backup") || request.act().startsWith("backup ");
    Reply reply =
        backup && archive.setUp().done()
            ? backups.serve(osUser, request, body, telling)
            : others.serve(osUser, request, body, telling);
    if (report && reply.exit() == 0) {
      return withProcess(reply);
    }
    return request.act().equals("status") && reply.exit() == 0 ? withCarriers(reply) : reply;
  }

  /// What the archive does not know of the process it is in.
  private Reply withProcess(Reply report) throws IOException {
    Map<String, Object> words = new TreeMap<>(report.values());
    words.put("running", running);
    carriers
        .forwarding()
        .ifPresent(now ->
            words.put("forwarding", Map.of("connected", now.connected(), "behind", now.behind())));
    carriers
        .witness()
        .ifPresent(now ->
            words.put(
                "witness",
                Map.of(
                    "entries",
                    now.entries(),
                    "wrong",
                    !now.why().isEmpty(),
                    "contradicted",
                    now.contradicted())));
    words.put("forwardingSet", false);
    words.put("contradicted", contradicted());
    return Reply.done(words);
  }

  /// Checkpoints that the trail contradicted (docs/formats/trail.md).
  private int contradicted() throws IOException {
    Path aside = data.resolve("trail").resolve("contradicted");
    if (!Files.isDirectory(aside)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(aside)) {
      return (int) files.count();
    }
  }

  private Reply withCarriers(Reply status) {
    Map<String, Object> words = new TreeMap<>(status.values());
    carriers
        .forwarding()
        .ifPresent(now ->
            words.put(
                "auditForwarding",
                Map.of(
                    "collector",
                    now.collector(),
                    "connected",
                    now.connected(),
                    "behind",
                    now.behind(),
                    "why",
                    now.why())));
    carriers.witness().ifPresent(now -> words.put("auditWitness", WitnessDesk.state(now)));
    carriers.mail().ifPresent(now -> words.put("auditMail", WitnessDesk.state(now)));
    return Reply.done(words);
  }
}
