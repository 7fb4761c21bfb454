package leadglass.store.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Sealed lists in a place, each under its stamp: `snapshots/STAMP` of a backup,
/// `checkpoints/STAMP` beside keys. The name is part of what the seal covers.
final class Shelf {
  private static final int BYTES_MAX = 1 << 30;

  private final BackupPlace place;
  private final String folder;
  private final SecretBytes key;

  Shelf(BackupPlace place, String folder, SecretBytes root) {
    this.place = place;
    this.folder = folder;
    this.key = Seal.derive(root, "seal backups");
  }

  static Shelf snapshots(BackupPlace place, SecretBytes root) {
    return new Shelf(place, "snapshots", root);
  }

  static Shelf checkpoints(BackupPlace place, SecretBytes root) {
    return new Shelf(place, "checkpoints", root);
  }

  private String name(Stamp stamp) {
    return folder + "/" + stamp.text();
  }

  private byte[] about(Stamp stamp) {
    return name(stamp).getBytes(US_ASCII);
  }

  /// Oldest first.
  List<Stamp> stamps() throws IOException {
    return stamps(place, folder, "");
  }

  /// Of files named by stamps.
  static List<Stamp> stamps(BackupPlace place, String folder, String suffix) throws IOException {
    List<Stamp> found = new ArrayList<>();
    for (BackupPlace.Held held : place.list(folder + "/")) {
      String name = held.name().substring(folder.length() + 1);
      if (name.endsWith(suffix)) {
        Stamp.read(name.substring(0, name.length() - suffix.length())).ifPresent(found::add);
      }
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  /// @return SHA-256 of what was written; empty if there is one of that name
  Optional<byte[]> put(Stamp stamp, byte[] plain) throws IOException {
    byte[] sealed = Seal.seal(key, about(stamp), plain);
    boolean fresh = place.put(name(stamp), sealed.length, () -> new ByteArrayInputStream(sealed));
    return fresh ? Optional.of(Digests.of(sealed)) : Optional.empty();
  }

  /// What was sealed, and the digest of how it lies there.
  record Opened(byte[] plain, byte[] sha256) {}

  /// @throws IOException if it is not what was written
  Opened open(Stamp stamp) throws IOException {
    byte[] sealed;
    try (InputStream in = place.read(name(stamp), 0)) {
      sealed = in.readNBytes(BYTES_MAX);
    }
    try {
      return new Opened(Seal.open(key, about(stamp), sealed), Digests.of(sealed));
    } catch (Seal.BrokenException e) {
      throw new IOException(name(stamp) + " is damaged, or of other keys", e);
    }
  }

  /// The snapshot of that stamp; empty if it is damaged.
  ///
  /// @throws BackupRefusedException if the place can't be reached, which says nothing of the file
  Optional<Snapshot> snapshot(Stamp stamp) throws BackupRefusedException {
    try {
      return Optional.of(Snapshot.decode(open(stamp).plain()));
    } catch (BackupRefusedException e) {
      throw e;
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  boolean delete(Stamp stamp) throws IOException {
    return place.delete(name(stamp));
  }
}
