package leadglass.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `[backup.s3]` table: how buckets are reached that backups go to.
///
/// @param endpoint `https://HOST[:PORT]`; plain http to this machine alone; empty for AWS itself
/// @param region such as `eu-central-1`; empty for a server that has none
/// @param pathStyle whether the bucket stands in the path and not in the host name
/// @param credentials a file with the access key
/// @param lockDays how long nobody can take a copy away, where the bucket has object lock
public record S3Config(
    String endpoint, String region, boolean pathStyle, Optional<Path> credentials, int lockDays) {
  private static final String REGION_OF_NONE = "us-east-1";
  private static final int LOCK_DAYS_MAX = 3650;

  public static S3Config defaults() {
    return new S3Config("", "", false, Optional.empty(), 30);
  }

  /// Whether a bucket can be reached at all.
  public boolean isComplete() {
    return credentials.isPresent() && !(endpoint.isEmpty() && region.isEmpty());
  }

  /// The one address that is asked.
  public URI uri() {
    return endpoint.isEmpty()
        ? URI.create("https://s3." + region + ".amazonaws.com")
        : URI.create(endpoint);
  }

  /// What requests are signed for.
  public String signedRegion() {
    return region.isEmpty() ? REGION_OF_NONE : region;
  }

  List<String> problems() {
    List<String> found = new ArrayList<>();
    if (!endpoint.isEmpty()) {
      Problems.endpoint(found, "backup.s3.endpoint", endpoint);
    }
    if (!region.isEmpty() && !region.matches("[a-z0-9-]{1,32}")) {
      found.add("backup.s3.region: a name such as eu-central-1");
    }
    if (lockDays < 1 || lockDays > LOCK_DAYS_MAX) {
      found.add("backup.s3.lock-days: 1 to " + LOCK_DAYS_MAX);
    }
    return found;
  }
}
