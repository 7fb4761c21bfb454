package leadglass.app.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import leadglass.app.Failure;
import leadglass.app.dicom.ServerTrust;
import leadglass.archive.Authority;
import leadglass.archive.DeviceTerms;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.PartTen;
import leadglass.net.association.AssociationRejected;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RequestorSettings;
import leadglass.net.dimse.Services;
import leadglass.net.tls.SecureClient;
import leadglass.net.ul.UserInformation.UserIdentity;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Whom a command speaks DICOM with, and as which device.
final class DicomOptions {
  /// For each answer.
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Transfer syntaxes of whatever is no instance.
  static final List<Uid> NATIVE =
      List.of(
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
          TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid());

  private static final long FILE_BYTES_MAX = 64 << 10;
  private static final String TITLE = "[ -~&&[^\\\\]]{1,16}";

  @Parameters(
      index = "0",
      paramLabel = "HOST:PORT",
      description = "Where the peer listens for DICOM over TLS.")
  @SuppressWarnings("NullAway.Init")
  private String address;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "FOLDER",
      description =
          "The device to be: a folder with key.pem, cert.pem and ca.pem, as device add and device"
              + " enrol write it.")
  @SuppressWarnings("NullAway.Init")
  private Path device;

  @Option(
      names = "--aet",
      paramLabel = "AET",
      description = "The device's AE title, if the folder has no file aet.txt.")
  private Optional<String> calling = Optional.empty();

  @Option(
      names = "--called",
      paramLabel = "AET",
      defaultValue = "LEADGLASS",
      description = "The peer's AE title; by default ${DEFAULT-VALUE}.")
  private String called = "LEADGLASS";

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM of whoever signs the peer's certificate; by default ca.pem of the folder.")
  private Optional<Path> authority = Optional.empty();

  @Option(
      names = "--peer-cert",
      paramLabel = "FILE",
      description = "PEM of the peer's certificate: that one, whoever signed it, and no other.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Who uses the device, proved by --token-file.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file whose first line is a token of that person's.")
  private Optional<Path> token = Optional.empty();

  /// As it was typed.
  String address() {
    return address;
  }

  /// Our AE title.
  String calling() throws Failure {
    Path file = device.resolve(DeviceFiles.AE_TITLE);
    String title = calling.orElse("");
    try {
      if (title.isEmpty() && Files.exists(file) && Files.size(file) <= FILE_BYTES_MAX) {
        title = Files.readString(file).strip();
      }
    } catch (IOException _) {
      throw new Failure(Failure.USAGE, file + " can't be read", "name the AE title with --aet");
    }
    return title(title, "--aet");
  }

  /// @throws Failure if it is none
  static String title(String title, String option) throws Failure {
    if (!title.matches(TITLE) || title.isBlank()) {
      throw new Failure(
          Failure.USAGE,
          "an AE title has 1 to 16 characters of ASCII, no backslash",
          "name it with " + option);
    }
    return title;
  }

  /// Asks for an association.
  ///
  /// @param services what the peer may ask of us
  /// @throws Failure in words that say what to do
  RequestedAssociation open(Function<Proposal.Builder, Proposal> asked, Services<String> services)
      throws Failure {
    DeviceTerms.Destination at =
        DeviceTerms.Destination.parse(address)
            .orElseThrow(
                () -> new Failure(Failure.USAGE, "no HOST:PORT", "such as archive.example:2762"));
    ServerTrust trust = trust(at.host());
    Proposal.Builder proposal = Proposal.of(title(called, "--called"), calling());
    identity().ifPresent(proposal::identity);
    try {
      return RequestedAssociation.open(
          new InetSocketAddress(InetAddress.getByName(at.host()), at.port()),
          transport(trust),
          asked.apply(proposal),
          services,
          address,
          RequestorSettings.defaults(PartTen.IMPLEMENTATION_CLASS, PartTen.IMPLEMENTATION_VERSION),
          InstantSource.system(),
          _ -> {});
    } catch (AssociationRejected e) {
      throw new Failure(
          Failure.NO,
          address
              + " rejected the association: "
              + e.rejection().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          "a Leadglass says so to every stranger; on it, `leadglass doctor "
              + calling()
              + "` tells why");
    } catch (UnknownHostException _) {
      throw new Failure(Failure.FAILED, at.host() + " has no address", "check the name");
    } catch (SSLException _) {
      throw new Failure(
          Failure.FAILED,
          trust.objection().isEmpty()
              ? "no secure connection with " + address + " came about"
              : address + " is not who it should be: " + trust.objection(),
          trust.objection().isEmpty()
              ? "the peer may not know this device's certificate, or speak no TLS 1.2 or 1.3"
              : "use a name its certificate has, name its authority with --ca, or the certificate"
                  + " itself with --peer-cert");
    } catch (IOException e) {
      throw new Failure(
          Failure.FAILED,
          address + " can't be spoken with (" + e.getClass().getSimpleName() + ")",
          "is it running, and is that the port for DICOM over TLS?");
    }
  }

  private Optional<UserIdentity> identity() throws Failure {
    if (user.isPresent() != token.isPresent()) {
      throw new Failure(
          Failure.USAGE, "--user and --token-file go together", "name both, or neither");
    }
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new UserIdentity(
                UserIdentity.NAME_AND_PASSCODE,
                true,
                user.get(),
                PasswordFile.read(token.orElseThrow())));
  }

  private SecureClient transport(ServerTrust trust) throws Failure {
    byte[] key = read(device.resolve("key.pem"));
    try {
      Authority.Identity identity = Authority.given(read(device.resolve("cert.pem")), key);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity.keys(), identity.password());
      return SecureClient.of(keys.getKeyManagers(), trust, InstantSource.system());
    } catch (IllegalArgumentException e) {
      throw new Failure(
          Failure.USAGE, device + ": " + e.getMessage(), "name the folder of an enrolled device");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is part of every Java", e);
    } finally {
      java.util.Arrays.fill(key, (byte) 0);
    }
  }

  private ServerTrust trust(String host) throws Failure {
    if (certificate.isPresent()) {
      return ServerTrust.only(certificates(certificate.get()).getFirst());
    }
    return ServerTrust.signedBy(certificates(authority.orElse(device.resolve("ca.pem"))), host);
  }

  private static List<X509Certificate> certificates(Path file) throws Failure {
    List<X509Certificate> all = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate each : factory.generateCertificates(new ByteArrayInputStream(read(file)))) {
        all.add((X509Certificate) each);
      }
    } catch (CertificateException _) {
      all.clear();
    }
    if (all.isEmpty()) {
      throw new Failure(Failure.USAGE, file + " has no certificates", "name a PEM file");
    }
    return all;
  }

  private static byte[] read(Path file) throws Failure {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new Failure(Failure.USAGE, file + " is too large", "name a PEM file");
      }
      return Files.readAllBytes(file);
    } catch (IOException _) {
      throw new Failure(
          Failure.USAGE,
          file + " can't be read",
          "--as names the folder that device add or device enrol wrote");
    }
  }
}
