package leadglass.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import leadglass.app.Failure;
import leadglass.app.dicom.Received;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RetrieveScu;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Services;
import leadglass.store.Private;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "get",
    description = "Fetches a study, a series or an instance into files (C-GET).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each instance becomes a file called by its SOP Instance UID, as the peer keeps it.",
      "",
      "Example:",
      "  leadglass dicom get --as read1 archive.example:2762 --study 2.25.1 --out study"
    })
@SuppressWarnings("NullAway.Init")
final class DicomGetCommand implements Callable<Integer> {
  private static final Uid FIND = new Uid("1.2.840.10008.5.1.4.1.2.2.1");
  private static final Uid GET = new Uid("1.2.840.10008.5.1.4.1.2.2.3");

  /// As peers keep instances, the usual ones first.
  private static final List<Uid> SYNTAXES =
      Stream.of(
              "1.2.840.10008.1.2.1",
              "1.2.840.10008.1.2",
              "1.2.840.10008.1.2.4.70",
              "1.2.840.10008.1.2.4.90",
              "1.2.840.10008.1.2.4.80",
              "1.2.840.10008.1.2.4.50",
              "1.2.840.10008.1.2.4.91",
              "1.2.840.10008.1.2.5",
              "1.2.840.10008.1.2.4.201",
              "1.2.840.10008.1.2.4.81",
              "1.2.840.10008.1.2.4.51",
              "1.2.840.10008.1.2.4.57",
              "1.2.840.10008.1.2.4.202",
              "1.2.840.10008.1.2.1.99")
          .map(Uid::new)
          .toList();

  /// Of a peer that does not say what it has.
  private static final List<Uid> USUAL =
      Stream.of(
              "1.2.840.10008.5.1.4.1.1.2",
              "1.2.840.10008.5.1.4.1.1.4",
              "1.2.840.10008.5.1.4.1.1.1",
              "1.2.840.10008.5.1.4.1.1.1.1",
              "1.2.840.10008.5.1.4.1.1.6.1",
              "1.2.840.10008.5.1.4.1.1.3.1",
              "1.2.840.10008.5.1.4.1.1.7",
              "1.2.840.10008.5.1.4.1.1.12.1",
              "1.2.840.10008.5.1.4.1.1.20",
              "1.2.840.10008.5.1.4.1.1.128",
              "1.2.840.10008.5.1.4.1.1.88.22",
              "1.2.840.10008.5.1.4.1.1.104.1",
              "1.2.840.10008.5.1.4.1.1.11.1")
          .map(Uid::new)
          .toList();

  @Spec private CommandSpec spec;
  @Mixin private DicomOptions peer;
  @Mixin private RetrieveOptions wanted;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the files go; made, for you alone, if it is not there.")
  private Path out;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws Failure {
    DataSet identifier = wanted.identifier();
    List<Uid> classes = classes();
    Received received = new Received(folder());
    Services<String> taking = RetrieveScu.services(classes, received);
    try (Progress progress = Progress.of("fetching", !quiet && !json);
        RequestedAssociation association =
            peer.open(proposal -> proposal(proposal, classes), taking)) {
      RetrieveScu.Retrieved retrieved =
          RetrieveScu.get(
              association,
              GET,
              identifier,
              DicomOptions.PATIENCE,
              RetrieveOptions.telling(progress));
      return RetrieveReport.print(
          spec.commandLine().getOut(), json, retrieved, Optional.of(received));
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED,
          peer.address() + " did not go on after " + received.files() + " files",
          "does it let this device retrieve? On a Leadglass: device set AET --may find,retrieve");
    }
  }

  private Path folder() throws Failure {
    try {
      if (!Files.isDirectory(out)) {
        Private.folder(out);
      }
      return out;
    } catch (IOException _) {
      throw new Failure(Failure.USAGE, out + " can't be made", "name another folder");
    }
  }

  /// For each SOP class as many transfer syntaxes as there is room for.
  private static Proposal proposal(Proposal.Builder proposal, List<Uid> classes) {
    proposal.context(GET, DicomOptions.NATIVE);
    int each = Math.clamp((Proposal.CONTEXTS_MAX - 1) / classes.size(), 1, SYNTAXES.size());
    classes.forEach(sopClass -> RetrieveScu.take(proposal, sopClass, SYNTAXES.subList(0, each)));
    return proposal.window(1, 32).build();
  }

  /// What there is to take, if the peer says so.
  private List<Uid> classes() throws Failure {
    try (RequestedAssociation association =
        peer.open(
            proposal -> proposal.context(FIND, DicomOptions.NATIVE).build(), Services.none())) {
      QueryScu query = QueryScu.ask(association, FIND, wanted.classes(), DicomOptions.PATIENCE);
      List<Uid> classes =
          query.next().stream()
              .flatMap(match -> match.strings(Tag.SOP_CLASSES_IN_STUDY).stream())
              .flatMap(text -> Uid.parse(text).stream())
              .distinct()
              .limit(Proposal.CONTEXTS_MAX - 1)
              .toList();
      return classes.isEmpty() ? USUAL : classes;
    } catch (IOException _) {
      return USUAL; // it may not let this device ask
    }
  }
}
