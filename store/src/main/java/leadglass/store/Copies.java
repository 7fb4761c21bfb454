package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.backup.BackupRun;
import leadglass.store.backup.BackupSource;
import leadglass.store.backup.Events;
import leadglass.store.backup.PruneRun;
import leadglass.store.keys.Snapshot;
import leadglass.store.pack.PackLog;
import leadglass.store.seal.SecretBytes;

/// What an open store gives to a backup. One backup or prune runs at a time.
final class Copies implements BackupSource {
  private final Path folder;
  private final PackedStore.Parts parts;
  private final Committer committer;
  private final StudyLives lives;
  private final TrailKeeper trail;
  private final InstantSource clock;
  private final ReentrantLock running = new ReentrantLock();

  Copies(
      Path folder,
      PackedStore.Parts parts,
      Committer committer,
      StudyLives lives,
      TrailKeeper trail,
      InstantSource clock) {
    this.folder = folder;
    this.parts = parts;
    this.committer = committer;
    this.lives = lives;
    this.trail = trail;
    this.clock = clock;
  }

  BackupDone backup(BackupOrder order) throws IOException {
    if (!running.tryLock()) {
      throw new BackupRefusedException("a backup or a prune is running");
    }
    try {
      return BackupRun.run(this, withCheckpoint(order), clock);
    } finally {
      running.unlock();
    }
  }

  /// A checkpoint goes along that the packs of the backup fit: they are rolled over later.
  private BackupOrder withCheckpoint(BackupOrder order) throws IOException {
    Map<String, byte[]> files = new HashMap<>(order.files());
    files.put("trail/checkpoint", trail.now().getBytes(UTF_8));
    return new BackupOrder(
        order.to(),
        order.keys(),
        order.archive(),
        order.masterKey(),
        order.keyPlace(),
        order.sameDevice(),
        files,
        order.progress());
  }

  PruneDone prune(PruneOrder order) throws IOException {
    if (!running.tryLock()) {
      throw new BackupRefusedException("a backup or a prune is running");
    }
    try {
      return PruneRun.run(order, root());
    } finally {
      running.unlock();
    }
  }

  @Override
  public Rolled roll(Path keys) throws IOException {
    lives.filing().lock(); // instances may come, but nothing becomes of what is held
    try {
      Rolled rolled = committer.roll();
      parts.keys().snapshot(keys);
      return rolled;
    } finally {
      lives.filing().unlock();
    }
  }

  @Override
  public PackLog log() {
    return parts.log();
  }

  @Override
  public void copyRegistry(Path to) throws IOException {
    Snapshot.of(folder.resolve("registry.db"), to);
  }

  @Override
  public SecretBytes root() {
    return parts.keys().root();
  }

  @Override
  public int destructions(List<byte[]> events) {
    return Events.destructions(events, parts.keys());
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Path scratch() throws IOException {
    Path scratch = folder.resolve("backup");
    Private.folder(scratch);
    return scratch;
  }
}
