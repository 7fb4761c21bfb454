package leadglass.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "dicom",
    description = "Speaks DICOM as a device does: tries a peer out, sends, asks and fetches.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DicomEchoCommand.class,
      DicomStoreCommand.class,
      DicomFindCommand.class,
      DicomGetCommand.class,
      DicomMoveCommand.class
    },
    footer = {
      "",
      "Over TLS alone, with the device's certificate. It needs no archive on this machine.",
      "",
      "Example:",
      "  leadglass dicom echo --as ct1 archive.example:2762"
    })
@SuppressWarnings("NullAway.Init")
final class DicomCommand implements Runnable {
  @Spec private CommandSpec spec;

  DicomCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
