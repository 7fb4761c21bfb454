package leadglass.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.app.Failure;
import leadglass.archive.EscrowSheet;
import leadglass.archive.KeyHome.RefusedException;
import leadglass.archive.RecoverySheet;
import leadglass.store.Backups;
import leadglass.store.MasterKey;

/// Where the master key of a restore comes from: a file named, sheets, the copy with the keys, or
/// whatever the archive asked for at each start.
record RestoreKey(Path keys, Optional<Path> config, Optional<Path> file, List<Path> sheets) {
  private static final int SHEET_BYTES_MAX = 4096;

  MasterKey find() throws IOException, RefusedException, Failure {
    if (file.isPresent()) {
      return MasterKey.read(file.get());
    }
    if (!sheets.isEmpty()) {
      return MasterKey.of(typed(), MasterKey.inFile(sheets.getFirst()));
    }
    Optional<Path> copied = Files.isDirectory(keys) ? Backups.masterKey(keys) : Optional.empty();
    return copied.isPresent() ? MasterKey.read(copied.get()) : asked();
  }

  /// A passphrase, a token or a key service opens what says where the key lies.
  private MasterKey asked() throws IOException, RefusedException, Failure {
    Optional<Path> place = Files.isDirectory(keys) ? Backups.keyPlace(keys) : Optional.empty();
    if (place.isEmpty()) {
      throw new NoSuchFileException(keys.toString(), null, "there is no master key with the keys");
    }
    Path scratch = Files.createTempDirectory("leadglass-restore-");
    try {
      Files.createDirectory(scratch.resolve("keys"));
      Files.copy(place.get(), scratch.resolve("keys").resolve("place"));
      return DataOption.of(scratch, config).home().keyring().open();
    } finally {
      try (Stream<Path> all = Files.walk(scratch)) {
        for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private byte[] typed() throws IOException, Failure {
    List<String> texts = new ArrayList<>();
    for (Path sheet : sheets) {
      if (Files.size(sheet) > SHEET_BYTES_MAX) {
        throw new Failure(Failure.NO, sheet + " is no sheet", "it is longer than any");
      }
      texts.add(Files.readString(sheet, StandardCharsets.UTF_8));
    }
    if (texts.size() == EscrowSheet.NEEDED) {
      return switch (EscrowSheet.read(texts.getFirst(), texts.getLast())) {
        case EscrowSheet.Reading.Key(_, _, var bytes) -> bytes;
        case EscrowSheet.Reading.Wrong(var rule) ->
            throw new Failure(Failure.NO, "those are not two sheets of a key", rule);
      };
    }
    return switch (RecoverySheet.parse(String.join("\n", texts))) {
      case RecoverySheet.Reading.Key(var bytes) -> bytes;
      case RecoverySheet.Reading.Wrong(var rule) ->
          throw new Failure(Failure.NO, "that is not the sheet", rule);
    };
  }
}
