package leadglass.store.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256.
final class Digests {
  static final int BYTES = 32;
  private static final int BUFFER_BYTES = 1 << 20;

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }

  static byte[] of(byte[] bytes) {
    return sha256().digest(bytes);
  }

  /// Reads a stream to its end and closes it.
  static Passed of(InputStream in, Watcher watcher) throws IOException {
    try (Passing passing = new Passing(in, watcher)) {
      for (byte[] buffer = new byte[BUFFER_BYTES]; passing.read(buffer) >= 0; ) {
        // What is read is seen as it passes.
      }
      return passing.passed();
    }
  }

  /// Sees what is read.
  interface Watcher {
    void bytes(byte[] bytes, int offset, int length);
  }

  /// What passed by.
  record Passed(long bytes, byte[] sha256) {}

  /// Looks at bytes as they are read by somebody else.
  static final class Passing extends FilterInputStream {
    private final MessageDigest digest = sha256();
    private final Watcher watcher;
    private long bytes;

    Passing(InputStream in, Watcher watcher) {
      super(in);
      this.watcher = watcher;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read > 0) {
        bytes += read;
        digest.update(into, offset, read);
        watcher.bytes(into, offset, read);
      }
      return read;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    Passed passed() {
      return new Passed(bytes, digest.digest());
    }
  }
}
