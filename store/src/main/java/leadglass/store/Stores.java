package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.store.keys.KeyProof;
import leadglass.store.seal.SecretBytes;
import leadglass.store.trail.Note;
import leadglass.store.trail.TrailCheck;
import leadglass.store.trail.Vkey;

/// Opens stores.
public final class Stores {
  private Stores() {}

  /// Opens the store in a data directory, made (mode 0700) if it is not there. Catches the indexes
  /// up from the log, or makes them anew. The store owns a few threads until it is closed.
  ///
  /// @param events told what happens, on any thread; must not block
  /// @throws StoreInUseException if a program has it open
  /// @throws WrongKeyException if `master` is not the one it was sealed with
  /// @throws KeysMissingException if there are packs but no key store
  public static Store open(
      Path dataDirectory,
      MasterKey master,
      InstantSource clock,
      Consumer<? super StoreEvent> events)
      throws IOException {
    return PackedStore.open(dataDirectory, master, clock, events, Means.real());
  }

  /// Checks the audit trail of a data directory or of a copy of one: needs no key, changes nothing,
  /// and asks no server.
  ///
  /// @param keys public keys known from elsewhere, as verifier keys of signed notes; empty: those
  ///   in the directory are believed
  /// @param against the text of a checkpoint that was kept elsewhere
  /// @throws IllegalArgumentException if a key or the checkpoint can't be read
  public static TrailReport verifyTrail(
      Path dataDirectory, List<String> keys, Optional<String> against, Progress progress)
      throws IOException {
    List<Vkey> given =
        keys.stream()
            .map(each ->
                Vkey.parse(each)
                    .filter(Vkey::isOfTrail)
                    .orElseThrow(() -> new IllegalArgumentException("not a verifier key")))
            .toList();
    Optional<Note> note =
        against.map(each ->
            Note.parse(each).orElseThrow(() -> new IllegalArgumentException("not a checkpoint")));
    return new TrailCheck(dataDirectory, given, note, progress).run();
  }

  /// Whether 32 bytes are the master key of a data directory that has a key store. Changes nothing,
  /// whether the store is open or not.
  public static boolean opens(Path dataDirectory, byte[] key) throws IOException {
    Path file = dataDirectory.resolve("keys").resolve("keys.db");
    if (!Files.exists(file)) {
      throw new KeysMissingException();
    }
    return KeyProof.opens(file, new SecretBytes(key));
  }
}
