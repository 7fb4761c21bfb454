package leadglass.store.search;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/// Seals what is written, chunk by chunk. Confined to one thread.
final class SealedOutput extends OutputStream {
  private final OutputStream out;
  private final SealedFile file;
  private final Cipher cipher = SealedFile.cipher();
  private final byte[] plain = new byte[SealedFile.PLAIN_BYTES];
  private final byte[] sealed = new byte[SealedFile.SEALED_BYTES];
  private int filled;
  private long number;
  private boolean closed;

  SealedOutput(OutputStream out, SealedFile file, byte[] salt) throws IOException {
    this.out = out;
    this.file = file;
    out.write(salt);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (filled == plain.length) {
        put(false);
      }
      int part = Math.min(left, plain.length - filled);
      System.arraycopy(from, at, plain, filled, part);
      filled += part;
      at += part;
      left -= part;
    }
  }

  private void put(boolean last) throws IOException {
    try {
      int bytes = file.seal(cipher, number++, last, plain, filled, sealed);
      out.write(sealed, 0, bytes);
      filled = 0;
    } catch (GeneralSecurityException e) {
      throw new IOException("sealing a part of the search", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (out) {
        put(true);
      }
    }
  }
}
