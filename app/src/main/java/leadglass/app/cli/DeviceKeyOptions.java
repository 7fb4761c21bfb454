package leadglass.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// By what a device proves itself: a key made here, or what it brings along; and where the answer
/// is written.
final class DeviceKeyOptions {
  private static final long FILE_BYTES_MAX = 64 << 10;

  @ArgGroup private @Nullable Brought brought;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      description = {
        "A folder for key.pem, cert.pem, ca.pem and aet.txt, made if it is not there; with --csr a file for"
            + " the certificate and the one that signed it."
      })
  private Optional<Path> out = Optional.empty();

  DeviceKeyOptions() {}

  /// One of them.
  static final class Brought {
    @Option(
        names = "--csr",
        paramLabel = "FILE",
        description =
            "A certificate request (PKCS #10, PEM or DER) made on the device. Its public key is"
                + " taken, nothing else of it.")
    private @Nullable Path csr;

    @Option(
        names = "--cert",
        paramLabel = "FILE",
        description = "A certificate of another authority (PEM or DER): it, and no other one.")
    private @Nullable Path cert;

    @Option(
        names = "--fingerprint",
        paramLabel = "SHA256",
        description = "The same, by its SHA-256 alone.")
    private @Nullable String fingerprint;
  }

  /// The words for the console; nothing is written yet.
  Map<String, String> words() throws Failure {
    Map<String, String> words = new LinkedHashMap<>();
    Brought own = brought;
    if (own == null) {
      DeviceFiles.check(folder());
      words.put("folder", folder().toAbsolutePath().normalize().toString());
    } else if (own.csr != null) {
      DeviceFiles.checkFile(file());
      words.put("csr", read(own.csr));
    } else if (own.cert != null) {
      words.put("cert", read(own.cert));
    } else {
      words.put("fingerprint", String.valueOf(own.fingerprint));
    }
    return words;
  }

  private Path folder() throws Failure {
    return out.orElseThrow(
        () -> new Failure(Failure.USAGE, "--out is missing", "name a folder for the three files"));
  }

  private Path file() throws Failure {
    return out.orElseThrow(
        () -> new Failure(Failure.USAGE, "--out is missing", "name a file for the certificate"));
  }

  private static String read(Path file) throws Failure {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new Failure(Failure.USAGE, file + " is too large", "name a PEM or DER file");
      }
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException _) {
      throw new Failure(Failure.USAGE, file + " can't be read", "name a PEM or DER file");
    }
  }

  /// Writes what came.
  ///
  /// @return in a few words where it is
  String write(String ae, Reply reply) throws Failure {
    Brought own = brought;
    if (own == null) {
      DeviceFiles.write(
          folder(),
          ae.strip(),
          String.valueOf(reply.values().get("key")),
          String.valueOf(reply.values().get("certificate")),
          String.valueOf(reply.values().get("ca")));
      return " Its files are in " + folder() + ".";
    }
    if (own.csr != null) {
      DeviceFiles.write(file(), String.valueOf(reply.values().get("certificate")));
      return " Its certificate is in " + file() + ".";
    }
    return " It proves itself by the certificate it has.";
  }
}
