package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.Registry;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StoredBytes;

/// Storage commitment (PS3.4 Annex J): whoever asks whether instances are kept is told once each of
/// them was read back, every seal of it, from where it lies. What was asked is kept until it was
/// told, also over a restart; when each is due is known without reading it.
///
/// Safe for use by several threads.
public final class Commitments {
  /// More are asked for in several transactions.
  public static final int ITEMS_MAX = 10_000;

  /// Of one device, not reported yet.
  public static final int OPEN_MAX = 1_000;

  /// Whoever asked is told at once by whoever took the request; after that it is due.
  private static final Duration FIRST = Duration.ofSeconds(10);

  private static final List<Duration> WAITS =
      List.of(
          Duration.ZERO,
          FIRST,
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30));
  private static final Duration LATER = Duration.ofHours(1);
  private static final Duration LIFE = Duration.ofDays(3);

  private final Store store;
  private final SiteId site;
  private final Gate gate;
  private final InstantSource clock;
  private final Documents<CommitmentRecord> documents;
  private final Consumer<? super ArchiveEvent> events;
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

  /// One that was not reported yet.
  private record Waiting(Open open, long made, long next) {
    static Waiting of(CommitmentRecord record) {
      Open open = new Open(new Uid(record.transaction()), record.aeTitle());
      return new Waiting(open, record.made(), record.next());
    }
  }

  Commitments(
      Store store,
      SiteId site,
      Registry registry,
      Gate gate,
      InstantSource clock,
      Consumer<? super ArchiveEvent> events) {
    this.store = store;
    this.site = site;
    this.gate = gate;
    this.clock = clock;
    this.documents = new Documents<>(registry, CommitmentRecord.KIND, CommitmentRecord.class);
    this.events = events;
    documents.list().forEach(each -> waiting.put(each.key(), Waiting.of(each.document())));
  }

  /// An instance and what the asker takes it for.
  public record Reference(Uid sopClass, Uid sopInstance) {
    @Override
    public String toString() {
      return "Reference[]";
    }
  }

  /// Whether an instance is kept (Failure Reason (0008,1197), PS3.3 §C.14.1.1).
  public enum Verdict {
    COMMITTED(0),
    PROCESSING_FAILURE(0x0110),
    NO_SUCH_OBJECT_INSTANCE(0x0112),
    CLASS_INSTANCE_CONFLICT(0x0119);

    private final int reason;

    Verdict(int reason) {
      this.reason = reason;
    }

    public int reason() {
      return reason;
    }

    private static Verdict of(int reason) {
      for (Verdict each : values()) {
        if (each.reason == reason) {
          return each;
        }
      }
      return PROCESSING_FAILURE;
    }
  }

  /// A reference and what was found.
  public record Found(Reference reference, Verdict verdict) {}

  /// What came of asking.
  public enum Asked {
    TAKEN,
    NOT_AUTHORIZED,
    /// The Transaction UID is that of one which was not reported yet.
    DUPLICATE_TRANSACTION_UID,
    /// Too many, or none.
    RESOURCE_LIMITATION
  }

  /// One that is to be reported.
  public record Open(Uid transaction, String aeTitle) {
    @Override
    public String toString() {
      return "Open[]";
    }
  }

  /// Takes a request: it survives from here on until it was reported.
  public Asked ask(Caller.Device device, Uid transaction, List<Reference> references) {
    if (!gate.permits(device, Verb.STORE)) {
      return Asked.NOT_AUTHORIZED;
    }
    if (references.isEmpty() || references.size() > ITEMS_MAX || open(device) >= OPEN_MAX) {
      return Asked.RESOURCE_LIMITATION;
    }
    CommitmentRecord record =
        new CommitmentRecord(
            transaction.value(),
            device.aeTitle(),
            references.stream()
                .map(each ->
                    new CommitmentRecord.Item(each.sopClass().value(), each.sopInstance().value()))
                .toList(),
            null,
            clock.millis(),
            0,
            clock.millis() + FIRST.toMillis());
    String key = key(device.aeTitle(), transaction.value());
    if (!documents.put(key, 0, record)) {
      return Asked.DUPLICATE_TRANSACTION_UID;
    }
    waiting.put(key, Waiting.of(record));
    return Asked.TAKEN;
  }

  private long open(Caller.Device device) {
    return waiting.values().stream()
        .filter(each -> each.open().aeTitle().equals(device.aeTitle()))
        .count();
  }

  /// Those whose report is due. One that nobody took for three days is dropped.
  public List<Open> due() {
    long now = clock.millis();
    List<Open> due = new ArrayList<>();
    for (Waiting each : waiting.values()) {
      if (now - each.made() > LIFE.toMillis()) {
        drop(each.open());
      } else if (each.next() <= now) {
        due.add(each.open());
      }
    }
    return due;
  }

  /// Nobody will take the report, which is told.
  public void drop(Open open) {
    reported(open);
    events.accept(new ArchiveEvent.CommitmentDropped(open.aeTitle()));
  }

  /// What was found of one: looked up the first time it is asked for.
  ///
  /// @param wanted asked before each instance; false stops it, and nothing was found
  public List<Found> found(Open open, BooleanSupplier wanted) {
    Optional<Documents.Kept<CommitmentRecord>> kept = kept(open);
    if (kept.isEmpty()) {
      return List.of();
    }
    CommitmentRecord record = kept.get().document();
    List<Integer> reasons = record.failed();
    if (reasons == null) {
      List<Integer> looked = new ArrayList<>();
      for (CommitmentRecord.Item item : record.items()) {
        if (!wanted.getAsBoolean()) {
          return List.of();
        }
        looked.add(look(item).reason());
      }
      reasons = looked;
      documents.put(kept.get().key(), kept.get().version(), record.looked(reasons));
    }
    List<Found> all = new ArrayList<>();
    for (int i = 0; i < record.items().size(); i++) {
      CommitmentRecord.Item item = record.items().get(i);
      Reference reference = new Reference(new Uid(item.sopClass()), new Uid(item.sopInstance()));
      all.add(new Found(reference, Verdict.of(reasons.get(i))));
    }
    return all;
  }

  private Verdict look(CommitmentRecord.Item item) {
    Optional<InstanceRow> row = store.instance(site, new Uid(item.sopInstance()));
    if (row.isEmpty()) {
      return Verdict.NO_SUCH_OBJECT_INSTANCE;
    }
    if (!row.get().sopClass().value().equals(item.sopClass())) {
      return Verdict.CLASS_INSTANCE_CONFLICT;
    }
    try (StoredBytes bytes = store.open(site, row.get());
        InputStream in = bytes.read(0, bytes.length())) {
      long read = in.transferTo(OutputStream.nullOutputStream());
      return read == row.get().dataSetBytes() ? Verdict.COMMITTED : Verdict.PROCESSING_FAILURE;
    } catch (IOException | RuntimeException _) {
      return Verdict.PROCESSING_FAILURE;
    }
  }

  /// It was taken.
  public void reported(Open open) {
    String key = key(open.aeTitle(), open.transaction().value());
    waiting.remove(key);
    documents.remove(key);
  }

  /// It did not arrive: it is due again, later each time.
  public void missed(Open open) {
    kept(open)
        .ifPresent(kept -> {
          int tries = kept.document().tries() + 1;
          Duration wait = tries < WAITS.size() ? WAITS.get(tries) : LATER;
          CommitmentRecord later = kept.document().later(clock.millis() + wait.toMillis());
          if (documents.put(kept.key(), kept.version(), later)) {
            waiting.put(kept.key(), Waiting.of(later));
          }
        });
  }

  private Optional<Documents.Kept<CommitmentRecord>> kept(Open open) {
    return documents.find(key(open.aeTitle(), open.transaction().value()));
  }

  private static String key(String aeTitle, String transaction) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] name = (aeTitle + "\n" + transaction).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }
}
