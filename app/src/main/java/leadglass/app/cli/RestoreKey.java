package leadglass.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.archive.RecoverySheet;
import leadglass.store.Backups;
import leadglass.store.MasterKey;

/// Where the master key of a restore comes from: a file named, a sheet, the copy with the keys, or
/// where it lies anyhow.
record RestoreKey(Path keys, Optional<Path> file, List<Path> sheets) {
  private static final int SHEET_BYTES_MAX = 4096;

  MasterKey find(Home home, String name) throws IOException, Failure {
    if (file.isPresent()) {
      return MasterKey.open(file.get(), false);
    }
    Path usual = home.keyFile(name);
    if (!sheets.isEmpty()) {
      if (!Files.exists(usual)) {
        MasterKey.restore(usual, typed());
      }
      return MasterKey.open(usual, false);
    }
    Optional<Path> copied = Files.isDirectory(keys) ? Backups.masterKey(keys) : Optional.empty();
    return MasterKey.open(copied.orElse(usual), false);
  }

  private byte[] typed() throws IOException, Failure {
    StringBuilder text = new StringBuilder();
    for (Path sheet : sheets) {
      if (Files.size(sheet) > SHEET_BYTES_MAX) {
        throw new Failure(Failure.NO, sheet + " is no sheet", "it is longer than any");
      }
      text.append(Files.readString(sheet, StandardCharsets.UTF_8)).append('\n');
    }
    return switch (RecoverySheet.parse(text.toString())) {
      case RecoverySheet.Reading.Key(var bytes) -> bytes;
      case RecoverySheet.Reading.Wrong(var rule) ->
          throw new Failure(Failure.NO, "that is not the sheet", rule);
    };
  }
}
