package leadglass.app.s3;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// What an owner of buckets does, and Leadglass never.
final class Buckets {
  private Buckets() {}

  static S3Client client(String endpoint) {
    return S3Client.builder()
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(BucketServer.ID, BucketServer.SECRET)))
        .forcePathStyle(true)
        .build();
  }

  /// @param versioned whether it keeps what is overwritten or deleted
  static void make(String endpoint, String bucket, boolean versioned) {
    try (S3Client owner = client(endpoint)) {
      owner.createBucket(each -> each.bucket(bucket));
      if (versioned) {
        owner.putBucketVersioning(each ->
            each.bucket(bucket)
                .versioningConfiguration(how -> how.status(BucketVersioningStatus.ENABLED)));
      }
    }
  }
}
