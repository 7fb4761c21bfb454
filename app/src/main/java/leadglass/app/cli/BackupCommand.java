package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.app.s3.S3Places;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "backup",
    description = "Copies the archive to another place while it runs; keys go to a third one.",
    mixinStandardHelpOptions = true,
    subcommands = PruneCommand.class,
    footer = {
      "",
      "Only what is not there yet is copied, and nothing that is there is changed. The copies are",
      "sealed: without the keys they are noise. Data, copy and keys belong on three devices: a thief,",
      "a fire or a dead disk must not take two of them. --same-device allows it all the same; the",
      "status says \"no backup yet\" then.",
      "",
      "Examples:",
      "  leadglass backup /mnt/nas/leadglass --keys /media/stick/leadglass --data /srv/images",
      "  leadglass backup s3://my-bucket/images --keys /media/stick/leadglass --data /srv/images",
      "  leadglass backup rehearse /mnt/nas/leadglass --keys /media/stick/leadglass \\",
      "    --data /srv/images",
      "  leadglass restore /mnt/nas/leadglass --keys /media/stick/leadglass --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "TO",
      description =
          "A folder on another device, made if it is not there; or s3://BUCKET[/PREFIX], reached"
              + " as [backup.s3] of the configuration says.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--keys",
      paramLabel = "TO2",
      description = "A folder for the keys, on a device with neither data nor copy.")
  private Optional<Path> keys = Optional.empty();

  @Option(names = "--data", paramLabel = "DIR", description = "The archive's data directory.")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "As for leadglass serve.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--same-device",
      description = "Copy and keys may lie on the device that holds the data.")
  private boolean sameDevice;

  @Option(
      names = "--without-master-key",
      description = "Leave the master key file out: whoever restores brings it, or the sheets.")
  private boolean withoutMasterKey;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    if (to.isEmpty() || keys.isEmpty() || data.isEmpty()) {
      throw new Failure(
          Failure.USAGE, "name TO, --keys TO2 and --data DIR", "leadglass backup --help");
    }
    Map<String, String> words = new HashMap<>();
    words.put("to", place(to.get()));
    words.put("keys", absolute(keys.get()));
    words.put("same-device", sameDevice ? "yes" : "");
    words.put("without-master-key", withoutMasterKey ? "yes" : "");
    Reply reply = DataOption.of(data.get(), config).ask(Request.of("backup", words), !json);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      print(out, reply.values());
    }
    return 0;
  }

  /// A bucket as it is named, a folder in full: the server's is another working directory.
  static String place(String where) {
    return S3Places.isFor(where) ? where : absolute(Path.of(where));
  }

  static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  private static void print(PrintWriter out, Map<String, Object> done) {
    out.println("snapshot     " + done.get("snapshot"));
    out.println("copy         " + done.get("place"));
    out.println("keys         " + done.get("keysPlace") + masterKey(done));
    out.println(
        "holds        "
            + done.get("studies")
            + " studies, "
            + done.get("instances")
            + " instances, "
            + done.get("auditEntries")
            + " audit entries");
    out.println(
        "copied now   "
            + Print.bytesOf(done.get("bytesCopied"))
            + " of "
            + Print.bytesOf(done.get("packBytes")));
    out.println(
        Boolean.TRUE.equals(done.get("sameDevice"))
            ? "device       shared (FAIL: what takes the data takes the copy or the keys too)"
            : "device       another (ok)");
    out.println(
        Boolean.TRUE.equals(done.get("destroyable"))
            ? "destroyable  from here (warn: whoever takes this machine can destroy the copy too)"
            : "destroyable  not from here (ok)");
    if (Boolean.TRUE.equals(done.get("bucket"))) {
      out.println(
          "".equals(done.get("lockedUntil"))
              ? "locked       no (warn: the bucket has no object lock; whoever owns it can empty it)"
              : "locked       until " + done.get("lockedUntil") + " (ok)");
    }
    if (done.get("keyCopiesRemoved") instanceof List<?> removed && !removed.isEmpty()) {
      out.println("removed      " + removed.size() + " older copies of keys, after an erasure");
    }
  }

  private static String masterKey(Map<String, Object> done) {
    return Boolean.TRUE.equals(done.get("masterKeyCopied"))
        ? " (with the master key: guard them like it)"
        : " (without the master key)";
  }

  @Command(
      name = "rehearse",
      mixinStandardHelpOptions = true,
      description = "Restores into a scratch folder, compares everything, writes a dated report.",
      footer = {
        "",
        "The scratch folder needs as much room as the archive takes, and is gone afterwards. Exit",
        "code 1 says that not everything came back.",
        "",
        "Example:",
        "  leadglass backup rehearse /mnt/nas/leadglass --keys /media/stick/leadglass \\",
        "    --data /srv/images --report rehearsal.txt"
      })
  int rehearse(
      @Parameters(paramLabel = "FROM", description = "Where backups went.") String from,
      @Option(names = "--keys", required = true, paramLabel = "TO2") Path keyFolder,
      @Option(
              names = "--snapshot",
              paramLabel = "NAME",
              description = "Which one; the newest by default.")
          Optional<String> snapshot,
      @Option(
              names = "--master-key-file",
              paramLabel = "F",
              description = "The key to restore with; by default the one with the keys, else ours.")
          Optional<Path> masterKey,
      @Option(
              names = "--scratch",
              paramLabel = "DIR2",
              description = "A folder that is not there; by default beside the data.")
          Optional<Path> scratch,
      @Option(names = "--report", paramLabel = "F2", description = "Write the report here too.")
          Optional<Path> report,
      @Option(names = "--json", description = "Print one JSON document.") boolean asJson,
      @Mixin DataOption archive)
      throws Failure {
    Map<String, String> words = new HashMap<>();
    words.put("from", place(from));
    words.put("keys", absolute(keyFolder));
    words.put("snapshot", snapshot.orElse(""));
    words.put("master-key-file", masterKey.map(BackupCommand::absolute).orElse(""));
    words.put("scratch", absolute(scratch.orElse(archive.data().resolve("rehearsal"))));
    Reply reply = archive.ask(Request.of("backup rehearse", words), !asJson);
    String text = asJson ? Print.json(reply.values()) : Rehearsed.text(reply.values());
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
    if (report.isPresent()) {
      write(report.get(), text);
    }
    return Boolean.TRUE.equals(reply.values().get("good")) ? 0 : Failure.NO;
  }

  private static void write(Path file, String text) throws Failure {
    try {
      Files.writeString(file, text);
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, file + " can't be written", "the report stands in the registry too");
    }
  }
}
