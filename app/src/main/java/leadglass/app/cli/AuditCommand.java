package leadglass.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    description = "The audit trail: who did what, and whether it is whole.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AuditDisclosuresCommand.class,
      AuditBreachCommand.class,
      AuditStateCommand.class,
      AuditExportCommand.class,
      AuditVerifyCommand.class,
      AuditCheckpointCommand.class,
      AuditWitnessCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  leadglass audit disclosures --patient 4711 --data /srv/images",
      "  leadglass audit export --from 2026-01-01 --out january.xml --data /srv/images",
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
