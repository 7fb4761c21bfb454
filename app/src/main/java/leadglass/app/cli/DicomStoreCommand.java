package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import leadglass.app.Failure;
import leadglass.app.dicom.FileInstance;
import leadglass.app.dicom.Keys;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.StorageProposal;
import leadglass.net.association.StoreScu;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "store",
    description = "Sends files and folders of DICOM files (C-STORE).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each goes out in the transfer syntax it is in; one that is not compressed in another such",
      "one if the peer wants. What was not taken is listed, and the exit code is 1 then.",
      "",
      "Example:",
      "  leadglass dicom store --as ct1 archive.example:2762 images/"
    })
@SuppressWarnings("NullAway.Init")
final class DicomStoreCommand implements Callable<Integer> {
  /// An association that ends is opened again so often.
  private static final int AGAIN_MAX = 4;

  @Spec private CommandSpec spec;
  @Mixin private DicomOptions peer;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files or folders.")
  private List<Path> paths;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  private int stored;
  private final List<Map<String, Object>> warned = new ArrayList<>();
  private final List<Map<String, Object>> failed = new ArrayList<>();

  @Override
  public Integer call() throws Failure {
    List<FileInstance> instances = instances();
    long bytes = instances.stream().mapToLong(FileInstance::bytes).sum();
    try (Progress progress = new Progress("sending", instances.size(), bytes, !quiet && !json)) {
      for (StorageProposal<FileInstance> each : StorageProposal.of(instances)) {
        send(each, progress);
      }
    }
    report();
    return failed.isEmpty() ? 0 : 1;
  }

  private List<FileInstance> instances() throws Failure {
    List<FileInstance> instances = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new Failure(Failure.USAGE, path + " is not there", "name files or folders");
      }
      try (Stream<Path> below = Files.walk(path)) {
        for (Path file : below.filter(Files::isRegularFile).sorted().toList()) {
          Optional<FileInstance> instance = FileInstance.of(file);
          if (instance.isPresent()) {
            instances.add(instance.get());
          } else {
            fail(file, "no DICOM file that says what it is");
          }
        }
      } catch (IOException | java.io.UncheckedIOException _) {
        throw new Failure(Failure.FAILED, path + " can't be read", "check who may read it");
      }
    }
    return instances;
  }

  private void send(StorageProposal<FileInstance> proposal, Progress progress) throws Failure {
    List<FileInstance> left = proposal.instances();
    for (int again = 0; !left.isEmpty() && again < AGAIN_MAX; again++) {
      try (RequestedAssociation association = peer.open(proposal::into, Services.none())) {
        left =
            StoreScu.send(
                association,
                left,
                DicomOptions.PATIENCE,
                (instance, sent) -> {
                  take(instance, sent);
                  progress.step(instance.bytes());
                  progress.fileDone();
                });
      }
    }
    left.forEach(instance -> fail(instance.file(), "the peer ended the association"));
  }

  private void take(FileInstance instance, StoreScu.Stored sent) {
    switch (sent) {
      case StoreScu.Stored.Answered(int status, String comment) -> {
        String said =
            "status %04X".formatted(status)
                + (comment.isEmpty() ? "" : ", " + Keys.printable(comment));
        if (status == Status.SUCCESS) {
          stored++;
        } else if (Status.isWarning(status)) {
          stored++;
          warned.add(row(instance.file(), said));
        } else {
          fail(instance.file(), said);
        }
      }
      case StoreScu.Stored.NotNegotiated(var lacking) ->
          fail(
              instance.file(),
              switch (lacking) {
                case SOP_CLASS -> "the peer does not take its SOP class";
                case TRANSFER_SYNTAX -> "the peer does not take its transfer syntax";
              });
      case StoreScu.Stored.Unreadable() -> fail(instance.file(), "the file can't be read");
      case StoreScu.Stored.Lost() ->
          fail(instance.file(), "no answer came: the peer may have it or not");
    }
  }

  private void fail(Path file, String why) {
    failed.add(row(file, why));
  }

  private static Map<String, Object> row(Path file, String why) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("file", file.toString());
    row.put("why", why);
    return row;
  }

  private void report() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("stored", stored);
      document.put("warned", warned);
      document.put("failed", failed);
      Print.json(out, document);
      return;
    }
    warned.forEach(row -> out.println("warn  " + row.get("file") + ": " + row.get("why")));
    failed.forEach(row -> out.println("FAIL  " + row.get("file") + ": " + row.get("why")));
    out.println(stored + " stored, " + failed.size() + " not.");
  }
}
