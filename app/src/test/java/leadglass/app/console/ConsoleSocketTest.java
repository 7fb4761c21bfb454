package leadglass.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSocketTest {
  @TempDir private Path data;

  private static Reply echo(String osUser, Request request, InputStream body) throws IOException {
    if (request.act().equals("break")) {
      throw new IOException("CANARY");
    }
    if (request.act().equals("ignore")) {
      return Reply.done(Map.of());
    }
    return Reply.done(
        Map.of("user", osUser, "act", request.act(), "bytes", body.readAllBytes().length));
  }

  @Test
  void requestsAndBodiesComeThroughOneAfterTheOther() throws IOException {
    try (ConsoleSocket _ = ConsoleSocket.open(data, ConsoleSocketTest::echo);
        ConsoleLink link = ConsoleLink.open(data)) {
      for (int bytes : new int[] {0, 1, 100_000}) {
        Reply reply =
            link.ask(
                new Request("import", Map.of(), bytes), new ByteArrayInputStream(new byte[bytes]));
        assertThat(reply.values())
            .containsEntry("bytes", bytes)
            .containsEntry("user", System.getProperty("user.name"));
      }
    }
  }

  @Test
  void aBodyNobodyReadDoesNotShiftTheNextRequest() throws IOException {
    try (ConsoleSocket _ = ConsoleSocket.open(data, ConsoleSocketTest::echo);
        ConsoleLink link = ConsoleLink.open(data)) {
      link.ask(new Request("ignore", Map.of(), 10), new ByteArrayInputStream(new byte[10]));
      Reply reply = link.ask(Request.of("next", Map.of()), InputStream.nullInputStream());
      assertThat(reply.values()).containsEntry("act", "next");
    }
  }

  /// Tells how far it is from other threads too, and goes on telling when it is done.
  private static final class LongAct implements Desk {
    @Override
    public Reply serve(String osUser, Request request, InputStream body) {
      return Reply.failed("nobody was told how far it is");
    }

    @Override
    public Reply serve(String osUser, Request request, InputStream body, Consumer<HowFar> telling) {
      telling.accept(new HowFar("reading", 0, 2));
      CompletableFuture.runAsync(() -> telling.accept(new HowFar("writing", 1, 2))).join();
      for (int i = 0; i < 10_000; i++) {
        telling.accept(new HowFar("writing", 2, 2)); // more often than anybody wants to know
      }
      return Reply.done(Map.of("act", request.act()));
    }
  }

  @Test
  void aLongActTellsHowFarItIsBeforeItsReply() throws IOException {
    List<HowFar> told = new ArrayList<>();
    try (ConsoleSocket _ = ConsoleSocket.open(data, new LongAct());
        ConsoleLink link = ConsoleLink.open(data)) {
      for (String act : List.of("first", "second")) {
        told.clear();
        Reply reply = link.ask(Request.of(act, Map.of()), InputStream.nullInputStream(), told::add);
        assertThat(reply.values()).containsEntry("act", act);
        assertThat(told)
            .startsWith(new HowFar("reading", 0, 2), new HowFar("writing", 1, 2))
            .hasSizeLessThan(1000);
      }
    }
  }

  @Test
  void whoDoesNotWantToKnowHowFarItIsGetsTheReply() throws IOException {
    try (ConsoleSocket _ = ConsoleSocket.open(data, new LongAct());
        ConsoleLink link = ConsoleLink.open(data)) {
      Reply reply = link.ask(Request.of("long", Map.of()), InputStream.nullInputStream());
      assertThat(reply.values()).containsEntry("act", "long");
    }
  }

  @Test
  void aFailureIsToldWithoutItsMessage() throws IOException {
    try (ConsoleSocket _ = ConsoleSocket.open(data, ConsoleSocketTest::echo);
        ConsoleLink link = ConsoleLink.open(data)) {
      Reply reply = link.ask(Request.of("break", Map.of()), InputStream.nullInputStream());
      assertThat(reply.exit()).isEqualTo(4);
      assertThat(reply.error()).doesNotContain("CANARY");
    }
  }

  @Test
  void onlyTheOwnerMayOpenTheSocket() throws IOException {
    try (ConsoleSocket _ = ConsoleSocket.open(data, ConsoleSocketTest::echo)) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(ConsoleSocket.in(data))))
          .isEqualTo("rw-------");
    }
    assertThat(ConsoleSocket.in(data)).doesNotExist();
  }

  @Test
  void aDirectoryFarDownHasItsSocketElsewhere() throws IOException {
    Path deep = data.resolve("d".repeat(120));
    Files.createDirectory(deep);
    try (ConsoleSocket _ = ConsoleSocket.open(deep, ConsoleSocketTest::echo);
        ConsoleLink link = ConsoleLink.open(deep)) {
      assertThat(link.ask(Request.of("far", Map.of()), InputStream.nullInputStream()).exit())
          .isZero();
    }
    assertThat(ConsoleSocket.in(deep).getParent()).doesNotExist();
  }

  @Test
  void aFolderThatOthersMayUseIsNotUsed() throws IOException {
    Path deep = data.resolve("e".repeat(120));
    Files.createDirectory(deep);
    Path folder = ConsoleSocket.in(deep).getParent();
    Files.createDirectory(folder);
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThatThrownBy(() -> ConsoleSocket.open(deep, ConsoleSocketTest::echo))
          .isInstanceOf(IOException.class);
    } finally {
      Files.delete(folder);
    }
  }

  @Test
  void withoutAServerThereIsNoLink() {
    assertThatThrownBy(() -> ConsoleLink.open(data)).isInstanceOf(IOException.class);
  }
}
