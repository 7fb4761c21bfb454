package leadglass.store.search;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.BufferedIndexInput;

/// Reads a sealed file anywhere. Clones share the file; each is confined to one thread.
final class SealedInput extends BufferedIndexInput {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Opened opened;
  private boolean owner = true;

  /// An open file.
  ///
  /// @param number of this opening, for the chunks kept
  record Opened(FileChannel channel, SealedFile file, long length, ChunkCache kept, long number) {

    static Opened of(FileChannel channel, SealedFile file, long length, ChunkCache kept) {
      return new Opened(channel, file, length, kept, NUMBERS.incrementAndGet());
    }

    byte[] chunk(long index) throws IOException {
      byte[] known = kept.find(number, index);
      if (known != null) {
        return known;
      }
      boolean last = index == SealedFile.chunks(length) - 1;
      long start = index * SealedFile.PLAIN_BYTES;
      int plain = (int) Math.min(SealedFile.PLAIN_BYTES, length - start);
      ByteBuffer sealed = ByteBuffer.allocate(plain + SealedFile.TAG_BYTES);
      long from = SealedFile.SALT_BYTES + index * SealedFile.SEALED_BYTES;
      while (sealed.hasRemaining()) {
        if (channel.read(sealed, from + sealed.position()) < 0) {
          throw new EOFException("a part of the search became shorter");
        }
      }
      try {
        Cipher cipher = SealedFile.cipher();
        byte[] opened = file.open(cipher, index, last, sealed.array());
        kept.keep(number, index, opened);
        return opened;
      } catch (GeneralSecurityException e) {
        throw new CorruptIndexException("a seal does not verify", "search", e);
      }
    }
  }

  SealedInput(String description, Opened opened) {
    super(description, BUFFER_SIZE);
    this.opened = opened;
  }

  @Override
  protected void readInternal(ByteBuffer into) throws IOException {
    long at = getFilePointer();
    if (at + into.remaining() > opened.length()) {
      throw new EOFException("read past the end of a part of the search");
    }
    while (into.hasRemaining()) {
      byte[] chunk = opened.chunk(at / SealedFile.PLAIN_BYTES);
      int inChunk = (int) (at % SealedFile.PLAIN_BYTES);
      int part = Math.min(into.remaining(), chunk.length - inChunk);
      into.put(chunk, inChunk, part);
      at += part;
    }
  }

  @Override
  protected void seekInternal(long position) throws IOException {
    if (position > opened.length()) {
      throw new EOFException("seek past the end of a part of the search");
    }
  }

  @Override
  public BufferedIndexInput clone() {
    SealedInput clone = (SealedInput) super.clone();
    clone.owner = false;
    return clone;
  }

  @Override
  public long length() {
    return opened.length();
  }

  @Override
  public void close() throws IOException {
    if (owner) {
      opened.channel().close();
      opened.kept().forget(opened.number());
    }
  }
}
