package leadglass.app.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Reads a file. A connection that breaks on the way is opened anew where it broke; it must be the
/// same file then.
final class ObjectStream extends InputStream {
  private static final int TRIES_MAX = 5;
  private static final int BEYOND_THE_END = 416;

  private final Bucket bucket;
  private final String key;
  private final String name;
  private final @Nullable String version;
  private @Nullable ResponseInputStream<GetObjectResponse> in;
  private @Nullable String tag;
  private long position;
  private long left;
  private int triesLeft = TRIES_MAX;

  /// @param version null where the bucket keeps none
  /// @throws java.nio.file.NoSuchFileException if it is not there
  ObjectStream(Bucket bucket, String key, String name, @Nullable String version, long offset)
      throws IOException {
    this.bucket = bucket;
    this.key = key;
    this.name = name;
    this.version = version;
    this.position = offset;
    Optional<ResponseInputStream<GetObjectResponse>> answer =
        bucket.ask("s3:GetObject", name, ObjectStream::isBeyond, s3 -> s3.getObject(this::request));
    if (answer.isPresent()) {
      in = answer.get();
      left = answer.get().response().contentLength();
      tag = answer.get().response().eTag();
    }
  }

  private void request(software.amazon.awssdk.services.s3.model.GetObjectRequest.Builder request) {
    request.bucket(bucket.name()).key(key).versionId(version).ifMatch(tag);
    if (position > 0) {
      request.range("bytes=" + position + "-");
    }
  }

  private static boolean isBeyond(SdkException e) {
    return Failures.status(e) == BEYOND_THE_END;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    while (left > 0) {
      int read = tryRead(into, offset, (int) Math.min(length, left));
      if (read > 0) {
        position += read;
        left -= read;
        triesLeft = TRIES_MAX;
        return read;
      }
      again();
    }
    return -1;
  }

  /// @return 0 or less if the connection broke
  private int tryRead(byte[] into, int offset, int length) {
    ResponseInputStream<GetObjectResponse> now = in;
    try {
      return now == null ? 0 : now.read(into, offset, length);
    } catch (IOException | SdkException _) {
      return 0;
    }
  }

  private void again() throws IOException {
    drop();
    if (triesLeft-- == 0) {
      throw new EOFException("the connection breaks again and again");
    }
    ResponseInputStream<GetObjectResponse> next =
        bucket.ask("s3:GetObject", name, s3 -> s3.getObject(this::request));
    in = next;
    if (next.response().contentLength() != left) {
      throw new IOException(name + " has another length now");
    }
  }

  private void drop() {
    if (in != null) {
      in.abort();
      in = null;
    }
  }

  @Override
  public void close() {
    drop();
  }
}
