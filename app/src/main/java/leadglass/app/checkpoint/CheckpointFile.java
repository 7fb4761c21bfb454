package leadglass.app.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import leadglass.archive.Checkpoints;

/// Keeps the newest checkpoint in a file elsewhere, and never replaces one that the trail
/// contradicts. Confined to the thread that makes checkpoints.
public final class CheckpointFile implements Consumer<String> {
  private static final int BYTES_MAX = 64 << 10;

  private final Path file;
  private final Checkpoints checkpoints;
  private final Consumer<Object> events;
  private boolean failed;

  /// @param file on another machine's disk, best
  public CheckpointFile(Path file, Checkpoints checkpoints, Consumer<Object> events) {
    this.file = file;
    this.checkpoints = checkpoints;
    this.events = events;
  }

  @Override
  public void accept(String checkpoint) {
    try {
      if (!Files.exists(file)) {
        write(checkpoint);
        return;
      }
      switch (checkpoints.compare(read(), checkpoint)) {
        case BEGINNING -> write(checkpoint);
        case ANOTHERS -> events.accept(new CheckpointEvent.CheckpointOfAnotherFailed());
        case CONTRADICTED -> events.accept(new CheckpointEvent.CheckpointContradictedFailed());
      }
    } catch (IOException | RuntimeException e) {
      if (!failed) {
        failed = true;
        events.accept(new CheckpointEvent.CheckpointFailed(e.getClass().getSimpleName()));
      }
    }
  }

  private String read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(BYTES_MAX), UTF_8);
    }
  }

  private void write(String checkpoint) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, checkpoint);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    if (failed) {
      failed = false;
      events.accept(new CheckpointEvent.CheckpointKept());
    }
  }
}
