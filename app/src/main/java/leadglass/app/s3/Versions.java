package leadglass.app.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import leadglass.store.BackupPlace.Held;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What lies in a bucket. Where it keeps versions, the oldest of a key counts: we write each key
/// once, so whatever came later, another version or a mark that says "deleted", is not ours.
///
/// Safe for use by several threads.
final class Versions {
  private final Bucket bucket;
  private final boolean kept;

  /// Of keys seen in listings, so that nothing is listed twice.
  private final Map<String, String> ids = new ConcurrentHashMap<>();

  private Versions(Bucket bucket, boolean kept) {
    this.bucket = bucket;
    this.kept = kept;
  }

  static Versions of(Bucket bucket) throws IOException {
    Optional<GetBucketVersioningResponse> answer =
        bucket.ask(
            "s3:GetBucketVersioning",
            "",
            Failures::isUnknown,
            s3 -> s3.getBucketVersioning(each -> each.bucket(bucket.name())));
    boolean kept =
        answer
            .map(GetBucketVersioningResponse::status)
            .filter(status -> status != BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION)
            .isPresent();
    return new Versions(bucket, kept);
  }

  /// Whether the bucket keeps what is overwritten or deleted.
  boolean kept() {
    return kept;
  }

  /// Files whose keys begin with a prefix, by key.
  List<Held> list(String prefix) throws IOException {
    return bucket.ask(
        kept ? "s3:ListBucketVersions" : "s3:ListBucket",
        prefix,
        s3 -> kept ? versions(s3, prefix) : objects(s3, prefix));
  }

  private List<Held> objects(S3Client s3, String prefix) {
    List<Held> found = new ArrayList<>();
    for (ListObjectsV2Response page :
        s3.listObjectsV2Paginator(each -> each.bucket(bucket.name()).prefix(prefix))) {
      for (S3Object object : page.contents()) {
        found.add(new Held(object.key(), object.size()));
      }
    }
    return found;
  }

  /// Newest first within a key: the last one seen is the oldest.
  private List<Held> versions(S3Client s3, String prefix) {
    Map<String, Held> found = new LinkedHashMap<>();
    for (ListObjectVersionsResponse page :
        s3.listObjectVersionsPaginator(each -> each.bucket(bucket.name()).prefix(prefix))) {
      for (ObjectVersion version : page.versions()) {
        found.put(version.key(), new Held(version.key(), version.size()));
        ids.put(version.key(), version.versionId());
      }
    }
    return List.copyOf(found.values());
  }

  /// The version of a key that counts.
  ///
  /// @return null inside where the bucket keeps none; empty if there is no such key
  Optional<String> find(String key) throws IOException {
    String known = ids.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    all(key);
    return Optional.ofNullable(ids.get(key));
  }

  /// Every version and every mark of a key, oldest first.
  List<String> all(String key) throws IOException {
    List<String> versions = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    bucket.ask(
        "s3:ListBucketVersions",
        key,
        s3 -> {
          for (ListObjectVersionsResponse page :
              s3.listObjectVersionsPaginator(each -> each.bucket(bucket.name()).prefix(key))) {
            page.versions().stream()
                .filter(each -> each.key().equals(key))
                .map(ObjectVersion::versionId)
                .forEach(versions::add);
            page.deleteMarkers().stream()
                .filter(each -> each.key().equals(key))
                .map(DeleteMarkerEntry::versionId)
                .forEach(marks::add);
            if (beyond(page, key)) {
              break;
            }
          }
          return true;
        });
    if (versions.isEmpty()) {
      ids.remove(key);
    } else {
      ids.put(key, versions.getLast());
    }
    List<String> all = new ArrayList<>(versions.reversed());
    all.addAll(marks);
    return all;
  }

  /// Keys come in order: longer ones that begin with this one come behind it.
  private static boolean beyond(ListObjectVersionsResponse page, String key) {
    return page.versions().stream().anyMatch(each -> !each.key().equals(key));
  }

  void forget(String key) {
    ids.remove(key);
  }
}
