package leadglass.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    description = "The audit trail: who did what, and whether it is whole.",
    mixinStandardHelpOptions = true,
    subcommands = {AuditVerifyCommand.class},
    footer = {
      "",
      "Examples:",
      "  leadglass audit verify /srv/images",
      "  leadglass audit verify /mnt/copy --against /media/stick/checkpoint"
    })
@SuppressWarnings("NullAway.Init")
final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec;

  AuditCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
