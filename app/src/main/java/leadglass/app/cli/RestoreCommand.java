package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.console.HowFar;
import leadglass.app.key.KeyPlace;
import leadglass.app.s3.S3Places;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.KeyHome.RefusedException;
import leadglass.archive.Origin;
import leadglass.archive.Status;
import leadglass.store.BackupDone.Held;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;
import leadglass.store.Backups;
import leadglass.store.MasterKey;
import leadglass.store.Progress;
import leadglass.store.RestoreOrder;
import leadglass.store.Restored;
import leadglass.store.WrongKeyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "restore",
    description = "Brings an archive back from a backup, on a machine that has nothing of it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Needs the backup, the keys that were put apart, and the master key: the copy with the keys, a",
      "file, or the recovery sheet. Name, authority and certificates of devices stay; every session,",
      "token, share and invitation ends; who was disabled or erased since stays so. Cut short, it goes",
      "on when it is run again. docs/operating/restore.md is the page for an empty machine.",
      "",
      "Examples:",
      "  leadglass restore /mnt/nas/leadglass --keys /media/stick/leadglass --data /srv/images",
      "  leadglass restore /mnt/nas/leadglass --keys /media/stick/leadglass --data /srv/images \\",
      "    --sheet sheet.txt",
      "  leadglass restore s3://my-bucket/images --config reach.toml --keys /media/stick/leadglass \\",
      "    --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FROM",
      description = "Where backups went: a folder, or s3://BUCKET[/PREFIX] with --config.")
  private String from;

  @Option(names = "--keys", required = true, paramLabel = "TO2", description = "Where keys went.")
  private Path keys;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data directory: empty, or not there.")
  private Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration; by default the one that was backed up, if it lay with the data.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--snapshot",
      paramLabel = "NAME",
      description = "Which one; the newest by default.")
  private Optional<String> snapshot = Optional.empty();

  @Option(
      names = "--master-key-file",
      paramLabel = "F",
      description = "The master key, if it is not with the keys.")
  private Optional<Path> masterKeyFile = Optional.empty();

  @Option(
      names = "--sheet",
      paramLabel = "F",
      description = "A file with a recovery sheet's groups; of three sheets two of them.")
  private List<Path> sheets = List.of();

  @Option(
      names = "--master-key",
      paramLabel = "WHERE",
      description = "Where the master key shall lie here; by default where it lay.")
  private Optional<String> where = Optional.empty();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    if (!S3Places.isFor(from) && !Files.isDirectory(Path.of(from))) {
      throw new Failure(Failure.USAGE, from + " is not there", "name where backups went");
    }
    try (BackupPlace place = DataOption.of(data, config).home().backupPlace(from)) {
      return restore(place);
    } catch (BackupRefusedException e) {
      throw new Failure(Failure.NO, e.rule(), "docs/operating/restore.md");
    } catch (WrongKeyException _) {
      throw new Failure(
          Failure.NO,
          "the master key is not the one this archive was sealed with",
          "name the right one with --master-key-file, or type the sheet again");
    } catch (RefusedException e) {
      throw new Failure(
          Failure.NO, String.valueOf(e.getMessage()), "say where the key shall lie: --master-key");
    } catch (NoSuchFileException e) {
      throw new Failure(Failure.USAGE, e.getFile() + " is not there", "check the name");
    } catch (IOException e) {
      throw new Failure(
          Failure.FAILED,
          "it did not come to an end: " + e.getMessage(),
          "mend that and run it again: it goes on where it was");
    }
  }

  private int restore(BackupPlace place) throws IOException, RefusedException, Failure {
    if (Backups.archive(place).isEmpty()) {
      throw new BackupRefusedException("no backup lies in " + from);
    }
    MasterKey key = new RestoreKey(keys, config, masterKeyFile, sheets).find();
    Restored restored;
    try (HowFarBar bar = new HowFarBar(!json)) {
      Progress progress = (what, done, all) -> bar.accept(new HowFar(what, done, all));
      restored = Backups.restore(new RestoreOrder(place, keys, snapshot, key, data, progress));
    }
    Home home = DataOption.of(data, config).home();
    Optional<Path> file = home.masterKeyFile();
    if (where.isPresent() || file.filter(Files::notExists).isPresent()) {
      Optional<KeyPlace> at =
          where.isPresent() ? Optional.of(KeyPlace.parse(where.get())) : Optional.empty();
      var _ = home.keyring().restore(key.forRecoverySheet(), at);
    }
    Map<String, Object> report = report(home, restored);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, report);
    } else {
      RestoreReport.print(out, report);
    }
    return Boolean.TRUE.equals(report.get("complete")) ? 0 : Failure.NO;
  }

  /// Opens the archive, which makes its indexes and ends sessions and tokens, and compares it with
  /// what it should hold.
  private static Map<String, Object> report(Home home, Restored restored)
      throws IOException, Failure {
    Caller console =
        new Caller.Console(
            System.getProperty("user.name"), new Origin(Origin.Door.CONSOLE, "console"));
    Map<String, Object> report = new LinkedHashMap<>();
    try (Archive archive = home.open(event -> {})) {
      Status status = archive.status(console).orElseThrow();
      Held held = restored.held();
      boolean counts =
          restored.eventsReplayed() > 0
              || (status.studies() == held.studies() && status.instances() == held.instances());
      report.put("archive", restored.archive());
      report.put("data", home.data().toString());
      report.put("masterKey", home.keyring().expected());
      report.put("snapshot", restored.snapshot());
      report.put("made", Instant.ofEpochMilli(restored.atMillis()).toString());
      report.put("packs", restored.packs());
      report.put("bytes", restored.bytes());
      report.put("studies", status.studies());
      report.put("instances", status.instances());
      report.put("auditEntries", held.auditEntries());
      report.put("eventsReplayed", restored.eventsReplayed());
      report.put("damagedPacks", restored.damaged());
      report.put("missingPacks", restored.missing());
      report.put("countsAgree", counts);
      boolean there = true;
      if (restored.newest().isPresent()) {
        Restored.Newest newest = restored.newest().get();
        there = newest.snapshotThere();
        report.put("newestCheckpoint", newest.name());
        report.put("newestCheckpointMade", Instant.ofEpochMilli(newest.atMillis()).toString());
        report.put("newestCheckpointThere", there);
        report.put("missingStudies", newest.held().studies() - status.studies());
        report.put("missingInstances", newest.held().instances() - status.instances());
        report.put("missingAuditEntries", newest.held().auditEntries() - held.auditEntries());
      }
      report.put(
          "complete",
          restored.damaged().isEmpty() && restored.missing().isEmpty() && counts && there);
    }
    return report;
  }
}
