package leadglass.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// How full the data directory's volume is, so that tests can fill it.
interface Volume {
  long freeBytes() throws IOException;

  long totalBytes() throws IOException;

  static Volume of(Path folder) throws IOException {
    FileStore store = Files.getFileStore(folder);
    return new Volume() {
      @Override
      public long freeBytes() throws IOException {
        return store.getUsableSpace();
      }

      @Override
      public long totalBytes() throws IOException {
        return store.getTotalSpace();
      }
    };
  }
}
