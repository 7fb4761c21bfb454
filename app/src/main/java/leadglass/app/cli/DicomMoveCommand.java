package leadglass.app.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RetrieveScu;
import leadglass.net.dimse.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "move",
    description = "Has a peer send a study, a series or an instance to a third one (C-MOVE).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The peer has to know the destination: on a Leadglass, device set AET --destination HOST:PORT.",
      "",
      "Example:",
      "  leadglass dicom move --as read1 archive.example:2762 --study 2.25.1 --to READ1"
    })
@SuppressWarnings("NullAway.Init")
final class DicomMoveCommand implements Callable<Integer> {
  private static final Uid MOVE = new Uid("1.2.840.10008.5.1.4.1.2.2.2");

  @Spec private CommandSpec spec;
  @Mixin private DicomOptions peer;
  @Mixin private RetrieveOptions wanted;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "AET",
      description = "AE title of the destination, as the peer knows it.")
  private String destination;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws Failure {
    DataSet identifier = wanted.identifier();
    try (Progress progress = Progress.of("moving", !quiet && !json);
        RequestedAssociation association =
            peer.open(
                proposal -> proposal.context(MOVE, DicomOptions.NATIVE).build(), Services.none())) {
      RetrieveScu.Retrieved retrieved =
          RetrieveScu.move(
              association,
              MOVE,
              DicomOptions.title(destination, "--to"),
              identifier,
              DicomOptions.PATIENCE,
              RetrieveOptions.telling(progress));
      return RetrieveReport.print(spec.commandLine().getOut(), json, retrieved, Optional.empty());
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED,
          peer.address() + " did not go on",
          "does it let this device retrieve? On a Leadglass: device set AET --may find,retrieve");
    }
  }
}
