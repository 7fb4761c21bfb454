package leadglass.app.console;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;

/// The server's side of the console: a Unix socket in the data directory, mode 0600, that answers
/// the user it belongs to and root, and nobody else.
///
/// Threads: one to accept, a virtual one per connection; none outlives [#close()].
public final class ConsoleSocket implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 16;
  private static final int PATH_BYTES_MAX = 100;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path path;
  private final boolean elsewhere;
  private final ServerSocketChannel listener;
  private volatile Desk desk;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("console-", 0).factory());
  private final Semaphore permits = new Semaphore(CONNECTIONS_MAX);

  private ConsoleSocket(Path path, boolean elsewhere, ServerSocketChannel listener, Desk desk) {
    this.path = path;
    this.elsewhere = elsewhere;
    this.listener = listener;
    this.desk = desk;
  }

  /// Where a data directory's socket lies. The kernel takes 107 bytes of path; that of a directory
  /// further down lies among the temporary files, in a folder of its own.
  public static Path in(Path dataDirectory) {
    Path here = dataDirectory.toAbsolutePath().normalize().resolve("console.sock");
    byte[] name = here.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length <= PATH_BYTES_MAX) {
      return here;
    }
    String folder = "leadglass-" + UUID.nameUUIDFromBytes(name);
    return Path.of(System.getProperty("java.io.tmpdir"), folder, "console.sock");
  }

  /// Begins to listen. The caller holds the lock on the data directory, so what lies there is old.
  public static ConsoleSocket open(Path dataDirectory, Desk desk) throws IOException {
    Path path = in(dataDirectory);
    boolean elsewhere = !path.startsWith(dataDirectory.toAbsolutePath().normalize());
    if (elsewhere) {
      makeFolder(folder(path), Files.getOwner(dataDirectory));
    }
    Files.deleteIfExists(path);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    ConsoleSocket console = new ConsoleSocket(path, elsewhere, listener, desk);
    console.threads.execute(console::accept);
    return console;
  }

  /// From the next act on another desk serves.
  public void serveBy(Desk next) {
    desk = next;
  }

  private static Path folder(Path socket) {
    return socket.resolveSibling(".").normalize();
  }

  /// Among the temporary files somebody else may have made it before.
  private static void makeFolder(Path folder, UserPrincipal owner) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder, OWNER_ONLY);
      return;
    }
    UserPrincipal found = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
    boolean ours =
        Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && (found.equals(owner) || found.getName().equals("root"))
            && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                .equals(OWNER_ONLY.value());
    if (!ours) {
      throw new IOException("the folder of the console is another user's");
    }
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel peer = listener.accept();
        if (permits.tryAcquire()) {
          threads.execute(() -> serve(peer));
        } else {
          peer.close();
        }
      } catch (IOException _) {
        // Closed: the server is stopping.
      }
    }
  }

  private void serve(SocketChannel peer) {
    try (peer;
        InputStream in = new BufferedInputStream(Channels.newInputStream(peer), 1 << 16);
        OutputStream out = Channels.newOutputStream(peer)) {
      String user = peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
      if (!user.equals(Files.getOwner(path).getName()) && !user.equals("root")) {
        return;
      }
      while (true) {
        Request request = Wire.read(in, Request.class);
        BodyStream body = new BodyStream(in, request.bodyBytes());
        Telling telling = new Telling(out, System::nanoTime);
        Reply reply = answer(user, request, body, telling);
        body.drain();
        telling.reply(reply);
      }
    } catch (IOException _) {
      // The command has ended; what it asked for is done or was never acknowledged.
    } finally {
      permits.release();
    }
  }

  private Reply answer(String user, Request request, InputStream body, Telling telling) {
    try {
      return desk.serve(user, request, body, telling);
    } catch (IOException e) {
      return Reply.failed("the archive could not do it (" + e.getClass().getSimpleName() + ")");
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
    Files.deleteIfExists(path);
    if (elsewhere) {
      Files.deleteIfExists(folder(path));
    }
  }
}
