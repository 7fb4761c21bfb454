package leadglass.store.pack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import leadglass.store.Filing;
import leadglass.store.StoredBytes;
import leadglass.store.seal.Chunks;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// A record's bytes, unsealed where they are asked for. Holds one chunk, sealed and plain.
public final class StoredRecord implements StoredBytes {
  private final PackLog log;
  private final PackSet.Hold hold;
  private final ChunkPlaces places;
  private final Filing filing;
  private final SecretBytes key;
  private final Chunks chunks;
  private final long length;
  private final long sealedBytes;
  private final byte[] plain = new byte[Chunks.PLAIN_BYTES];
  private long held = -1;
  private int heldBytes;
  private boolean closed;

  StoredRecord(
      PackLog log,
      PackSet.Hold hold,
      ChunkPlaces places,
      Trailer.Opened opened,
      SecretBytes key,
      byte[] record,
      long sealedBytes) {
    this.log = log;
    this.hold = hold;
    this.places = places;
    this.filing = opened.filing();
    this.key = key;
    this.chunks = new Chunks(key, record);
    this.length = opened.dataSetBytes();
    this.sealedBytes = sealedBytes;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public byte[] layout() {
    return filing.layout();
  }

  /// All it was filed with.
  public Filing filing() {
    return filing;
  }

  @Override
  public InputStream read(long offset, long wanted) throws IOException {
    if (offset < 0 || wanted < 0 || offset > length - wanted) {
      throw new EOFException("a part that reaches past the end");
    }
    return new Part(offset, wanted);
  }

  private void hold(long number) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    if (held == number) {
      return;
    }
    held = -1;
    boolean last = number == Chunks.count(sealedBytes) - 1;
    int bytes = (int) (last ? sealedBytes - number * Chunks.PLAIN_BYTES : Chunks.PLAIN_BYTES);
    byte[] sealed = log.read(places.of(number), bytes + Chunks.TAG_BYTES);
    try {
      heldBytes = chunks.open(number, last, sealed, sealed.length, plain);
    } catch (Seal.BrokenException e) {
      throw new IOException("a stored data set is damaged", e);
    }
    held = number;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    held = -1;
    key.forget();
    hold.close();
  }

  /// A part of the data set.
  private final class Part extends InputStream {
    private long at;
    private long left;

    Part(long at, long left) {
      this.at = at;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException {
      Objects.checkFromIndexSize(offset, wanted, into.length);
      if (wanted == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      hold(at / Chunks.PLAIN_BYTES);
      int inChunk = (int) (at % Chunks.PLAIN_BYTES);
      int part = (int) Math.min(Math.min(wanted, left), heldBytes - inChunk);
      System.arraycopy(plain, inChunk, into, offset, part);
      at += part;
      left -= part;
      return part;
    }

    @Override
    public long skip(long n) {
      long skipped = Math.clamp(n, 0, left);
      at += skipped;
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(left, Integer.MAX_VALUE);
    }
  }
}
