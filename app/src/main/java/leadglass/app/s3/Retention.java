package leadglass.app.s3;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;

/// How long files are locked. What is locked is locked for half as long again as was asked for, so
/// that a backup every night extends a lock every other week and not every night.
final class Retention {
  private static final String NONE = "ObjectLockConfigurationNotFoundError";

  private final Instant opened;
  private final Duration asked;
  private final AtomicReference<Optional<Boolean>> kept = new AtomicReference<>(Optional.empty());

  private Retention(Instant opened, Duration asked) {
    this.opened = opened;
    this.asked = asked;
  }

  static Retention from(Instant now, Duration asked) {
    return new Retention(now.truncatedTo(ChronoUnit.SECONDS), asked);
  }

  /// Whether the bucket has object lock. Only whoever writes must be allowed to ask.
  boolean isKept(Bucket bucket) throws IOException {
    Optional<Boolean> known = kept.get();
    if (known.isEmpty()) {
      known = Optional.of(ask(bucket));
      kept.set(known);
    }
    return known.get();
  }

  private static boolean ask(Bucket bucket) throws IOException {
    return bucket
        .ask(
            "s3:GetBucketObjectLockConfiguration",
            "",
            Retention::isNone,
            s3 -> s3.getObjectLockConfiguration(each -> each.bucket(bucket.name())))
        .map(GetObjectLockConfigurationResponse::objectLockConfiguration)
        .filter(each -> each.objectLockEnabled() == ObjectLockEnabled.ENABLED)
        .isPresent();
  }

  private static boolean isNone(SdkException e) {
    return Failures.code(e).equals(NONE) || Failures.isUnknown(e);
  }

  /// The end of a lock that begins now.
  Instant until() {
    return opened.plus(asked).plus(slack());
  }

  private Duration slack() {
    return Duration.ofDays(Math.max(1, asked.toDays() / 2));
  }

  /// Whether a lock that ends then ends before what was asked for.
  boolean isShort(Instant until) {
    return until.isBefore(opened.plus(asked));
  }
}
