package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// What a data directory lies on, and what becomes of it when the process that worked there is
/// gone.
interface Floor {

  /// Before a process begins.
  void begin(Grounds grounds, Random random) throws IOException;

  /// After it was killed.
  void end() throws IOException;

  /// What is left, in a folder of its own.
  Grounds left(Grounds grounds) throws IOException;

  /// Whether what was written but never synced may be gone.
  boolean forgets();

  /// Whether calls to the disk fail just now.
  boolean fails();

  /// A file system that keeps what was written when a process ends.
  static Floor solid() {
    return new Floor() {
      @Override
      public void begin(Grounds grounds, Random random) {}

      @Override
      public void end() {}

      @Override
      public Grounds left(Grounds grounds) throws IOException {
        return grounds.copy();
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

  /// One that forgets what was not synced, for packs, key store, registry and indexes alike; now
  /// and then a call fails too.
  static Floor lossy() {
    return new Floor() {
      private static final int EIO = 5;
      private static final int ENOSPC = 28;
      private static final int CALLS_MAX = 1_500;
      private LossyFileSystem files = LossyFileSystem.none();
      private boolean failing;

      @Override
      public void begin(Grounds grounds, Random random) throws IOException {
        Files.createDirectories(grounds.data());
        failing = random.nextInt(3) == 0;
        int call = failing ? 1 + random.nextInt(CALLS_MAX) : 0;
        files =
            LossyFileSystem.mount(
                grounds.data(),
                Files.createDirectories(kept(grounds)),
                random.nextInt(),
                call,
                random.nextBoolean() ? EIO : ENOSPC);
      }

      private static Path kept(Grounds grounds) {
        return grounds.folder().resolve("kept");
      }

      @Override
      public void end() throws IOException {
        files.powerLoss();
      }

      @Override
      public Grounds left(Grounds grounds) throws IOException {
        Grounds left = Grounds.fresh();
        Folders.copy(kept(grounds), left.data());
        Path key = grounds.folder().resolve("key");
        if (Files.exists(key)) {
          Folders.copy(key, left.folder().resolve("key"));
        }
        return left;
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
