package leadglass.dicom.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// A raw deflate stream (PS3.5 §A.5) that is watched while it inflates: a few bytes must not become
/// gigabytes.
final class InflateBomb extends FilterInputStream {

  /// The ratio of the limits was crossed.
  static final class RatioException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final Inflater inflater;
  private final ReadLimits limits;

  InflateBomb(InputStream deflated, ReadLimits limits) {
    this(deflated, new Inflater(true), limits);
  }

  private InflateBomb(InputStream deflated, Inflater inflater, ReadLimits limits) {
    super(new Rest(deflated, inflater));
    this.inflater = inflater;
    this.limits = limits;
  }

  /// Takes the padding behind the deflate stream too, so that the source is read to its end.
  private static final class Rest extends InflaterInputStream {
    Rest(InputStream deflated, Inflater inflater) {
      super(deflated, inflater, 16 << 10);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read < 0) {
        while (in.read(buf, 0, buf.length) >= 0) {
          // PS3.5 §A.5: a single NUL may follow; whatever else comes is of no meaning.
        }
        inf.end();
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  private long out;
  private boolean ended;

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    long deflated = inflater.getBytesRead();
    int read = super.read(into, offset, length);
    if (read < 0) {
      ended = true;
      return -1;
    }
    out += read;
    long taken = Math.max(deflated, 1);
    if (out > limits.inflatedFreeBytes() && out / taken > limits.inflateRatioMax()) {
      throw new RatioException();
    }
    return read;
  }
}
