package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "echo",
    description = "Asks whether a peer is there and takes this device (C-ECHO).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leadglass dicom echo --as ct1 archive.example:2762",
      "  leadglass dicom echo --as ct1 --called PACS --ca hospital-ca.pem pacs.example:2762"
    })
@SuppressWarnings("NullAway.Init")
final class DicomEchoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DicomOptions peer;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    long began = System.nanoTime();
    try (RequestedAssociation association =
        peer.open(
            proposal -> proposal.context(Services.VERIFICATION, DicomOptions.NATIVE).build(),
            Services.none())) {
      long open = System.nanoTime();
      int status = association.echo(DicomOptions.PATIENCE);
      report(status, millis(open - began), millis(System.nanoTime() - open));
      return status == Status.SUCCESS ? 0 : 1;
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, peer.address() + " did not answer", "it may not accept Verification");
    }
  }

  private static long millis(long nanos) {
    return Math.round(nanos / 1e6);
  }

  private void report(int status, long opened, long answered) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(
          out,
          Map.of(
              "peer",
              peer.address(),
              "status",
              "%04X".formatted(status),
              "openMillis",
              opened,
              "echoMillis",
              answered));
      return;
    }
    out.println(
        "%s answered with status %04X: association in %d ms, echo in %d ms"
            .formatted(peer.address(), status, opened, answered));
  }
}
