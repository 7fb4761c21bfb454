package leadglass.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import leadglass.app.Failure;
import leadglass.app.StopSignal;
import leadglass.app.config.Config;
import leadglass.app.demo.Demo;
import leadglass.app.log.LogLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = "A throw-away archive with synthetic images, on this machine only.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It has an administrator and a radiologist with fresh random secrets, takes nothing but its",
      "own phantoms, and is gone after Ctrl-C.",
      "",
      "Example:",
      "  leadglass demo"
    })
@SuppressWarnings("NullAway.Init")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--https",
      paramLabel = "PORT",
      description = "HTTPS port, 0 for any free one; default 8443.")
  private int https = 8443;

  @Option(
      names = "--dicom",
      paramLabel = "PORT",
      description = "DICOM port, 0 for any free one; default any.")
  private int dicom;

  @Option(names = "--log", description = "Print log lines to standard error.")
  private boolean log;

  @Override
  public Integer call() throws Failure {
    Config config =
        Config.defaults().with(Optional.of(https), Optional.of(dicom), Optional.empty(), List.of());
    Consumer<Object> events = log ? new LogLines() : event -> {};
    spec.commandLine().getErr().println("leadglass: making a demo archive ...");
    spec.commandLine().getErr().flush();
    try (StopSignal stop = new StopSignal();
        Demo demo = Demo.start(config, PasswordFile::random, events)) {
      announce(demo);
      codesOnEnter(demo);
      stop.await();
      return 0;
    } catch (IOException e) {
      throw new Failure(
          Failure.FAILED, "it did not end in peace (" + e.getClass().getSimpleName() + ")", "");
    }
  }

  private void announce(Demo demo) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println("Leadglass demo: synthetic phantoms only, on this machine only.");
    out.println();
    out.println("Open         https://localhost:" + demo.running().doors().httpsPort());
    out.println("Certificate  " + demo.running().doors().fingerprint());
    out.println("Data         " + demo.data());
    for (Demo.Account account : demo.accounts()) {
      out.println();
      out.println("Sign in as " + account.role().word());
      out.println("  name       " + account.enrolment().name());
      out.println("  password   " + account.password());
      out.println("  second factor for an authenticator:");
      out.println("             " + account.enrolment().totpUri());
    }
    out.println();
    codes(demo, out);
    out.println("Enter prints fresh codes; each works once. Ctrl-C ends the demo and removes it.");
    out.flush();
  }

  private static void codes(Demo demo, PrintWriter out) {
    for (Demo.Account account : demo.accounts()) {
      out.println(
          "Code now     "
              + account.enrolment().codeAt(System.currentTimeMillis())
              + "  "
              + account.enrolment().name());
    }
    out.flush();
  }

  /// On a thread that ends with the process: reading a terminal can't be interrupted.
  private void codesOnEnter(Demo demo) {
    Thread.ofPlatform()
        .daemon()
        .name("demo-enter")
        .start(() -> {
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
          try {
            while (lines.readLine() != null) {
              codes(demo, spec.commandLine().getOut());
            }
          } catch (IOException _) {
            // No terminal, no fresh codes.
          }
        });
  }
}
