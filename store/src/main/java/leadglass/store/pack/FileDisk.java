package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Packs as files, spread over 256 folders by the first byte of their names.
public final class FileDisk implements Disk, AutoCloseable {
  private static final int OPEN_MAX = 128;

  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, FileChannel> open = new LinkedHashMap<>(16, 0.75f, true);

  public FileDisk(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
  }

  @Override
  public Path folder() {
    return folder;
  }

  private Path path(String pack) {
    return folder.resolve(pack.substring(0, 2)).resolve(pack + ".pack");
  }

  @Override
  public List<String> packs() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path each : folders) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(each, "*.pack")) {
          for (Path file : files) {
            String name = file.getFileName().toString();
            names.add(name.substring(0, name.length() - 5));
          }
        }
      }
    }
    return names;
  }

  @Override
  public Tail create(String pack) throws IOException {
    Path path = path(pack);
    Path parent = folder.resolve(pack.substring(0, 2));
    Files.createDirectories(parent);
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new Tail() {
      private boolean named;

      @Override
      public void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }

      @Override
      public void force() throws IOException {
        // Data, and the length as far as it is needed to find the data; times don't matter.
        channel.force(false);
        if (!named) {
          sync(parent);
          sync(folder);
          named = true;
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
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
  public void remove(String pack) throws IOException {
    Files.deleteIfExists(path(pack));
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
