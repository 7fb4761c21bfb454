package leadglass.app.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import leadglass.store.BackupPlace.Content;
import leadglass.store.BackupRefusedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

/// Writes one file: in one request if it is short, else in parts, of which one at a time is in
/// memory. The server compares each with its CRC-32C, and lets the whole be seen at once or never.
///
/// @param until when its lock ends, if it gets one
/// @param mark random, kept with the file: by it whoever writes knows what is theirs
record Upload(Bucket bucket, String key, long bytes, Optional<Instant> until, String mark) {
  private static final String MARK = "leadglass-put";
  static final int PART_BYTES = 16 << 20;
  private static final int PARTS_MAX = 10_000;
  private static final String RIGHT = "s3:PutObject";

  Upload(Bucket bucket, String key, long bytes, Optional<Instant> until) {
    this(bucket, key, bytes, until, UUID.randomUUID().toString());
  }

  /// @return false if there is one of that name
  boolean put(Content content) throws IOException {
    if (bytes > (long) PART_BYTES * PARTS_MAX) {
      throw new BackupRefusedException(
          "a file of " + bytes + " bytes is larger than a bucket takes in " + PARTS_MAX + " parts");
    }
    try (InputStream in = content.open()) {
      byte[] part = new byte[(int) Math.min(bytes, PART_BYTES)];
      return bytes <= PART_BYTES ? whole(in, part) : inParts(in, part);
    }
  }

  private boolean whole(InputStream in, byte[] buffer) throws IOException {
    int read = in.readNBytes(buffer, 0, buffer.length);
    checkEnd(in, read);
    return unlessTaken((s3, condition) ->
        s3.putObject(
            each -> {
              each.bucket(bucket.name()).key(key).ifNoneMatch(condition);
              each.metadata(Map.of(MARK, mark));
              each.checksumCRC32C(crc(buffer, read));
              if (until.isPresent()) {
                each.objectLockMode(ObjectLockMode.COMPLIANCE)
                    .objectLockRetainUntilDate(until.get());
              }
            },
            body(buffer, read)));
  }

  /// Makes what is seen from then on.
  private interface Last {
    /// @param condition of the header If-None-Match; null for none
    Object make(S3Client s3, @Nullable String condition);
  }

  /// Whoever called has seen that there is none of that name; the condition is for whoever writes
  /// one meanwhile. A server that knows no conditions says so and is asked without.
  private boolean unlessTaken(Last last) throws IOException {
    Optional<Boolean> made =
        bucket.ask(RIGHT, key, Failures::isUnknown, s3 -> unlessTaken(s3, last, "*"));
    return made.isPresent()
        ? made.get()
        : bucket.ask(RIGHT, key, s3 -> unlessTaken(s3, last, null));
  }

  private boolean unlessTaken(S3Client s3, Last last, @Nullable String condition) {
    try {
      var _ = last.make(s3, condition);
      return true;
    } catch (SdkException e) {
      if (isTaken(e)) {
        return isOurs(s3, e);
      }
      throw e;
    }
  }

  /// An answer may be lost, and the request made again find what the first one wrote.
  ///
  /// @throws SdkException the one given, if there is nothing of that name
  private boolean isOurs(S3Client s3, SdkException otherwise) {
    try {
      return s3.headObject(each -> each.bucket(bucket.name()).key(key))
          .metadata()
          .getOrDefault(MARK, "")
          .equals(mark);
    } catch (SdkException _) {
      throw otherwise;
    }
  }

  private boolean inParts(InputStream in, byte[] buffer) throws IOException {
    String upload = begin();
    boolean done = false;
    try {
      List<CompletedPart> parts = new ArrayList<>();
      long written = 0;
      while (written < bytes) {
        int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, bytes - written));
        if (read == 0) {
          break;
        }
        parts.add(part(upload, parts.size() + 1, buffer, read));
        written += read;
      }
      checkEnd(in, written);
      done = complete(upload, parts);
      return done;
    } finally {
      if (!done) {
        abandon(upload);
      }
    }
  }

  private String begin() throws IOException {
    return bucket.ask(
        RIGHT,
        key,
        s3 ->
            s3.createMultipartUpload(
                    each -> {
                      each.bucket(bucket.name()).key(key);
                      each.metadata(Map.of(MARK, mark));
                      each.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
                      if (until.isPresent()) {
                        each.objectLockMode(ObjectLockMode.COMPLIANCE)
                            .objectLockRetainUntilDate(until.get());
                      }
                    })
                .uploadId());
  }

  private CompletedPart part(String upload, int number, byte[] buffer, int length)
      throws IOException {
    String crc = crc(buffer, length);
    String tag =
        bucket.ask(
            RIGHT,
            key,
            s3 ->
                s3.uploadPart(
                        each ->
                            each.bucket(bucket.name())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumCRC32C(crc),
                        body(buffer, length))
                    .eTag());
    return CompletedPart.builder().partNumber(number).eTag(tag).checksumCRC32C(crc).build();
  }

  private boolean complete(String upload, List<CompletedPart> parts) throws IOException {
    return unlessTaken((s3, condition) ->
        s3.completeMultipartUpload(each ->
            each.bucket(bucket.name())
                .key(key)
                .uploadId(upload)
                .ifNoneMatch(condition)
                .multipartUpload(all -> all.parts(parts))));
  }

  /// What made it fail is told; that this did too is not: the next sweep tries again.
  private void abandon(String upload) {
    try {
      abort(bucket, key, upload);
    } catch (IOException _) {
      // See above.
    }
  }

  static void abort(Bucket bucket, String key, String upload) throws IOException {
    var _ =
        bucket.ask(
            "s3:AbortMultipartUpload",
            key,
            e -> Failures.isDenied(e) || Failures.status(e) == 404,
            s3 ->
                s3.abortMultipartUpload(
                    each -> each.bucket(bucket.name()).key(key).uploadId(upload)));
  }

  private void checkEnd(InputStream in, long read) throws IOException {
    long there = read + (read == bytes && in.read() >= 0 ? 1 : 0);
    if (there != bytes) {
      throw new IOException("a copy of " + there + " bytes instead of " + bytes);
    }
  }

  /// Somebody wrote it, or is writing it, since it was looked for.
  private static boolean isTaken(SdkException e) {
    int status = Failures.status(e);
    return status == 412 || status == 409 || Failures.code(e).equals("NoSuchUpload");
  }

  private static String crc(byte[] buffer, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer, 0, length);
    int value = (int) crc.getValue();
    return Base64.getEncoder()
        .encodeToString(
            new byte[] {
              (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
            });
  }

  /// May be read more than once: a request that fails is made again.
  private static RequestBody body(byte[] buffer, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(buffer, 0, length), length, "application/octet-stream");
  }
}
