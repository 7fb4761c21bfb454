package leadglass.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything `leadglass.toml` may say. What is insecure cannot be expressed.
///
/// @param keyFile where the master key lies; by default where set-up or `init` said, or beside the
///   data directory
/// @param kms how a key service is reached
/// @param s3 how buckets for backups are reached
/// @param brakes budgets of a day
/// @param audit what the archive calls itself in audit messages, and where they go
/// @param witness who keeps checkpoints of the trail
/// @param mail to whom they are sent
/// @param oidc identity providers, in the order of their names
public record Config(
    Optional<Path> keyFile,
    KmsConfig kms,
    S3Config s3,
    BrakesConfig brakes,
    List<OidcConfig> oidc,
    WebConfig web,
    OutsideConfig outside,
    DimseConfig dimse,
    AuditConfig audit,
    WitnessConfig witness,
    MailConfig mail) {

  public static Config defaults() {
    return new Config(
        Optional.empty(),
        KmsConfig.defaults(),
        S3Config.defaults(),
        BrakesConfig.defaults(),
        List.of(),
        WebConfig.defaults(),
        OutsideConfig.defaults(),
        DimseConfig.defaults(),
        AuditConfig.defaults(),
        WitnessConfig.defaults(),
        MailConfig.defaults());
  }

  /// With what flags say instead of the file.
  ///
  /// @param names in place of the file's, if there are any
  public Config with(
      Optional<Integer> https,
      Optional<Integer> dicom,
      Optional<String> listen,
      List<String> names) {
    return new Config(
        keyFile,
        kms,
        s3,
        brakes,
        oidc,
        new WebConfig(
            listen.orElse(web.listen()),
            https.orElse(web.port()),
            names.isEmpty() ? web.names() : names,
            web.requestsMax()),
        outside,
        new DimseConfig(
            dimse.aeTitle(),
            listen.orElse(dimse.listen()),
            dicom.orElse(dimse.port()),
            dimse.associationsMax(),
            dimse.artim(),
            dimse.idle(),
            dimse.privateSopClasses()),
        audit,
        witness,
        mail);
  }

  /// All that is wrong, so that an operator mends the file once.
  public List<String> problems() {
    List<String> found = new ArrayList<>();
    found.addAll(kms.problems());
    found.addAll(s3.problems());
    found.addAll(brakes.problems());
    found.addAll(OidcConfig.problems(oidc));
    found.addAll(web.problems());
    found.addAll(outside.problems());
    found.addAll(dimse.problems());
    found.addAll(audit.problems());
    found.addAll(witness.problems());
    found.addAll(mail.problems());
    return List.copyOf(found);
  }
}
