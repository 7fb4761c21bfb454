package leadglass.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.dicom.Keys;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.dicom.json.BulkLinks;
import leadglass.dicom.json.JsonWriter;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "find",
    description = "Asks a peer what it has (C-FIND).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Keys are keywords or tags: PatientID=1234 matches, StudyDescription asks to be told.",
      "Dates are 20260131 or 20260101-20260131; * and ? stand for letters.",
      "",
      "Examples:",
      "  leadglass dicom find --as read1 archive.example:2762 -k StudyDate=20260101-",
      "  leadglass dicom find --as read1 archive.example:2762 --level series \\",
      "    -k StudyInstanceUID=2.25.1 -k Modality=CT --json",
      "  leadglass dicom find --as ct1 archive.example:2762 --level worklist \\",
      "    -k ScheduledProcedureStepSequence.Modality=CT -k PatientName -k AccessionNumber"
    })
@SuppressWarnings("NullAway.Init")
final class DicomFindCommand implements Callable<Integer> {
  private static final int INLINE_BYTES_MAX = 1 << 20;

  /// What is asked for.
  enum Level {
    patient(
        "1.2.840.10008.5.1.4.1.2.1.1",
        "PATIENT",
        "PatientName",
        "PatientID",
        "PatientBirthDate",
        "PatientSex"),
    study(
        "1.2.840.10008.5.1.4.1.2.2.1",
        "STUDY",
        "StudyDate",
        "ModalitiesInStudy",
        "PatientName",
        "PatientID",
        "AccessionNumber",
        "StudyDescription",
        "StudyInstanceUID"),
    series(
        "1.2.840.10008.5.1.4.1.2.2.1",
        "SERIES",
        "Modality",
        "SeriesNumber",
        "SeriesDescription",
        "NumberOfSeriesRelatedInstances",
        "SeriesInstanceUID"),
    image(
        "1.2.840.10008.5.1.4.1.2.2.1", "IMAGE", "InstanceNumber", "SOPClassUID", "SOPInstanceUID"),
    worklist(
        "1.2.840.10008.5.1.4.31",
        "",
        "PatientName",
        "PatientID",
        "AccessionNumber",
        "RequestedProcedureDescription",
        "ScheduledProcedureStepSequence.Modality",
        "ScheduledProcedureStepSequence.ScheduledStationAETitle",
        "ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate",
        "ScheduledProcedureStepSequence.ScheduledProcedureStepStartTime");

    private final String model;
    private final String word;
    private final String told;

    /// @param told keys that are asked for anyway
    Level(String model, String word, String... told) {
      this.model = model;
      this.word = word;
      this.told = String.join(" ", told);
    }

    private Uid sopClass() {
      return new Uid(model);
    }

    private List<String> told() {
      return List.of(told.split(" "));
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private DicomOptions peer;

  @Option(
      names = "--level",
      defaultValue = "study",
      description = "What is asked for: ${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}.")
  private Level level;

  @Option(names = "-k", paramLabel = "KEY[=VALUE]", description = "A key; as many as you like.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Cancel after so many matches; by default ${DEFAULT-VALUE}.")
  private int max;

  @Option(names = "--json", description = "Print the matches as DICOM JSON (PS3.18 Annex F).")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    Keys asked = asked();
    List<DataSet> matches = new ArrayList<>();
    try (RequestedAssociation association =
        peer.open(
            proposal -> proposal.context(level.sopClass(), DicomOptions.NATIVE).build(),
            Services.none())) {
      QueryScu query =
          QueryScu.ask(
              association, level.sopClass(), asked.identifier(level.word), DicomOptions.PATIENCE);
      boolean cancelled = false;
      Optional<DataSet> next = query.next();
      while (next.isPresent()) {
        if (matches.size() < max) {
          matches.add(next.get());
        } else if (!cancelled) {
          cancelled = true;
          query.cancel();
        }
        next = query.next();
      }
      report(asked, matches, cancelled);
      return ended(query, cancelled);
    } catch (IOException e) {
      throw new Failure(
          Failure.FAILED,
          peer.address() + " did not answer the query",
          "does it let this device find? On a Leadglass: device set AET --may find");
    }
  }

  private Keys asked() throws Failure {
    List<String> typed = new ArrayList<>(keys);
    List<Keys.Key> parsed = new ArrayList<>();
    for (String each : level.told()) {
      if (keys.stream().noneMatch(key -> key.equals(each) || key.startsWith(each + "="))) {
        typed.add(each);
      }
    }
    for (String each : typed) {
      parsed.add(
          Keys.parse(each)
              .orElseThrow(() ->
                  new Failure(
                      Failure.USAGE,
                      "no such key: " + each.replaceAll("=.*", ""),
                      "a keyword of the standard's dictionary, such as PatientID")));
    }
    Keys asked = new Keys(parsed);
    if (asked.tooMany()) {
      throw new Failure(Failure.USAGE, "too many keys", "200 at most");
    }
    return asked;
  }

  private int ended(QueryScu query, boolean cancelled) {
    int status = query.status();
    boolean asWanted = status == Status.SUCCESS || (cancelled && status == Status.CANCEL);
    if (!asWanted) {
      spec.commandLine()
          .getErr()
          .println(
              "leadglass: the query ended with status %04X %s"
                  .formatted(status, Keys.printable(query.comment())));
    }
    return asWanted ? 0 : 1;
  }

  private void report(Keys asked, List<DataSet> matches, boolean cancelled) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      JsonWriter writer = new JsonWriter(bytes, INLINE_BYTES_MAX, BulkLinks.NONE);
      writer.beginArray();
      for (DataSet match : matches) {
        writer.write(match);
      }
      writer.endArray();
      writer.drain();
      out.println(bytes.toString(StandardCharsets.UTF_8));
      return;
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (DataSet match : matches) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (Keys.Key key : asked.all()) {
        row.put(key.name(), Keys.said(match, key));
      }
      rows.add(row);
    }
    Tables.print(out, rows, asked.all().stream().map(Keys.Key::name).toList());
    out.println(matches.size() + (cancelled ? " matches, and there are more." : " matches."));
  }
}
