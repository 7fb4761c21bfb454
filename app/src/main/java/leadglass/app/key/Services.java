package leadglass.app.key;

import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.KmsClients;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import leadglass.archive.KeyHome.RefusedException;

/// Finds the client of a key service by its URI: ours for AWS KMS (`aws-kms://arn:…`), and any
/// other of Tink's that lies on the class path and registers itself.
///
/// @param credentials a file with the access key, as the service's own tools keep it
/// @param endpoint where the service answers, if not at its usual address
public record Services(Optional<Path> credentials, Optional<URI> endpoint, InstantSource clock) {

  KmsClient of(String uri) throws RefusedException {
    if (AwsKms.isFor(uri)) {
      if (credentials.isEmpty()) {
        throw new RefusedException(
            "For a key of AWS KMS leadglass.toml must name keys.kms-credentials-file.");
      }
      return new AwsKms(credentials.get(), endpoint, clock);
    }
    try {
      return KmsClients.get(uri);
    } catch (GeneralSecurityException _) {
      throw new RefusedException(
          "There is no client here for the key service of "
              + uri
              + ". There is one for aws-kms://;"
              + " others are Tink's, put beside the program's libraries.");
    }
  }
}
