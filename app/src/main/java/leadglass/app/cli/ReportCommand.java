package leadglass.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = "Reports of how the archive is protected.",
    mixinStandardHelpOptions = true,
    subcommands = SecurityReportCommand.class,
    footer = {
      "",
      "Examples:",
      "  leadglass report security --data /srv/images",
      "  leadglass report security --for insurer --out insurer.pdf --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;

  ReportCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
