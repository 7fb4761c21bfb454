package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// What a data directory lies on, and what becomes of it when the process that worked there is
/// gone.
interface Floor {

  /// Before the first process begins.
  void plant(Ancestor ancestor, Grounds grounds) throws IOException;

  /// Before a process begins.
  void begin(Grounds grounds, Random random) throws IOException;

  /// After it was killed.
  void end() throws IOException;

  /// Where what is left of the disk lies.
  Path left(Grounds grounds);

  /// Whether what was written but never synced may be gone.
  boolean forgets();

  /// Whether calls to the disk fail just now.
  boolean fails();

  /// A file system that keeps what was written when a process ends.
  static Floor solid() {
    return new Floor() {
      @Override
      public void plant(Ancestor ancestor, Grounds grounds) throws IOException {
        ancestor.plant(grounds.disk(), grounds);
      }

      @Override
      public void begin(Grounds grounds, Random random) {}

      @Override
      public void end() {}

      @Override
      public Path left(Grounds grounds) {
        return grounds.disk();
      }

      @Override
      public boolean forgets() {
        return false;
      }

      @Override
      public boolean fails() {
        return false;
      }
    };
  }

  /// One that forgets what was not synced, for packs, key store, registry, indexes and backups
  /// alike; now and then a call fails too, or it fills up and stays full.
  static Floor lossy() {
    return new Floor() {
      private static final int EIO = 5;
      private static final int ENOSPC = 28;
      private static final int CALLS_MAX = 1_500;
      private LossyFileSystem files = LossyFileSystem.none();
      private boolean failing;

      @Override
      public void plant(Ancestor ancestor, Grounds grounds) throws IOException {
        ancestor.plant(left(grounds), grounds);
      }

      @Override
      public void begin(Grounds grounds, Random random) throws IOException {
        Files.createDirectories(grounds.disk());
        failing = random.nextInt(3) == 0;
        int call = failing ? 1 + random.nextInt(CALLS_MAX) : 0;
        files =
            LossyFileSystem.mount(
                grounds.disk(),
                Files.createDirectories(left(grounds)),
                random.nextInt(),
                call,
                random.nextBoolean() ? EIO : ENOSPC,
                random.nextBoolean());
      }

      @Override
      public void end() throws IOException {
        files.powerLoss();
      }

      @Override
      public Path left(Grounds grounds) {
        return grounds.folder().resolve("kept");
      }

      @Override
      public boolean forgets() {
        return true;
      }

      @Override
      public boolean fails() {
        return failing;
      }
    };
  }
}
