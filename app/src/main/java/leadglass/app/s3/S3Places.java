package leadglass.app.s3;

import java.io.IOException;
import java.time.InstantSource;
import leadglass.app.config.S3Config;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;

/// The way to buckets.
public final class S3Places {
  private S3Places() {}

  /// Whether words from the command line name a bucket.
  public static boolean isFor(String words) {
    return words.startsWith(S3Address.SCHEME);
  }

  /// A bucket that is there. To be closed.
  ///
  /// @throws BackupRefusedException if it can't be reached; says what to do
  public static BackupPlace open(String words, S3Config config, InstantSource clock)
      throws IOException {
    S3Address address = S3Address.parse(words);
    if (!config.isComplete()) {
      throw new BackupRefusedException(
          "leadglass.toml does not say how buckets are reached: under [backup.s3] it needs"
              + " credentials-file, and region or endpoint");
    }
    return BucketPlace.open(address, config, clock);
  }
}
