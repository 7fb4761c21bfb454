package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.MasterKey;
import leadglass.store.Store;

/// What is done with the master key: where it lies and lay, the sheets that give it back, and its
/// change. For the console alone.
///
/// Safe for use by several threads; acts are done one at a time.
public final class KeyCustody {
  private static final String NOT_YOURS = "The master key is for the console alone.";

  private final Store store;
  private final KeyHome home;
  private final SecurityTrail trail;
  private final Gate gate;
  private final InstantSource clock;
  private final Documents<PlaceRecord> places;
  private final Documents<EscrowRecord> escrows;
  private final Documents<RehearsalRecord> rehearsals;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile MasterKey key;

  /// From when on the master key lay where.
  ///
  /// @param beside whether that was on the device that holds the data
  /// @param key tells one key from another and says nothing of it
  record PlaceRecord(String place, boolean beside, String key, long atMillis, String by) {}

  /// Sheets that were made, of which key.
  record EscrowRecord(String set, String key, long atMillis, String by) {}

  record RehearsalRecord(String set, List<Integer> sheets, String key, long atMillis, String by) {}

  KeyCustody(
      Store store,
      MasterKey key,
      KeyHome home,
      SecurityTrail trail,
      Gate gate,
      InstantSource clock) {
    this.store = store;
    this.key = key;
    this.home = home;
    this.trail = trail;
    this.gate = gate;
    this.clock = clock;
    this.places = new Documents<>(store.registry(), "key-place", PlaceRecord.class);
    this.escrows = new Documents<>(store.registry(), "escrow", EscrowRecord.class);
    this.rehearsals = new Documents<>(store.registry(), "key-rehearsal", RehearsalRecord.class);
  }

  /// At a start: somebody may have moved the key while the archive was closed.
  void opened() {
    placed("start");
  }

  private void placed(String by) {
    String now = key.place().words();
    boolean beside = store.health().keyBesideData();
    Optional<PlaceRecord> last =
        places.list().stream().map(Documents.Kept::document).reduce((_, b) -> b);
    String id = id();
    boolean same =
        last.isPresent()
            && last.get().place().equals(now)
            && last.get().beside() == beside
            && last.get().key().equals(id);
    if (!same) {
      add(places, new PlaceRecord(now, beside, id, clock.millis(), by));
    }
  }

  private String id() {
    byte[] copy = copy();
    byte[] hash = Encodings.sha256(Encodings.utf8("leadglass master key id"), copy);
    Arrays.fill(copy, (byte) 0);
    return HexFormat.of().formatHex(hash, 0, 8);
  }

  private static <T> void add(Documents<T> documents, T document) {
    int number = documents.list().size() + 1;
    while (!documents.put(String.format("%06d", number), 0, document)) {
      number++;
    }
  }

  /// A copy of the key, for the recovery sheet of set-up.
  byte[] copy() {
    return key.forRecoverySheet();
  }

  /// Where the key lay, oldest first, and what opens it.
  ///
  /// @param sheets the newest set of sheets of the present key, if there is one
  /// @param rehearsedMillis when two sheets of the present key were last tried
  /// @param sets every set of sheets that was made, oldest first
  public record State(
      String place,
      boolean beside,
      List<Place> history,
      Optional<String> sheets,
      Optional<Long> sheetsMadeMillis,
      Optional<Long> rehearsedMillis,
      List<SheetSet> sets) {

    public Kind kind() {
      return Kind.of(place);
    }
  }

  /// A set of three sheets.
  ///
  /// @param opens whether they are of the present key
  public record SheetSet(String set, long madeMillis, String by, boolean opens) {}

  /// What holds a master key, which says what a thief of the disk needs besides.
  public enum Kind {
    /// A file, wherever it lies.
    FILE,
    /// Sealed under a passphrase that is typed at each start.
    PASSPHRASE,
    /// Sealed by a key that never leaves a token (PKCS#11).
    TOKEN,
    /// Sealed by a key that never leaves a key service.
    SERVICE;

    /// @param place in the words of [KeyHome]
    static Kind of(String place) {
      if (place.equals("passphrase")) {
        return PASSPHRASE;
      }
      if (place.startsWith("pkcs11:")) {
        return TOKEN;
      }
      return place.startsWith("kms:") ? SERVICE : FILE;
    }
  }

  /// @param by who laid it there
  public record Place(String words, boolean beside, long sinceMillis, String by) {}

  /// Empty if `caller` may not know.
  public Optional<State> state(Caller caller) {
    if (!gate.permits(caller, Verb.OPERATE)) {
      return Optional.empty();
    }
    String id = id();
    Optional<EscrowRecord> valid =
        escrows.list().stream()
            .map(Documents.Kept::document)
            .filter(each -> each.key().equals(id))
            .reduce((_, b) -> b);
    Optional<Long> rehearsed =
        rehearsals.list().stream()
            .map(Documents.Kept::document)
            .filter(each -> each.key().equals(id))
            .map(RehearsalRecord::atMillis)
            .reduce((_, b) -> b);
    return Optional.of(
        new State(
            key.place().words(),
            store.health().keyBesideData(),
            places.list().stream().map(kept -> place(kept.document())).toList(),
            valid.map(EscrowRecord::set),
            valid.map(EscrowRecord::atMillis),
            rehearsed,
            escrows.list().stream().map(kept -> sheets(kept.document(), id)).toList()));
  }

  private static SheetSet sheets(EscrowRecord record, String present) {
    return new SheetSet(record.set(), record.atMillis(), record.by(), record.key().equals(present));
  }

  private static Place place(PlaceRecord record) {
    return new Place(record.place(), record.beside(), record.atMillis(), record.by());
  }

