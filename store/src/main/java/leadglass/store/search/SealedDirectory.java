package leadglass.store.search;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import leadglass.store.Private;
import leadglass.store.seal.SecretBytes;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.BaseDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.OutputStreamIndexOutput;
import org.apache.lucene.store.SingleInstanceLockFactory;

/// A Lucene directory that seals every file before it reaches the disk. A thief sees names Lucene
/// gives its files, and sizes.
final class SealedDirectory extends BaseDirectory {
  private static final int BUFFER_BYTES = 8 << 10;

  private final Path folder;
  private final SecretBytes key;
  private final ChunkCache kept;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong temporary = new AtomicLong();

  SealedDirectory(Path folder, SecretBytes key, long cacheBytesMax) throws IOException {
    super(new SingleInstanceLockFactory());
    Private.folder(folder);
    this.folder = folder;
    this.key = key;
    this.kept = new ChunkCache(cacheBytesMax);
  }

  @Override
  public String[] listAll() throws IOException {
    ensureOpen();
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        names.add(file.getFileName().toString());
      }
    }
    return names.stream().sorted().toArray(String[]::new);
  }

  @Override
  public void deleteFile(String name) throws IOException {
    ensureOpen();
    Files.delete(folder.resolve(name));
  }

  @Override
  public long fileLength(String name) throws IOException {
    ensureOpen();
    return SealedFile.plainBytes(Files.size(folder.resolve(name)));
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    ensureOpen();
    Path path = folder.resolve(name);
    Private.file(path);
    byte[] salt = new byte[SealedFile.SALT_BYTES];
    random.nextBytes(salt);
    OutputStream file = new FileOutputStream(path.toFile());
    OutputStream sealed = new SealedOutput(file, new SealedFile(key, name, salt), salt);
    return new OutputStreamIndexOutput("search", name, sealed, BUFFER_BYTES);
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    return createOutput(getTempFileName(prefix, suffix, temporary.getAndIncrement()), context);
  }

  @Override
  public void sync(Collection<String> names) throws IOException {
    ensureOpen();
    for (String name : names) {
      try (FileChannel file = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
        file.force(false);
      }
    }
  }

  @Override
  public void syncMetaData() throws IOException {
    ensureOpen();
    Private.sync(folder);
  }

  @Override
  public void rename(String source, String dest) throws IOException {
    ensureOpen();
    Files.move(folder.resolve(source), folder.resolve(dest), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public IndexInput openInput(String name, IOContext context) throws IOException {
    ensureOpen();
    FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.READ);
    try {
      long length = SealedFile.plainBytes(channel.size());
      ByteBuffer salt = ByteBuffer.allocate(SealedFile.SALT_BYTES);
      if (length < 0 || channel.read(salt, 0) < SealedFile.SALT_BYTES) {
        throw new CorruptIndexException("too short to be sealed", "search");
      }
      SealedFile file = new SealedFile(key, name, salt.array());
      return new SealedInput("search", SealedInput.Opened.of(channel, file, length, kept));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Set<String> getPendingDeletions() {
    return Set.of();
  }

  @Override
  public void close() {
    isOpen = false;
  }
}
