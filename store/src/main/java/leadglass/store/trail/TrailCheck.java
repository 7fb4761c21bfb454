package leadglass.store.trail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import leadglass.store.Progress;
import leadglass.store.TrailReport;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog;
import org.jspecify.annotations.Nullable;

/// Checks the trail of a data directory, or of a copy of one, without a key and without changing
/// anything: makes the tree anew from the packs and compares it with all that was signed.
public final class TrailCheck {
  private static final String READING = "reading the trail";

  private final Path folder;
  private final Path data;
  private final Optional<Note> against;
  private final List<Vkey> given;
  private final Progress progress;
  private final Findings findings = new Findings();
  private final List<Told> notes = new ArrayList<>();
  private final Map<Long, List<Told>> bySize = new TreeMap<>();
  private @Nullable Told elsewhere;

  /// A note and where it was found.
  private static final class Told {
    private final Note note;
    private final String where;
    private boolean fits;

    Told(Note note, String where) {
      this.note = note;
      this.where = where;
    }
  }

  /// @param given public keys known from elsewhere; none: those in the directory are believed
  /// @param against a checkpoint that was kept elsewhere
  public TrailCheck(Path data, List<Vkey> given, Optional<Note> against, Progress progress) {
    this.data = data;
    this.folder = data.resolve("trail");
    this.given = given;
    this.against = against;
    this.progress = progress;
  }

  public TrailReport run() throws IOException {
    List<Vkey> own = ownKeys();
    List<Vkey> keys = keys(own);
    // What was signed is read before the packs are: a server that runs meanwhile adds to both.
    readNotes(keys);
    long tiled = tiled();
    Tiles tiles = new Tiles(folder);
    TileCheck tileCheck = new TileCheck(tiles, findings);
    HeadCheck heads =
        new HeadCheck(
            findings,
            keys.stream().filter(key -> key.kind() == Vkey.Kind.ED25519).findFirst(),
            (tree, leaf) -> {
              tileCheck.add(leaf);
              at(tree);
            });
    at(heads.tree());
    read(heads);
    heads.finish();
    long entries = heads.tree().size();
    if (tileCheck.finish(tiled) > 0) {
      findings.note("tiles are missing; they are made anew at the next start");
    }
    if (tiled > entries) {
      findings.problem(
          "the tiles tell of "
              + tiled
              + " entries, there are "
              + entries
              + ": the end was cut off");
    }
    long upTo = Math.max(heads.upToMillis(), settleNotes(entries));
    if (entries > 0 && heads.heads() == 0 && notes.stream().noneMatch(each -> each.fits)) {
      findings.problem("nothing here is signed: no head and no checkpoint");
    }
    return report(heads, keys, upTo);
  }

  private TrailReport report(HeadCheck heads, List<Vkey> keys, long upTo) {
    Told kept = elsewhere;
    return new TrailReport(
        keys.isEmpty() ? "" : keys.getFirst().name(),
        heads.tree().size(),
        heads.older(),
        heads.heads(),
        upTo,
        notes.size() - (kept == null ? 0 : 1),
        kept != null && kept.fits ? OptionalLong.of(kept.note.millis()) : OptionalLong.empty(),
        keys.stream().map(Vkey::text).toList(),
        given.isEmpty(),
        findings.count(),
        findings.problems(),
        findings.notes());
  }

  private List<Vkey> ownKeys() throws IOException {
    Optional<String> text = TrailFiles.text(folder.resolve(TrailFiles.KEYS));
    return text.map(all -> all.lines().flatMap(line -> Vkey.parse(line).stream()).toList())
        .orElse(List.of());
  }

  private List<Vkey> keys(List<Vkey> own) {
    if (given.isEmpty()) {
      if (own.isEmpty()) {
        findings.problem("there is no public key to check signatures with");
      }
      return own;
    }
    if (!own.isEmpty() && !own.containsAll(given)) {
      findings.problem("the directory has another public key than the one given");
    }
    List<Vkey> all = new ArrayList<>(given);
    for (Vkey each : own) {
      boolean same = given.stream().anyMatch(key -> key.kind() == each.kind());
      if (!same) {
        findings.note("the key " + each.kind() + " was taken from the directory itself");
        all.add(each);
      }
    }
    return all;
  }

