package leadglass.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/// A place of backups on the same current as a disk: whatever is added or removed is a step of that
/// disk, and is done before the power goes or not.
final class CuttingPlace implements BackupPlace {
  private final BackupPlace place;
  private final BlockDisk disk;

  CuttingPlace(BackupPlace place, BlockDisk disk) {
    this.place = place;
    this.disk = disk;
  }

  @Override
  public boolean put(String name, long bytes, Content content) throws IOException {
    disk.step();
    boolean fresh = place.put(name, bytes, content);
    disk.step();
    return fresh;
  }

  @Override
  public InputStream read(String name, long offset) throws IOException {
    return place.read(name, offset);
  }

  @Override
  public List<Held> list(String prefix) throws IOException {
    return place.list(prefix);
  }

  @Override
  public boolean delete(String name) throws IOException {
    disk.step();
    return place.delete(name);
  }

  @Override
  public boolean tryOverwrite(String name, byte[] other) throws IOException {
    disk.step();
    return place.tryOverwrite(name, other);
  }

  @Override
  public void sweep(Instant now) throws IOException {
    disk.step();
    place.sweep(now);
  }

  @Override
  public String shown() {
    return place.shown();
  }
}
