package leadglass.app.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import leadglass.app.config.S3Config;
import leadglass.store.BackupPlace;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// A bucket, or what lies under a prefix in it. To be closed.
final class BucketPlace implements BackupPlace {
  private static final Duration PARTS_KEPT = Duration.ofDays(1);

  private final S3Address address;
  private final Bucket bucket;
  private final Versions versions;
  private final Retention retention;

  private BucketPlace(S3Address address, Bucket bucket, Versions versions, Retention retention) {
    this.address = address;
    this.bucket = bucket;
    this.versions = versions;
    this.retention = retention;
  }

  static BackupPlace open(S3Address address, S3Config config, InstantSource clock)
      throws IOException {
    Bucket bucket = Bucket.open(address, config);
    try {
      Versions versions = Versions.of(bucket);
      Retention retention = Retention.from(clock.instant(), Duration.ofDays(config.lockDays()));
      return new BucketPlace(address, bucket, versions, retention);
    } catch (IOException e) {
      bucket.close();
      throw e;
    }
  }

  private String key(String name) {
    return address.prefix() + BackupPlace.checked(name);
  }

  @Override
  public boolean put(String name, long bytes, Content content) throws IOException {
    String key = key(name);
    if (isThere(key)) {
      return false;
    }
    Optional<Instant> until = lock().map(_ -> retention.until());
    return new Upload(bucket, key, bytes, until).put(content);
  }

  /// A server may not know the condition under which a file is written, so it is asked before too.
  private boolean isThere(String key) throws IOException {
    return bucket
            .ask(
                "s3:GetObject",
                key,
                BucketPlace::isMissing,
                s3 -> s3.headObject(each -> each.bucket(bucket.name()).key(key)))
            .isPresent()
        || (versions.kept() && versions.find(key).isPresent());
  }

  private static boolean isMissing(SdkException e) {
    return Failures.status(e) == 404;
  }

  @Override
  public InputStream read(String name, long offset) throws IOException {
    return new ObjectStream(bucket, key(name), name, version(name), offset);
  }

  /// @return null where the bucket keeps no versions
  private @Nullable String version(String name) throws IOException {
    return versions.kept()
        ? versions.find(key(name)).orElseThrow(() -> new NoSuchFileException(name))
        : null;
  }

  @Override
  public List<Held> list(String prefix) throws IOException {
    List<Held> found = new ArrayList<>();
    int cut = address.prefix().length();
    for (Held held : versions.list(address.prefix() + prefix)) {
      String name = held.name().substring(cut);
      if (NAME.matcher(name).matches()) {
        found.add(new Held(name, held.bytes()));
      }
    }
    return found;
  }

  @Override
  public boolean delete(String name) throws IOException {
    String key = key(name);
    List<@Nullable String> all = new ArrayList<>();
    if (versions.kept()) {
      all.addAll(versions.all(key));
    } else if (isThere(key)) {
      all.add(null);
    }
    if (all.isEmpty()) {
      throw new NoSuchFileException(name);
    }
    for (String version : all) { // the oldest, which counts, first
      if (!remove(key, version)) {
        return false;
      }
    }
    versions.forget(key);
    return !isThere(key);
  }

  private boolean remove(String key, @Nullable String version) throws IOException {
    return bucket
        .ask(
            version == null ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
            key,
            Failures::isDenied,
            s3 -> s3.deleteObject(each -> each.bucket(bucket.name()).key(key).versionId(version)))
        .isPresent();
  }

  @Override
  public boolean tryOverwrite(String name, byte[] other) throws IOException {
    String key = key(name);
    if (!isThere(key)) {
      throw new NoSuchFileException(name);
    }
    Optional<PutObjectResponse> answer =
        bucket.ask(
            "s3:PutObject",
            name,
            Failures::isDenied,
            s3 ->
                s3.putObject(
                    each -> each.bucket(bucket.name()).key(key), RequestBody.fromBytes(other)));
    if (answer.isEmpty()) {
      return false;
    }
    byte[] there;
    try (InputStream in = read(name, 0)) {
      there = in.readNBytes(other.length + 1);
    }
    String added = answer.get().versionId();
    if (versions.kept() && added != null) {
      var _ = remove(key, added);
    }
    return Arrays.equals(there, other);
  }

  @Override
  public void sweep(Instant now) throws IOException {
    Instant before = now.minus(PARTS_KEPT);
    Optional<List<MultipartUpload>> uploads =
        bucket.ask(
            "s3:ListBucketMultipartUploads",
            "",
            // Whoever may not tidy up may make backups all the same.
            e -> Failures.isDenied(e) || Failures.isUnknown(e),
            s3 ->
                s3
                    .listMultipartUploadsPaginator(
                        each -> each.bucket(bucket.name()).prefix(address.prefix()))
                    .stream()
                    .map(ListMultipartUploadsResponse::uploads)
                    .flatMap(List::stream)
                    .filter(each -> each.initiated().isBefore(before))
                    .toList());
    for (MultipartUpload each : uploads.orElse(List.of())) {
      Upload.abort(bucket, each.key(), each.uploadId());
    }
  }

  @Override
  public Optional<Lock> lock() throws IOException {
    return retention.isKept(bucket) ? Optional.of(new ObjectLock()) : Optional.empty();
  }

  private final class ObjectLock implements Lock {
    @Override
    public long untilMillis() {
      return retention.until().toEpochMilli();
    }

    @Override
    public boolean isShort(long lockedUntilMillis) {
      return retention.isShort(Instant.ofEpochMilli(lockedUntilMillis));
    }

    @Override
    public void extend(String name) throws IOException {
      String version = version(name);
      bucket.ask(
          "s3:PutObjectRetention",
          name,
          s3 ->
              s3.putObjectRetention(each ->
                  each.bucket(bucket.name())
                      .key(key(name))
                      .versionId(version)
                      .retention(until ->
                          until
                              .mode(ObjectLockRetentionMode.COMPLIANCE)
                              .retainUntilDate(retention.until()))));
    }
  }

  @Override
  public String shown() {
    return address.text();
  }

  @Override
  public void close() {
    bucket.close();
  }
}
