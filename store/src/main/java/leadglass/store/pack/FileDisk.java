package leadglass.store.pack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.Private;

/// Packs as files, spread over 256 folders by the first byte of their names.
public final class FileDisk implements Disk {
  private static final int OPEN_MAX = 128;
  private static final String SUFFIX = ".pack";

  private final Path folder;
  private final boolean reading;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, FileChannel> open = new LinkedHashMap<>(16, 0.75f, true);

  /// @param folder made, private to its owner, if it is not there
  public FileDisk(Path folder) throws IOException {
    this.folder = folder;
    this.reading = false;
    Private.folder(folder);
  }

  private FileDisk(Path folder, boolean reading) {
    this.folder = folder;
    this.reading = reading;
  }

  /// Packs that are looked at: nothing is made, synced or removed.
  public static FileDisk reading(Path folder) {
    return new FileDisk(folder, true);
  }

  private void checkWriting() throws IOException {
    if (reading) {
      throw new IOException("packs that are only looked at");
    }
  }

  private Path path(String pack) {
    if (!pack.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("a pack's name of " + pack.length() + " characters");
    }
    return folder.resolve(pack.substring(0, 2)).resolve(pack + SUFFIX);
  }

  @Override
  public List<String> packs() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, "[0-9a-f][0-9a-f]")) {
      for (Path each : folders) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(each, "*" + SUFFIX)) {
          for (Path file : files) {
            String name = file.getFileName().toString();
            name = name.substring(0, name.length() - SUFFIX.length());
            if (name.matches("[0-9a-f]{32}")) {
              names.add(name);
            }
          }
        }
      }
    }
    return names;
  }

  @Override
  public Tail create(String pack) throws IOException {
    checkWriting();
    Path path = path(pack);
    Path parent = folder.resolve(pack.substring(0, 2));
    Private.folder(parent);
    Private.file(path);
    return new FileTail(path, parent);
  }

  /// Writes through a file that knows no interruption: a channel would close when the thread of
  /// some association is interrupted, and take the store with it.
  private final class FileTail implements Tail {
    private final RandomAccessFile file;
    private final Path parent;
    private volatile boolean named;

    FileTail(Path path, Path parent) throws IOException {
      this.file = new RandomAccessFile(path.toFile(), "rw");
      this.parent = parent;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
      if (!named) {
        Private.sync(parent);
        Private.sync(folder);
        named = true;
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public int read(String pack, long offset, ByteBuffer into) throws IOException {
    int start = into.position();
    while (true) {
      FileChannel channel = channel(pack);
      try {
        while (into.hasRemaining()) {
          int read = channel.read(into, offset + into.position() - start);
          if (read < 0) {
            break;
          }
        }
        return into.position() - start;
      } catch (ClosedChannelException e) {
        // Another reader's thread was interrupted, or the cache let go of it: open it anew. Our own
        // interruption is the caller's wish to stop.
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        into.position(start);
      }
    }
  }

  private FileChannel channel(String pack) throws IOException {
    lock.lock();
    try {
      FileChannel known = open.get(pack);
      if (known != null && known.isOpen()) {
        return known;
      }
      FileChannel opened = FileChannel.open(path(pack), StandardOpenOption.READ);
      open.put(pack, opened);
      if (open.size() > OPEN_MAX) {
        Map.Entry<String, FileChannel> eldest = open.entrySet().iterator().next();
        open.remove(eldest.getKey());
        eldest.getValue().close();
      }
      return opened;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long size(String pack) throws IOException {
    return Files.size(path(pack));
  }

  @Override
  public void force(String pack) throws IOException {
    if (reading) {
      return;
    }
    Path path = path(pack);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.getFD().sync();
    }
    Private.sync(folder.resolve(pack.substring(0, 2)));
    Private.sync(folder);
  }

  private void letGo(String pack) throws IOException {
    lock.lock();
    try {
      FileChannel known = open.remove(pack);
      if (known != null) {
        known.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private Path parent(String pack) {
    return folder.resolve(pack.substring(0, 2));
  }

  @Override
  public void remove(String pack) throws IOException {
    if (reading) {
      return;
    }
    letGo(pack);
    if (Files.deleteIfExists(path(pack))) {
      Private.sync(parent(pack)); // so that it does not come back
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    checkWriting();
    Private.folder(parent(to));
    Files.move(
        path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    letGo(from);
    letGo(to);
    Private.sync(parent(to));
    Private.sync(parent(from));
    Private.sync(folder);
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      for (FileChannel channel : open.values()) {
        channel.close();
      }
      open.clear();
    } finally {
      lock.unlock();
    }
  }
}
