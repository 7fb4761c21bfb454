package leadglass.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.Locked;
import leadglass.app.Running;
import leadglass.app.StopSignal;
import leadglass.app.config.Config;
import leadglass.app.config.OutsideConfig;
import leadglass.app.console.ConsoleSocket;
import leadglass.app.log.LogLines;
import leadglass.archive.Archive;
import leadglass.archive.Duty;
import leadglass.server.Doors;
import leadglass.store.Private;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = "Runs an archive until it is stopped (Ctrl-C or SIGTERM).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The first start prints a one-time code and the address of the set-up page. Until set-up is",
      "done everything listens on this machine only.",
      "",
      "Without the master key it stays up and tells everybody that it is locked, until the key is",
      "there again or somebody types what opens it: leadglass key unlock.",
      "",
      "Examples:",
      "  leadglass serve --data /srv/images",
      "  leadglass serve --data /srv/images --listen 192.0.2.10 --name pacs.example.org"
    })
@SuppressWarnings("NullAway.Init")
final class ServeCommand implements Callable<Integer> {
  private static final String CODE_FILE = "setup-code";

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(names = "--https", paramLabel = "PORT", description = "HTTPS port; default 8443.")
  private Optional<Integer> https;

  @Option(names = "--dicom", paramLabel = "PORT", description = "DICOM port; default 2762.")
  private Optional<Integer> dicom;

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      description = "IP address to listen on, once set up; default 127.0.0.1.")
  private Optional<String> listen;

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description = "A name it answers under and has a certificate for; may be repeated.")
  private List<String> names = List.of();

  @Override
  public Integer call() throws Failure {
    Config config = data.settings().config().with(https, dicom, listen, names);
    checkFlags(config);
    Home home = data.home();
    LogLines lines = new LogLines();
    Archive archive;
    try {
      archive = home.open(lines);
    } catch (Home.LockedException e) {
      return serve(home, stop -> unlocked(home, e, config, lines, stop));
    }
    checkListening(config, archive);
    return serve(home, _ -> Running.start(home, archive, config, "", lines));
  }

  /// Starts what is to run.
  private interface Start {
    /// @return null if the process was told to end before
    @Nullable Running by(StopSignal stop) throws Failure, IOException;
  }

  private int serve(Home home, Start start) throws Failure {
    try (StopSignal stop = new StopSignal();
        Running running = start.by(stop)) {
      if (running != null) {
        announce(running, home);
        stop.await();
      }
      return 0;
    } catch (IOException e) {
      throw new Failure(
          Failure.FAILED, "it did not end in peace (" + e.getClass().getSimpleName() + ")", "");
    }
  }

  /// Serves nobody until the archive is unlocked.
  ///
  /// @return null if the process was told to end before
  private @Nullable Running unlocked(
      Home home, Failure why, Config config, LogLines lines, StopSignal stop)
      throws Failure, IOException {
    ConsoleSocket console;
    Optional<Archive> archive;
    try (Locked locked = Locked.open(home, why, config, lines)) {
      console = ConsoleSocket.open(home.data(), locked.desk());
      announce(locked, home);
      archive = locked.await(stop);
    }
    if (archive.isEmpty()) {
      console.close();
      return null;
    }
    try {
      checkListening(config, archive.get());
      return Running.start(home, archive.get(), config, "", lines, Optional.of(console));
    } catch (Failure e) {
      console.close();
      throw e;
    }
  }

  private void announce(Locked locked, Home home) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Leadglass is locked: " + locked.why().error() + ".");
    if (!locked.why().hint().isEmpty()) {
      out.println("What to do  " + locked.why().hint());
    }
    out.println("Unlock it   leadglass key unlock --data " + home.data());
    out.println(
        "Meanwhile   https://localhost:"
            + locked.httpsPort()
            + " and DICOM port "
            + locked.dicomPort()
            + " tell everybody so.");
    out.flush();
  }

  private static void checkFlags(Config config) throws Failure {
    List<String> problems = config.problems();
    if (!problems.isEmpty()) {
      throw new Failure(
          Failure.CONFIGURATION,
          String.join("\nleadglass: error: ", problems),
          "leadglass serve --help");
    }
  }

  /// Nobody but this machine before there is an administrator.
  private static void checkListening(Config config, Archive archive) throws Failure {
    OutsideConfig outside = config.outside();
    boolean loopback =
        isLoopback(config.web().listen())
            && isLoopback(config.dimse().listen())
            && (!outside.isOpen() || isLoopback(outside.listen()));
    @Nullable Failure refusal = null;
    if (!loopback && !archive.setUp().done()) {
      refusal =
          new Failure(
              Failure.CONFIGURATION,
              "this archive is not set up, so it listens on this machine only",
              "start it without --listen and open https://localhost:8443/setup, or use leadglass"
                  + " init");
    } else if (Doors.isPublic(config.web().listen())
        || Doors.isPublic(config.dimse().listen())
        || (outside.isOpen() && !isLoopback(outside.listen()))) {
      refusal = blocked(archive.duty().blocks());
    }
    if (refusal == null) {
      return;
    }
    try {
      archive.close();
    } catch (IOException _) {
      // Nothing was written; the refusal is what counts.
    }
    throw refusal;
  }

  /// Nobody from outside before somebody answers for everything.
  private static @Nullable Failure blocked(List<Duty.Block> blocks) {
    if (blocks.isEmpty()) {
      return null;
    }
    List<String> why = new ArrayList<>();
    List<String> acts = new ArrayList<>();
    for (Duty.Block block : blocks) {
      why.add(block.why());
      if (!acts.contains(block.act())) {
        acts.add(block.act());
      }
    }
    return new Failure(
        Failure.CONFIGURATION,
        "it does not listen on a public address: " + String.join("; ", why),
        String.join("; ", acts) + "; or start it with --listen and a private address");
  }

  private static boolean isLoopback(String address) {
    return InetAddress.ofLiteral(address).isLoopbackAddress();
  }

  private void announce(Running running, Home home) throws Failure {
    PrintWriter out = spec.commandLine().getOut();
    String address = "https://localhost:" + running.doors().httpsPort();
    if (running.archive().setUp().done()) {
      out.println(
          "Leadglass runs.   Open " + address + "   DICOM port " + running.doors().dicomPort());
    } else {
      out.println("Leadglass is ready to set up        Open " + address + "/setup");
      code(running, home, out);
    }
    out.println("Certificate " + running.doors().fingerprint());
    out.println("Authority   " + home.data().resolve("ca.pem") + " for browsers and programs");
    out.println("            " + home.data().resolve("dicom-ca.pem") + " for devices");
    out.flush();
  }

  /// To a terminal, else to a file that only this user can read; never to a log.
  private static void code(Running running, Home home, PrintWriter out) throws Failure {
    String code = running.archive().setUp().freshCode();
    if (Terminal.isThere()) {
      out.println("Code  " + code + "  (15 minutes; start again for another)");
      return;
    }
    Path file = home.data().resolve(CODE_FILE);
    try {
      Files.deleteIfExists(file);
      Private.file(file, (code + "\n").getBytes(UTF_8));
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, file + " can't be written", "check who may write there");
    }
    out.println("The code is in " + file + " (15 minutes; start again for another)");
  }
}
