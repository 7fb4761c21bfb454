package leadglass.app.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.config.AuditConfig;
import leadglass.app.syslog.AuditForwarder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = "Writes the audit trail as DICOM audit messages; that is in the trail too.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "xml    messages of PS3.15 A.5, one a line, in one document",
      "jsonl  FHIR R4 AuditEvent resources, one a line",
      "",
      "A time is a day (2026-01-31, the whole of it) or a moment (2026-01-31T12:00:00Z).",
      "It names patients, so a file is made for this user's eyes alone.",
      "",
      "Examples:",
      "  leadglass audit export --from 2026-01-01 --to 2026-01-31 --out january.xml --data /srv/images",
      "  leadglass audit export --format jsonl --patients pseudonym --data /srv/images | gzip > all.gz"
    })
@SuppressWarnings("NullAway.Init")
final class AuditExportCommand implements Callable<Integer> {
  private static final String XML_BEGIN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<AuditMessages>\n";
  private static final String XML_END = "</AuditMessages>\n";

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(names = "--from", paramLabel = "T", description = "Not before.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "Not after.")
  private Optional<String> to = Optional.empty();

  /// As it is written.
  enum Format {
    xml,
    jsonl
  }

  /// How patients are named.
  enum Patients {
    identifiers,
    pseudonym
  }

  @Option(
      names = "--format",
      paramLabel = "xml|jsonl",
      defaultValue = "xml",
      description = "Default: xml.")
  private Format format;

  @Option(
      names = "--patients",
      paramLabel = "identifiers|pseudonym",
      defaultValue = "identifiers",
      description = "How patients are named; default: identifiers.")
  private Patients patients;

  @Option(names = "--out", paramLabel = "FILE", description = "A new file; else standard output.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws Failure {
    Map<String, String> words = new HashMap<>();
    if (from.isPresent()) {
      words.put("from", "" + AuditOutput.moment("--from", from.get(), false));
    }
    if (to.isPresent()) {
      words.put("until", "" + AuditOutput.moment("--to", to.get(), true));
    }
    words.put("format", format.name());
    words.put("patients", patients.name());
    AuditConfig audit = data.settings().config().audit();
    words.put("source", AuditForwarder.source(audit));
    boolean xml = format == Format.xml;
    AuditOutput output = new AuditOutput(data, xml ? XML_BEGIN : "", xml ? XML_END : "");
    Map<String, Object> said = output.write("audit export", words, out, quiet);
    out.ifPresent(file ->
        spec.commandLine().getOut().println(file + " has " + said.get("messages") + " messages."));
    return 0;
  }
}