  private void readNotes(List<Vkey> keys) throws IOException {
    note(folder.resolve(TrailFiles.CHECKPOINT), TrailFiles.CHECKPOINT, keys);
    for (Path each : files(folder.resolve(TrailFiles.DAYS))) {
      note(each, TrailFiles.DAYS + "/" + each.getFileName(), keys);
    }
    for (Path each : files(folder.resolve(TrailFiles.CONTRADICTED))) {
      findings.problem(
          "a checkpoint was set aside earlier since the trail contradicted it: "
              + TrailFiles.CONTRADICTED
              + "/"
              + each.getFileName());
    }
    if (against.isPresent()) {
      elsewhere = add(against.get(), "the checkpoint kept elsewhere", keys);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
        for (Path each : all) {
          if (!String.valueOf(each.getFileName()).endsWith(".new")) {
            files.add(each);
          }
        }
      }
    }
    files.sort(null);
    return files;
  }

  private void note(Path file, String where, List<Vkey> keys) throws IOException {
    if (!Files.exists(file)) {
      if (where.equals(TrailFiles.CHECKPOINT)) {
        findings.note("there is no checkpoint in the directory");
      }
      return;
    }
    Optional<Note> note = TrailFiles.text(file).flatMap(Note::parse);
    if (note.isEmpty()) {
      findings.problem(where + " can't be read");
    } else {
      add(note.get(), where, keys);
    }
  }

  private Told add(Note note, String where, List<Vkey> keys) {
    boolean signed = !keys.isEmpty() && keys.stream().allMatch(note::signedBy);
    if (!signed) {
      findings.problem(where + " is not signed by the trail's keys");
    }
    Told told = new Told(note, where);
    notes.add(told);
    bySize.computeIfAbsent(note.size(), _ -> new ArrayList<>()).add(told);
    return told;
  }

  /// How many entries the tiles know of.
  private long tiled() throws IOException {
    Tiles tiles = new Tiles(folder);
    long full = 0;
    for (long step = 1L << 40; step > 0; step /= 2) {
      if (Files.exists(tiles.file(0, full + step - 1, Tiles.WIDTH))) {
        full += step;
      }
    }
    return full * Tiles.WIDTH + tiles.widest(0, full);
  }

  private void at(Frontier tree) {
    List<Told> here = bySize.get(tree.size());
    if (here != null) {
      byte[] root = tree.root(new TreeHash());
      for (Told each : here) {
        each.fits = Arrays.equals(root, each.note.root());
        if (!each.fits) {
          findings.problem(
              each.where + " tells of other entries than the first " + tree.size(), tree.size());
        }
      }
    }
    if ((tree.size() & 0xFFF) == 0) {
      progress.at(READING, tree.size(), 0);
    }
  }

  /// @return the time of the last that fits
  private long settleNotes(long entries) {
    long last = 0;
    for (Told each : notes) {
      if (each.note.size() > entries) {
        findings.problem(
            each.where
                + " tells of "
                + each.note.size()
                + " entries, there are "
                + entries
                + ": the end was cut off, or an older state was put back");
      }
      last = each.fits ? Math.max(last, each.note.millis()) : last;
    }
    return last;
  }

  private void read(HeadCheck heads) throws IOException {
    Path packs = data.resolve("packs");
    if (!Files.isDirectory(packs)) {
      return;
    }
    try (FileDisk disk = FileDisk.reading(packs)) {
      PackLog log = PackLog.open(disk, new SecureRandom(), PackLog.Limits.USUAL);
      for (String each : log.names()) {
        if (log.number(each).isEmpty()) {
          findings.problem("the header of the pack " + each + " can't be read");
        }
      }
      long torn =
          log.replay(Optional.empty(), EnumSet.of(Frame.Kind.AUDIT, Frame.Kind.HEAD), heads);
      if (torn > 0) {
        findings.note(
            torn + " bytes at the ends of packs belong to no whole batch: a run was cut short");
      }
    }
  }
}
