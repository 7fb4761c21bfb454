package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import leadglass.app.Failure;
import leadglass.app.dicom.FileInstance;
import leadglass.app.dicom.Keys;
import leadglass.dicom.data.Uid;
import leadglass.net.association.CommitmentScu;
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
      "Examples:",
      "  leadglass dicom store --as ct1 archive.example:2762 images/",
      "  leadglass dicom store --as ct1 archive.example:2762 images/ --commit --json"
    })
@SuppressWarnings("NullAway.Init")
final class DicomStoreCommand implements Callable<Integer> {
  /// An association that ends is opened again so often.
  private static final int AGAIN_MAX = 4;

  private static final int COMMITTED_AT_ONCE = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private DicomOptions peer;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files or folders.")
  private List<Path> paths;

  @Option(
      names = "--commit",
      description = "Ask afterwards whether the peer keeps what it took (storage commitment).")
  private boolean commit;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  private int stored;
  private final List<FileInstance> taken = new ArrayList<>();
  private int committed;
  private final List<Map<String, Object>> warned = new ArrayList<>();
  private final List<Map<String, Object>> failed = new ArrayList<>();
  private final List<Map<String, Object>> uncommitted = new ArrayList<>();

  @Override
  public Integer call() throws Failure {
    List<FileInstance> instances = instances();
    long bytes = instances.stream().mapToLong(FileInstance::bytes).sum();
    try (Progress progress = new Progress("sending", instances.size(), bytes, !quiet && !json)) {
      for (StorageProposal<FileInstance> each : StorageProposal.of(instances)) {
        send(each, progress);
      }
    }
    if (commit && !taken.isEmpty()) {
      for (int from = 0; from < taken.size(); from += COMMITTED_AT_ONCE) {
        commit(taken.subList(from, Math.min(taken.size(), from + COMMITTED_AT_ONCE)));
      }
    }
    report();
    return failed.isEmpty() && (!commit || committed == taken.size()) ? 0 : 1;
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

  private void commit(List<FileInstance> instances) throws Failure {
    CommitmentScu<String> asking = new CommitmentScu<>();
    Services<String> services =
        Services.<String>builder()
            .operations(CommitmentScu.SOP_CLASS, CommitmentScu.FIELDS, asking)
            .build();
    try (RequestedAssociation association =
        peer.open(
            proposal -> proposal.context(CommitmentScu.SOP_CLASS, DicomOptions.NATIVE).build(),
            services)) {
      CommitmentScu.Committed told =
          asking.ask(association, fresh(), instances, DicomOptions.PATIENCE);
      for (FileInstance each : instances) {
        if (told.committed().contains(each.sopInstance())) {
          committed++;
        } else {
          uncommitted.add(row(each.file(), why(told)));
        }
      }
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED,
          peer.address() + " was not asked whether it keeps them, though it took them",
          "it may not offer storage commitment");
    }
  }

  private static String why(CommitmentScu.Committed told) {
    if (told.status() != Status.SUCCESS) {
      return "the peer did not take the question: status %04X".formatted(told.status());
    }
    return told.told()
        ? "the peer says that it does not keep it"
        : "the peer did not say in time, on this association";
  }

  /// A UUID under 2.25 (PS3.5 §B.2).
  private static Uid fresh() {
    String hex = UUID.randomUUID().toString().replace("-", "");
    return new Uid("2.25." + new BigInteger(hex, 16));
  }

  private void take(FileInstance instance, StoreScu.Stored sent) {
    switch (sent) {
      case StoreScu.Stored.Answered(int status, String comment) -> {
        String said =
            "status %04X".formatted(status)
                + (comment.isEmpty() ? "" : ", " + Keys.printable(comment));
        if (status == Status.SUCCESS) {
          taken(instance);
        } else if (Status.isWarning(status)) {
          taken(instance);
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

  private void taken(FileInstance instance) {
    stored++;
    taken.add(instance);
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
      if (commit) {
        document.put("committed", committed);
        document.put("uncommitted", uncommitted);
      }
      Print.json(out, document);
      return;
    }
    warned.forEach(row -> out.println("warn  " + row.get("file") + ": " + row.get("why")));
    failed.forEach(row -> out.println("FAIL  " + row.get("file") + ": " + row.get("why")));
    uncommitted.forEach(row -> out.println("NOT KEPT  " + row.get("file") + ": " + row.get("why")));
    out.println(
        stored
            + " stored, "
            + failed.size()
            + " not"
            + (commit ? "; the peer says that it keeps " + committed + "." : "."));
  }
}