  /// What came of an act.
  public sealed interface Done {
    /// Sheets to be printed, each kept at another place.
    record Sheets(List<EscrowSheet> sheets, long madeMillis) implements Done {}

    /// Two sheets open the archive.
    record Opens(String set, List<Integer> numbers) implements Done {}

    /// Another key seals the archive; sheets of before open nothing.
    record Rotated(String place, boolean beside) implements Done {}

    /// @param rule a sentence
    record Refused(String rule) implements Done {}
  }

  /// Makes three sheets. Those of before stay good.
  public Done escrow(Caller by) throws IOException {
    if (!allowed(by)) {
      return new Done.Refused(NOT_YOURS);
    }
    lock.lock();
    try {
      byte[] copy = copy();
      List<EscrowSheet> sheets = EscrowSheet.of(copy, random);
      Arrays.fill(copy, (byte) 0);
      String set = sheets.getFirst().set();
      note(by, true, "recovery sheets made, set " + set);
      long now = clock.millis();
      add(escrows, new EscrowRecord(set, id(), now, AuditTrail.Who.of(by).name()));
      return new Done.Sheets(sheets, now);
    } finally {
      lock.unlock();
    }
  }

  /// Tries two sheets. Changes nothing but that it is recorded.
  public Done rehearse(Caller by, String first, String second) throws IOException {
    if (!allowed(by)) {
      return new Done.Refused(NOT_YOURS);
    }
    return switch (EscrowSheet.read(first, second)) {
      case EscrowSheet.Reading.Wrong(String rule) -> new Done.Refused(rule);
      case EscrowSheet.Reading.Key(String set, List<Integer> numbers, byte[] typed) -> {
        boolean opens = store.opensWith(typed);
        Arrays.fill(typed, (byte) 0);
        note(by, opens, "recovery sheets rehearsed, set " + set);
        if (!opens) {
          yield new Done.Refused(
              "These two sheets are whole, but they do not open this archive: they are of a key"
                  + " before the present one, or of another archive.");
        }
        String name = AuditTrail.Who.of(by).name();
        add(rehearsals, new RehearsalRecord(set, numbers, id(), clock.millis(), name));
        yield new Done.Opens(set, numbers);
      }
    };
  }

  /// Seals the archive by a fresh key. No pack is written.
  ///
  /// @param where the fresh one is to lie; empty: where the one before lies
  /// @param secret a passphrase, where the place wants one; overwritten when this returns
  public Done rotate(Caller by, String where, char[] secret) throws IOException {
    if (!allowed(by)) {
      return new Done.Refused(NOT_YOURS);
    }
    byte[] fresh = MasterKey.fresh();
    try {
      return replace(by, where, secret, fresh);
    } finally {
      Arrays.fill(fresh, (byte) 0);
      Arrays.fill(secret, '\0');
    }
  }

  /// Seals the archive by a key that set-up has shown.
  Done replace(Caller by, String where, char[] secret, byte[] fresh) throws IOException {
    lock.lock();
    try {
      note(by, true, "master key to be changed");
      key = home.replace(where, secret, fresh, store::rekey);
      String name = AuditTrail.Who.of(by).name();
      placed(name);
      note(by, true, "master key changed");
      return new Done.Rotated(key.place().words(), store.health().keyBesideData());
    } catch (KeyHome.RefusedException e) {
      note(by, false, "master key not changed");
      return new Done.Refused(String.valueOf(e.getMessage()));
    } finally {
      lock.unlock();
    }
  }

  /// Whether set-up has to ask where the key shall live: as long as it lies on the disk with the
  /// data.
  public boolean asks() {
    return home.movable() && store.health().keyBesideData();
  }

  /// Lays the key where set-up is told to.
  ///
  /// @return why the answer can't stand, if it can't
  Optional<String> lay(Caller by, KeyChoice choice) throws IOException {
    return switch (choice) {
      case KeyChoice.OnThisDisk(String sentence) -> {
        if (!sentence.strip().equals(KeyChoice.SENTENCE)) {
          yield Optional.of(
              "To leave the key on the disk with the data, type: " + KeyChoice.SENTENCE);
        }
        note(by, true, "master key left on the disk with the data");
        yield Optional.empty();
      }
      case KeyChoice.InFile(String path) -> {
        if (!path.startsWith("/")) {
          yield Optional.of("Give the whole path of the file, beginning with /.");
        }
        Optional<String> refused = laid(by, "file:" + path, new char[0]);
        yield refused.isPresent() || !asks()
            ? refused
            : Optional.of(
                "That file lies on the disk with the data, so a thief of the disk has both. Name"
                    + " another place, or say that it shall be so.");
      }
      case KeyChoice.UnderPassphrase(char[] passphrase) -> laid(by, "passphrase", passphrase);
    };
  }

  /// A fresh key: blocks of the file that the one before lay in may still hold it. The recovery
  /// sheet that set-up shows next is of the fresh one.
  private Optional<String> laid(Caller by, String where, char[] secret) throws IOException {
    byte[] fresh = MasterKey.fresh();
    try {
      return replace(by, where, secret, fresh) instanceof Done.Refused(String rule)
          ? Optional.of(rule)
          : Optional.empty();
    } finally {
      Arrays.fill(fresh, (byte) 0);
      Arrays.fill(secret, '\0');
    }
  }

  private boolean allowed(Caller by) throws IOException {
    boolean allowed = by instanceof Caller.Console && gate.permits(by, Verb.OPERATE);
    if (!allowed) {
      note(by, false, "master key refused");
    }
    return allowed;
  }

  private void note(Caller by, boolean success, String what) throws IOException {
    trail.security(AuditTrail.Who.of(by), by.origin(), success, what);
  }
}
