package leadglass.app.cli;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "disclosures",
    description = "Who was given images of a patient: date, recipient, what, purpose.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The last six years, unless --from says otherwise (45 CFR 164.528). A purpose that nobody",
      "stated is presumed from who it is, and said to be. What the rule exempts from an accounting",
      "is listed with the exemption. That the question was asked is in the trail.",
      "",
      "Examples:",
      "  leadglass audit disclosures --patient 4711 --data /srv/images",
      "  leadglass audit disclosures --patient - --uses --format csv --out 4711.csv --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class AuditDisclosuresCommand implements Callable<Integer> {
  private static final int YEARS = 6;

  @Mixin private DataOption data;

  @Option(
      names = "--patient",
      required = true,
      paramLabel = "ID",
      description = "Patient ID; - asks for it, so that it is in no list of processes.")
  private String patient;

  @Option(names = "--issuer", paramLabel = "TEXT", description = "Issuer of Patient ID.")
  private String issuer = "";

  @Option(names = "--uses", description = "Looks by people of the site too.")
  private boolean uses;

  @Option(names = "--from", paramLabel = "T", description = "Not before.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "Not after.")
  private Optional<String> to = Optional.empty();

  /// As it is written.
  enum Format {
    text,
    csv,
    json
  }

  @Option(
      names = "--format",
      paramLabel = "text|csv|json",
      defaultValue = "text",
      description = "Default: text; json is one object a line.")
  private Format format;

  @Option(names = "--out", paramLabel = "FILE", description = "A new file; else standard output.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws Failure {
    Map<String, String> words = new HashMap<>();
    words.put("patient", PatientOption.read(patient, "Patient ID"));
    words.put("issuer", issuer);
    words.put("uses", "" + uses);
    words.put("format", format.name());
    words.put("from", "" + from());
    if (to.isPresent()) {
      words.put("until", "" + AuditOutput.moment("--to", to.get(), true));
    }
    new AuditOutput(data, "", "").write("audit disclosures", words, out, quiet);
    return 0;
  }

  private long from() throws Failure {
    return from.isPresent()
        ? AuditOutput.moment("--from", from.get(), false)
        : ZonedDateTime.now(ZoneId.systemDefault()).minusYears(YEARS).toInstant().toEpochMilli();
  }
}
