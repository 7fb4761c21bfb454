package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.app.Home;
import leadglass.app.s3.S3Places;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Rehearsal;
import leadglass.archive.Safekeeping;
import leadglass.store.BackupDone;
import leadglass.store.BackupOrder;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;
import leadglass.store.Backups;
import leadglass.store.MasterKey;
import leadglass.store.Progress;

/// Backups, and rehearsals of the way back.
final class BackupDesk implements Desk {
  private static final String CONFIGURATION = "leadglass.toml";
  private static final int CONFIGURATION_BYTES_MAX = 1 << 20;

  private final Home home;
  private final Archive archive;

  BackupDesk(Home home, Archive archive) {
    this.home = home;
    this.archive = archive;
  }

  @Override
  public Reply serve(String osUser, Request request, InputStream body) throws IOException {
    return serve(osUser, request, body, _ -> {});
  }

  @Override
  public Reply serve(String osUser, Request request, InputStream body, Consumer<HowFar> telling)
      throws IOException {
    Progress progress = (what, done, of) -> telling.accept(new HowFar(what, done, of));
    Caller console = new Caller.Console(osUser, new Origin(Origin.Door.CONSOLE, "console"));
    try {
      return switch (request.act()) {
        case "backup" -> backup(console, request, progress);
        case "backup rehearse" -> rehearse(console, request, progress);
        case "backup prune" -> new PruneDesk(home, archive).prune(console, request, progress);
        default -> Reply.usage("unknown act", "command and server are of different versions");
      };
    } catch (BackupRefusedException e) {
      return Reply.no(e.rule(), "");
    }
  }

  private Reply backup(Caller console, Request request, Progress progress) throws IOException {
    try (BackupPlace to = home.backupPlace(request.word("to"))) {
      return backup(console, request, to, progress);
    }
  }

  private Reply backup(Caller console, Request request, BackupPlace to, Progress progress)
      throws IOException {
    Optional<Path> masterKey =
        request.word("without-master-key").isEmpty()
            ? home.masterKeyFile().filter(Files::exists)
            : Optional.empty();
    BackupOrder order =
        new BackupOrder(
            to,
            Path.of(request.word("keys")),
            home.name(),
            masterKey,
            Optional.of(home.keyPlaceFile()).filter(Files::exists),
            !request.word("same-device").isEmpty(),
            files(),
            progress);
    return switch (archive.safekeeping().backup(console, order)) {
      case Safekeeping.Outcome.Done(var backup) -> Reply.done(words(request, order, backup));
      case Safekeeping.Outcome.Refused(var rule) ->
          Reply.no(rule, "leadglass backup --help says where copies and keys belong");
    };
  }

  /// The configuration, if it lies with the data.
  private Map<String, byte[]> files() throws IOException {
    Path file = home.data().resolve(CONFIGURATION);
    return Files.exists(file) && Files.size(file) <= CONFIGURATION_BYTES_MAX
        ? Map.of(CONFIGURATION, Files.readAllBytes(file))
        : Map.of();
  }

  private static Map<String, Object> words(Request request, BackupOrder order, BackupDone backup) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("snapshot", backup.snapshot());
    words.put("place", order.to().shown());
    words.put("keysPlace", order.keys().toString());
    words.put("studies", backup.held().studies());
    words.put("instances", backup.held().instances());
    words.put("auditEntries", backup.held().auditEntries());
    words.put("packs", backup.packs());
    words.put("packBytes", backup.packBytes());
    words.put("packsCopied", backup.packsCopied());
    words.put("bytesCopied", backup.bytesCopied());
    words.put("bytesRead", backup.bytesRead());
    words.put("destroyable", backup.destroyable());
    words.put("sameDevice", backup.sameDevice());
    words.put("bucket", S3Places.isFor(request.word("to")));
    words.put(
        "lockedUntil",
        backup.lockedUntilMillis().map(at -> Instant.ofEpochMilli(at).toString()).orElse(""));
    words.put("masterKeyCopied", backup.keys().masterKey().isPresent());
    words.put("keyCopiesRemoved", backup.keysRemoved());
    return words;
  }

  private Reply rehearse(Caller console, Request request, Progress progress) throws IOException {
    try (BackupPlace from = home.backupPlace(request.word("from"))) {
      return rehearse(console, request, from, progress);
    }
  }

  private Reply rehearse(Caller console, Request request, BackupPlace from, Progress progress)
      throws IOException {
    Path keys = Path.of(request.word("keys"));
    Optional<Path> key =
        Optional.of(request.word("master-key-file"))
            .filter(file -> !file.isEmpty())
            .map(Path::of)
            .or(() -> copied(keys))
            .or(this::ours);
    if (key.isEmpty()) {
      return Reply.no(
          "no master key lies with the keys", "bring it from its sheets: --master-key-file F");
    }
    Rehearsal.Order order =
        new Rehearsal.Order(
            from,
            keys,
            Optional.of(request.word("snapshot")).filter(name -> !name.isEmpty()),
            MasterKey.read(key.get()),
            Path.of(request.word("scratch")),
            progress);
    return switch (archive.rehearsal().run(console, order)) {
      case Rehearsal.Outcome.Done(var report) -> Reply.done(words(report));
      case Rehearsal.Outcome.Refused(var rule) -> Reply.no(rule, "");
    };
  }

  private Optional<Path> ours() {
    try {
      return home.masterKeyFile();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<Path> copied(Path keys) {
    try {
      return Backups.masterKey(keys);
    } catch (IOException _) {
      return Optional.empty(); // the rehearsal will say that they are not there
    }
  }

  private static Map<String, Object> words(Rehearsal.Report report) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("good", report.good());
    words.put("snapshot", report.snapshot());
    words.put("begun", Instant.ofEpochMilli(report.atMillis()).toString());
    words.put("made", Instant.ofEpochMilli(report.snapshotMillis()).toString());
    words.put("seconds", report.tookMillis() / 1000.0);
    words.put("packs", report.packs());
    words.put("bytes", report.bytes());
    words.put("instances", report.instances());
    words.put("equal", report.equal());
    words.put("different", report.different());
    words.put("goneSince", report.gone());
    words.put("auditEntries", report.auditEntries());
    words.put("wrong", report.wrong());
    return words;
  }
}
