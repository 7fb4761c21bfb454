package leadglass.store.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import leadglass.store.Private;

/// The files in `trail` that are no tiles; docs/formats/trail.md. Confined to one thread at a time.
final class TrailFiles {
  static final String CHECKPOINT = "checkpoint";
  static final String DAYS = "checkpoints";
  static final String KEYS = "keys";
  static final String STATE = "state";
  static final String CONTRADICTED = "contradicted";
  static final int NOTE_BYTES_MAX = 64 << 10;

  private final Path folder;
  private final Lasting files;

  TrailFiles(Path folder, Lasting files) {
    this.folder = folder;
    this.files = files;
  }

  static Optional<String> text(Path file) throws IOException {
    return Lasting.read(file, NOTE_BYTES_MAX).map(bytes -> new String(bytes, UTF_8));
  }

  Optional<State> state(TrailKeys keys) throws IOException {
    return text(folder.resolve(STATE)).flatMap(text -> State.parse(text, keys.state()));
  }

  void state(State state, TrailKeys keys) throws IOException {
    files.putNow(folder.resolve(STATE), state.text(keys.state()).getBytes(UTF_8));
  }

  Optional<String> checkpoint() throws IOException {
    return text(folder.resolve(CHECKPOINT));
  }

  /// Writes a checkpoint in the place of the one before; the last one of a day is kept.
  void checkpoint(Note note, Optional<Note> before) throws IOException {
    if (before.isPresent() && !day(before.get()).equals(day(note))) {
      Path kept = folder.resolve(DAYS).resolve(day(before.get()));
      Optional<Note> there = text(kept).flatMap(Note::parse);
      if (there.isEmpty() || there.get().size() < before.get().size()) {
        files.putNow(kept, before.get().text().getBytes(UTF_8));
      }
    }
    files.putNow(folder.resolve(CHECKPOINT), note.text().getBytes(UTF_8));
  }

  private static String day(Note note) {
    return Instant.ofEpochMilli(note.millis()).atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  /// Writes the public keys, unless they are there.
  void keys(List<Vkey> keys) throws IOException {
    String text = keys.stream().map(each -> each.text() + "\n").collect(Collectors.joining());
    Path file = folder.resolve(KEYS);
    if (!text(file).equals(Optional.of(text))) {
      files.putNow(file, text.getBytes(UTF_8));
    }
  }

  /// Puts a checkpoint that the tree contradicts where nothing writes over it.
  void setAside(long millis) throws IOException {
    Path aside = folder.resolve(CONTRADICTED);
    Private.folder(aside);
    Path to = aside.resolve(Long.toString(millis));
    for (int i = 1; Files.exists(to); i++) {
      to = aside.resolve(millis + "-" + i);
    }
    Files.move(folder.resolve(CHECKPOINT), to);
    Private.sync(aside);
    Private.sync(folder);
  }
}
