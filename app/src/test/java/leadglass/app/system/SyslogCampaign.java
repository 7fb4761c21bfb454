package leadglass.app.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import leadglass.app.Failure;
import leadglass.app.config.AuditConfig;
import leadglass.app.syslog.AuditForwarder;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;

/// A collector is killed and stays away for as long as said while entries go on being written; then
/// it has to have every one of them, in order once repeats are taken out. From a command line:
/// `[--minutes 10]`.
final class SyslogCampaign {
  private static final Caller.Console CONSOLE =
      new Caller.Console("campaign", new Origin(Origin.Door.CONSOLE, "console"));
  private static final Duration BEFORE = Duration.ofSeconds(20);
  private static final Duration AFTER = Duration.ofSeconds(20);
  private static final long EVERY_MILLIS = 100;
  private static final long CATCH_UP_SECONDS = 180;

  private SyslogCampaign() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    int at = words.indexOf("--minutes");
    long minutes = at < 0 ? 10 : Long.parseLong(words.get(at + 1));
    if (!Rsyslog.isThere()) {
      System.out.println("syslog: skipped: rsyslog with rsyslog-gnutls is not on this machine");
      return;
    }
    Path folder = Files.createTempDirectory("leadglass-campaign-");
    boolean whole;
    try {
      whole = run(folder, Duration.ofMinutes(minutes));
    } finally {
      Premises.delete(folder);
    }
    System.exit(whole ? 0 : 1);
  }

  @SuppressWarnings("SystemOut")
  private static boolean run(Path folder, Duration outage) throws Exception {
    Premises premises = Premises.in(folder);
    try (Archive archive = premises.open(_ -> {});
        Rsyslog collector = new Rsyslog(folder.resolve("collector"), false);
        AuditForwarder _ = forward(archive, collector, premises.data())) {
      happen(archive, BEFORE);
      collector.kill();
      long gone = archive.auditLog().size();
      happen(archive, outage);
      long back = archive.auditLog().size();
      collector.startAgain();
      happen(archive, AFTER);
      long size = archive.auditLog().size();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CATCH_UP_SECONDS);
      while (!collector.has(size - 1) && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(500);
      }
      boolean whole = collector.entries().equals(LongStream.range(0, size).boxed().toList());
      System.out.printf(
          Locale.ROOT,
          "syslog: outage %d min, %d entries, %d of them in it; %d messages came, %d of them repeats: %s%n",
          outage.toMinutes(),
          size,
          back - gone,
          collector.ofEntries().size(),
          collector.ofEntries().size() - collector.entries().size(),
          whole ? "complete and in order" : "NOT COMPLETE, OR NOT IN ORDER");
      return whole;
    }
  }

  private static AuditForwarder forward(Archive archive, Rsyslog collector, Path data)
      throws IOException, Failure {
    AuditConfig config =
        new AuditConfig(
            "pacs",
            "localhost:" + collector.port(),
            Optional.of(collector.authority()),
            Optional.empty(),
            Optional.empty(),
            AuditConfig.PSEUDONYM,
            0,
            Optional.empty());
    return AuditForwarder.start(
            archive.auditLog(), archive.checkpoints(), config, data, "1.0", System.out::println)
        .orElseThrow();
  }

  private static void happen(Archive archive, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      archive.auditLog().activity(CONSOLE, true, "1.0");
      TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
    }
  }
}
