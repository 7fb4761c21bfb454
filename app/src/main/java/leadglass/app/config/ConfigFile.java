package leadglass.app.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import leadglass.archive.Role;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// Reads `leadglass.toml` strictly: an unknown key refuses the file and names the nearest known
/// one.
public final class ConfigFile {
  private static final int BYTES_MAX = 1 << 20;
  private static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::word).toList();

  private final Map<String, JsonNode> values = new TreeMap<>();
  private final List<String> known = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private ConfigFile() {}

  /// @throws ConfigException with every problem of the file at once
  public static Config read(Path file) throws ConfigException {
    ConfigFile reader = new ConfigFile();
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new ConfigException(List.of(file + ": larger than 1 MiB"));
      }
      reader.flatten("", new TomlMapper().readTree(Files.readAllBytes(file)));
    } catch (JacksonException e) {
      throw new ConfigException(List.of(file + ": not TOML: " + e.getOriginalMessage()));
    } catch (java.io.IOException _) {
      throw new ConfigException(List.of(file + ": can't be read"));
    }
    Config config = reader.config();
    reader.problems.addAll(config.problems());
    reader.unknownKeys();
    if (!reader.problems.isEmpty()) {
      throw new ConfigException(reader.problems);
    }
    return config;
  }

  private Config config() {
    BrakesConfig brakes = BrakesConfig.defaults();
    WebConfig web = WebConfig.defaults();
    DimseConfig dimse = DimseConfig.defaults();
    return new Config(
        Optional.of(text("keys.master-key-file", "")).filter(p -> !p.isEmpty()).map(Path::of),
        new KmsConfig(
            Optional.of(text("keys.kms-credentials-file", ""))
                .filter(p -> !p.isEmpty())
                .map(Path::of),
            text("keys.kms-endpoint", "")),
        s3(),
        new BrakesConfig(
            number("brakes.patients-per-day", brakes.patients()),
            number("brakes.studies-per-day", brakes.studies())),
        oidc(),
        new WebConfig(
            text("web.listen", web.listen()),
            number("web.port", web.port()),
            texts("web.names", web.names()),
            number("web.requests-max", web.requestsMax())),
        new OutsideConfig(
            text("outside.listen", ""),
            number("outside.port", OutsideConfig.defaults().port()),
            texts("outside.names", List.of()),
            path("outside.certificate-file"),
            path("outside.key-file")),
        new DimseConfig(
            text("dimse.ae-title", dimse.aeTitle()),
            text("dimse.listen", dimse.listen()),
            number("dimse.port", dimse.port()),
            number("dimse.associations-max", dimse.associationsMax()),
            seconds("dimse.artim-seconds", dimse.artim()),
            seconds("dimse.idle-seconds", dimse.idle()),
            texts("dimse.private-sop-classes", dimse.privateSopClasses())),
        audit(),
        new WitnessConfig(
            text("audit.witness", ""),
            path("audit.witness-authority-file"),
            path("audit.witness-token-file")),
        new MailConfig(
            text("audit.mail", ""),
            text("mail.server", ""),
            text("mail.from", ""),
            path("mail.password-file"),
            path("mail.authority-file")));
  }

  private AuditConfig audit() {
    AuditConfig audit = AuditConfig.defaults();
    return new AuditConfig(
        text("audit.source", audit.source()),
        text("audit.syslog", audit.syslog()),
        path("audit.syslog-ca-file"),
        path("audit.syslog-certificate-file"),
        path("audit.syslog-key-file"),
        text("audit.syslog-patients", audit.patients()),
        number("audit.syslog-enterprise", audit.enterprise()),
        path("audit.checkpoint-file"));
  }

  private S3Config s3() {
    S3Config s3 = S3Config.defaults();
    String endpoint = text("backup.s3.endpoint", s3.endpoint());
    return new S3Config(
        endpoint,
        text("backup.s3.region", s3.region()),
        flag("backup.s3.path-style", !endpoint.isEmpty()),
        Optional.of(text("backup.s3.credentials-file", "")).filter(p -> !p.isEmpty()).map(Path::of),
        number("backup.s3.lock-days", s3.lockDays()));
  }

  private List<OidcConfig> oidc() {
    Set<String> names = new TreeSet<>();
    for (String key : values.keySet()) {
      String[] parts = key.split("\\.", 3);
      if (parts.length == 3 && parts[0].equals("oidc")) {
        names.add(parts[1]);
      }
    }
    if (names.isEmpty()) {
      known.add("oidc.NAME.issuer");
    }
    return names.stream().map(this::oidc).toList();
  }

  private OidcConfig oidc(String name) {
    String at = "oidc." + name + ".";
    Map<String, List<String>> roles = new TreeMap<>();
    for (String role : ROLES) {
      roles.put(role, texts(at + "roles." + role, List.of()));
    }
    return new OidcConfig(
        name,
        text(at + "label", "Sign in with " + name),
        text(at + "issuer", ""),
        text(at + "client-id", ""),
        path(at + "client-secret-file"),
        path(at + "authority-file"),
        texts(at + "hosts", List.of()),
        texts(at + "scopes", OidcConfig.SCOPES),
        text(at + "groups-claim", OidcConfig.GROUPS),
        texts(at + "mfa-amr", OidcConfig.AMR),
        texts(at + "mfa-acr", List.of()),
        roles,
        text(at + "dimse-audience", ""));
  }

  private Optional<Path> path(String key) {
    return Optional.of(text(key, "")).filter(p -> !p.isEmpty()).map(Path::of);
  }

  private void flatten(String prefix, JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        flatten(key + ".", entry.getValue());
      } else {
        values.put(key, entry.getValue());
      }
    }
  }

  private Optional<JsonNode> value(String key) {
    known.add(key);
    return Optional.ofNullable(values.remove(key));
  }

  private String text(String key, String otherwise) {
    JsonNode node = value(key).orElse(null);
    if (node == null) {
      return otherwise;
    }
    if (!node.isString()) {
      problems.add(key + ": text in quotes");
      return otherwise;
    }
    return node.stringValue();
  }

  private int number(String key, int otherwise) {
    JsonNode node = value(key).orElse(null);
    if (node == null) {
      return otherwise;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      problems.add(key + ": a whole number");
      return otherwise;
    }
    return node.intValue();
  }

  private boolean flag(String key, boolean otherwise) {
    JsonNode node = value(key).orElse(null);
    if (node == null) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      problems.add(key + ": true or false");
      return otherwise;
    }
    return node.booleanValue();
  }

  private Duration seconds(String key, Duration otherwise) {
    return Duration.ofSeconds(Math.max(0, number(key, (int) otherwise.toSeconds())));
  }

  private List<String> texts(String key, List<String> otherwise) {
    JsonNode node = value(key).orElse(null);
    if (node == null) {
      return otherwise;
    }
    List<String> found = new ArrayList<>();
    for (JsonNode item : node) {
      found.add(item.isString() ? item.stringValue() : "");
    }
    if (!node.isArray() || found.contains("")) {
      problems.add(key + ": a list of texts, such as [\"pacs.example.org\"]");
      return otherwise;
    }
    return List.copyOf(found);
  }

  private void unknownKeys() {
    for (String key : values.keySet()) {
      String nearest =
          known.stream()
              .min((a, b) -> Integer.compare(distance(key, a), distance(key, b)))
              .orElseThrow();
      problems.add(key + ": no such setting; did you mean " + nearest + "?");
    }
  }

  /// Edits between two words (Levenshtein).
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
