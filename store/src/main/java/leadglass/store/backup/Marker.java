package leadglass.store.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.UUID;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;

/// The file in clear that says what a place is: first line what and which version, then whose, then
/// a random name of the place itself.
///
/// @param archive name of the archive whose copies lie here
/// @param place random
record Marker(Kind kind, String archive, String place) {
  private static final int VERSION = 1;
  private static final int BYTES_MAX = 1024;

  /// What a place is for.
  enum Kind {
    BACKUP("leadglass-backup", "leadglass backup"),
    KEYS("leadglass-keys", "leadglass keys");

    private final String file;
    private final String first;

    Kind(String file, String first) {
      this.file = file;
      this.first = first;
    }
  }

  /// Says whose the place is; says it for the first time if nobody did.
  ///
  /// @throws BackupRefusedException if it is another archive's
  static Marker claim(BackupPlace place, Kind kind, String archive) throws IOException {
    Optional<Marker> known = find(place, kind);
    if (known.isEmpty()) {
      Marker fresh = new Marker(kind, archive, UUID.randomUUID().toString());
      byte[] text = fresh.text().getBytes(US_ASCII);
      place.put(kind.file, text.length, () -> new ByteArrayInputStream(text));
      known = find(place, kind);
    }
    Marker marker = known.orElseThrow(() -> new IOException("a marker can't be read back"));
    if (!marker.archive().equals(archive)) {
      throw new BackupRefusedException(place.shown() + " holds copies of another archive");
    }
    return marker;
  }

  static Optional<Marker> find(BackupPlace place, Kind kind) throws IOException {
    String text;
    try (InputStream in = place.read(kind.file, 0)) {
      text = new String(in.readNBytes(BYTES_MAX), US_ASCII);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    String[] lines = text.split("\n", -1);
    boolean ours =
        lines.length >= 3
            && lines[1].matches("archive [0-9a-zA-Z-]{1,64}")
            && lines[2].matches("place [0-9a-f-]{36}");
    if (!ours || !lines[0].startsWith(kind.first + " ")) {
      throw new BackupRefusedException(place.shown() + " is something else than " + kind.first);
    }
    if (!lines[0].equals(kind.first + " " + VERSION)) {
      throw new BackupRefusedException(place.shown() + " was written by a newer Leadglass");
    }
    return Optional.of(
        new Marker(
            kind, lines[1].substring("archive ".length()), lines[2].substring("place ".length())));
  }

  /// Locks the file for longer: it is as old as the place.
  void extend(BackupPlace.Lock lock) throws IOException {
    lock.extend(kind.file);
  }

  private String text() {
    return kind.first + " " + VERSION + "\narchive " + archive + "\nplace " + place + "\n";
  }
}
