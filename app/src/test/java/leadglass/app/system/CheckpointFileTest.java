package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import leadglass.app.checkpoint.CheckpointEvent;
import leadglass.app.checkpoint.CheckpointFile;
import leadglass.archive.Archive;
import leadglass.archive.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The signed head of the trail, kept in a file elsewhere.
class CheckpointFileTest {
  @TempDir private Path folder;
  private final Queue<Object> events = new ConcurrentLinkedQueue<>();

  private Path kept() {
    return folder.resolve("elsewhere.checkpoint");
  }

  /// Opens an archive, has something happen, and closes it; then the last checkpoint is made.
  private void happen(Premises premises, int times) throws IOException {
    try (Archive archive = premises.open(_ -> {})) {
      archive.checkpoints().carry(new CheckpointFile(kept(), archive.checkpoints(), events::add));
      for (int i = 0; i < times; i++) {
        assertThat(archive.people().signOut(Premises.CONSOLE, Role.RADIOLOGIST.word())).isEmpty();
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  private int verified(Premises premises) {
    return Command.run("audit", "verify", premises.data(), "--against", kept()).exit();
  }

  @Test
  void whatIsKeptElsewhereFollowsTheTrailAndIsNeverReplacedByAnOlderState() throws IOException {
    Premises premises = Premises.in(Files.createDirectory(folder.resolve("one")));
    happen(premises, 1);
    String first = Files.readString(kept());
    Path old = folder.resolve("old");
    copy(premises.folder(), old);
    happen(premises, 3);
    String second = Files.readString(kept());
    assertThat(second).isNotEqualTo(first);
    assertThat(events).isEmpty();
    assertThat(verified(premises)).isZero();

    Premises rolledBack = new Premises(old, premises.tokens(), premises.enrolments());
    Files.writeString(
        old.resolve("data/leadglass.toml"),
        Files.readString(old.resolve("data/leadglass.toml"))
            .replace(premises.folder().toString(), old.toString()));
    assertThat(verified(rolledBack)).isEqualTo(1);
    happen(rolledBack, 9);
    assertThat(events).contains(new CheckpointEvent.CheckpointContradictedFailed());
    assertThat(Files.readString(kept())).isEqualTo(second);
  }

  @Test
  void aFileThatIsSomethingElseIsLeftAloneAndOneThatCantBeWrittenIsToldOnce() throws IOException {
    Premises premises = Premises.in(Files.createDirectory(folder.resolve("one")));
    Files.writeString(kept(), "a shopping list");
    happen(premises, 1);
    assertThat(Files.readString(kept())).isEqualTo("a shopping list");
    assertThat(events).contains(new CheckpointEvent.CheckpointOfAnotherFailed());
    Files.delete(kept());
    Files.createDirectory(kept());
    events.clear();
    happen(premises, 1);
    assertThat(events).hasSize(1).first().isInstanceOf(CheckpointEvent.CheckpointFailed.class);
  }
}
