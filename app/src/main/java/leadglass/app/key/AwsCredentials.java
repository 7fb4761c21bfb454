package leadglass.app.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/// An access key, from the file in which AWS's tools keep it; profile `default`.
public record AwsCredentials(String id, String secret, String session) {
  private static final int BYTES_MAX = 1 << 16;

  public static AwsCredentials read(Path file) throws GeneralSecurityException {
    Map<String, String> values = new HashMap<>();
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new GeneralSecurityException("its credentials file is too large");
      }
      boolean wanted = false;
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        int equals = text.indexOf('=');
        if (text.startsWith("[")) {
          wanted = text.equals("[default]");
        } else if (wanted && equals > 0) {
          values.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
        }
      }
    } catch (IOException _) {
      throw new GeneralSecurityException("its credentials file can't be read");
    }
    String id = values.getOrDefault("aws_access_key_id", "");
    String secret = values.getOrDefault("aws_secret_access_key", "");
    if (id.isEmpty() || secret.isEmpty()) {
      throw new GeneralSecurityException("its credentials file has no access key under [default]");
    }
    return new AwsCredentials(id, secret, values.getOrDefault("aws_session_token", ""));
  }

  @Override
  public String toString() {
    return "AwsCredentials[]";
  }
}
