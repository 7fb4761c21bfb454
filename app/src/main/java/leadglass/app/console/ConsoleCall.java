package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.function.Consumer;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.archive.Archive;

/// A command's way to an archive: the running server's console where there is one, else the archive
/// itself, opened for as long as the command runs.
public final class ConsoleCall implements AutoCloseable {
  private static final int TRIES_MAX = 100;
  private static final long TRY_EVERY_MILLIS = 200;

  /// Whoever answers.
  private interface Way extends AutoCloseable {
    Reply ask(Request request, InputStream body, Consumer<HowFar> howFar) throws IOException;

    @Override
    void close() throws IOException;
  }

  private final Way way;

  private ConsoleCall(Way way) {
    this.way = way;
  }

  /// A server that is just starting has the archive open but no console yet: it is waited for.
  public static ConsoleCall to(Home home) throws Failure {
    for (int tries = TRIES_MAX; ; tries--) {
      try {
        return now(home);
      } catch (Home.InUseException e) {
        if (tries == 0) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(TRY_EVERY_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static ConsoleCall now(Home home) throws Failure {
    if (Files.exists(ConsoleSocket.in(home.data()))) {
      try {
        return new ConsoleCall(linked(ConsoleLink.open(home.data())));
      } catch (IOException _) {
        // Nobody listens: a server ended without taking its socket away.
      }
    }
    return new ConsoleCall(direct(home, home.open(event -> {})));
  }

  private static Way linked(ConsoleLink link) {
    return new Way() {
      @Override
      public Reply ask(Request request, InputStream body, Consumer<HowFar> howFar)
          throws IOException {
        return link.ask(request, body, howFar);
      }

      @Override
      public void close() throws IOException {
        link.close();
      }
    };
  }

  private static Way direct(Home home, Archive archive) {
    Desk desk = new Desks(home, archive);
    String osUser = System.getProperty("user.name");
    return new Way() {
      @Override
      public Reply ask(Request request, InputStream body, Consumer<HowFar> howFar)
          throws IOException {
        return desk.serve(osUser, request, body, howFar);
      }

      @Override
      public void close() throws IOException {
        archive.close();
      }
    };
  }

  /// Asks and waits for the answer.
  ///
  /// @param body gives exactly [Request#bodyBytes()] bytes
  public Reply ask(Request request, InputStream body) throws IOException {
    return ask(request, body, _ -> {});
  }

  /// Asks and waits for the answer.
  ///
  /// @param body gives exactly [Request#bodyBytes()] bytes
  /// @param howFar told on the way how far it is, on any thread
  public Reply ask(Request request, InputStream body, Consumer<HowFar> howFar) throws IOException {
    return way.ask(request, body, howFar);
  }

  @Override
  public void close() throws IOException {
    way.close();
  }
}
