package leadglass.app.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import leadglass.app.config.S3Config;
import leadglass.app.key.AwsCredentials;
import leadglass.app.outbound.OutboundDoor;
import leadglass.store.BackupRefusedException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/// Requests to one bucket. The client takes nothing from the environment, from profiles or from the
/// machine's own services. Safe for use by several threads.
final class Bucket implements AutoCloseable {
  /// Long enough for a part over a slow line.
  private static final Duration ATTEMPT = Duration.ofMinutes(10);

  private static final Duration CALL = Duration.ofMinutes(30);

  private final S3Client client;
  private final String name;
  private final Failures failures;

  private Bucket(S3Client client, String name, Failures failures) {
    this.client = client;
    this.name = name;
    this.failures = failures;
  }

  static Bucket open(S3Address address, S3Config config) throws BackupRefusedException {
    Path file = config.credentials().orElseThrow();
    AwsCredentials key;
    try {
      key = AwsCredentials.read(file);
    } catch (GeneralSecurityException e) {
      throw new BackupRefusedException(
          "there is no access key for buckets: " + e.getMessage() + " (" + file + ")");
    }
    OutboundDoor door = new OutboundDoor(config.uri().getHost());
    S3Client client =
        S3Client.builder()
            .httpClient(UrlConnectionHttpClient.create(door::open))
            .endpointOverride(config.uri())
            .region(Region.of(config.signedRegion()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    key.session().isEmpty()
                        ? AwsBasicCredentials.create(key.id(), key.secret())
                        : AwsSessionCredentials.create(key.id(), key.secret(), key.session())))
            .forcePathStyle(config.pathStyle())
            .crossRegionAccessEnabled(false)
            .useArnRegion(false)
            .disableMultiRegionAccessPoints(true)
            .disableS3ExpressSessionAuth(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(S3Configuration.builder().expectContinueEnabled(false).build())
            .overrideConfiguration(each ->
                each.defaultProfileFile(ProfileFile.aggregator().build())
                    .retryStrategy(RetryMode.STANDARD)
                    .apiCallAttemptTimeout(ATTEMPT)
                    .apiCallTimeout(CALL))
            .build();
    String server = config.uri().getRawAuthority();
    return new Bucket(client, address.bucket(), new Failures(address.bucket(), server, file));
  }

  String name() {
    return name;
  }

  /// Asks.
  ///
  /// @param right that it needs, such as `s3:PutObject`
  /// @param file that it is about
  /// @throws java.nio.file.NoSuchFileException if that is not there
  <T> T ask(String right, String file, Function<S3Client, T> request) throws IOException {
    try {
      return request.apply(client);
    } catch (SdkException e) {
      throw failures.of(right, file, e);
    }
  }

  /// Asks for what may be refused.
  ///
  /// @param no answers that are a no
  /// @return empty if it is one of these
  <T> Optional<T> ask(
      String right, String file, Predicate<SdkException> no, Function<S3Client, T> request)
      throws IOException {
    try {
      return Optional.of(request.apply(client));
    } catch (SdkException e) {
      if (no.test(e)) {
        return Optional.empty();
      }
      throw failures.of(right, file, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
