package leadglass.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.Audit;
import org.jspecify.annotations.Nullable;

/// A clinic that writes a trail of any length: studies come in, and people inside and outside look
/// at new and at old ones. Entries are made and sealed as the archive makes them and go out in
/// large batches; the first instance of each study really comes in, so that its key is there.
final class DisclosuresClinic {
  private static final int INSTANCES = 100;
  private static final int LOOKS = 50;
  private static final int OPEN_AT_ONCE = 40;
  private static final int BATCH = 2_000;
  private static final int NEWEST = 50;

  /// Of these, studies are looked at far more often than any other one.
  private static final int LOOKS_OF_FIRST = 3_000;

  private static final int LOOKS_OF_SECOND = 600;

  /// Ten million entries are six years.
  private static final long STEP_MILLIS = 18_900;

  private static final List<Look> HOW = List.of(Look.values());

  private final OpenArchive open;
  private final Hands clock;
  private final AuditTrail trail;
  private final Random random;
  private final long looksExpected;
  private final List<Audit> batch = new ArrayList<>();
  private final Deque<AuditEntry> visits = new ArrayDeque<>();
  private final Set<String> going = new HashSet<>();
  private final Map<Integer, List<Long>> outside = new HashMap<>();
  private int studies;
  private long written;

  /// Runs as the clinic does.
  static final class Hands extends Clock {
    private final AtomicLong millis;

    Hands(Instant from) {
      this.millis = new AtomicLong(from.toEpochMilli());
    }

    private long step() {
      return millis.addAndGet(STEP_MILLIS);
    }

    @Override
    public long millis() {
      return millis.get();
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  DisclosuresClinic(OpenArchive open, Hands clock, long entries, long seed) {
    this.open = open;
    this.clock = clock;
    this.trail = new AuditTrail(open.store, open.store.sites().getFirst(), clock);
    this.random = new Random(seed);
    this.looksExpected = entries / (INSTANCES + 2 * LOOKS) * LOOKS;
  }

  /// The patient of a study: every fourth one is another of the patient's three before.
  static int patient(int study) {
    return study % 4 == 3 ? study - 3 : study;
  }

  static String id(int patient) {
    return "ID-" + patient;
  }

  static Uid study(int number) {
    return new Uid("2.25." + (1_000_000_000L + number));
  }

  /// When each visit from outside to a patient's studies began.
  List<Long> outside(int patient) {
    return outside.getOrDefault(patient, List.of());
  }

  int studies() {
    return studies;
  }

  /// Goes on until there are so many entries.
  void run(long entries) throws IOException {
    while (written < entries) {
      comes(studies++);
      for (int i = 0; i < LOOKS; i++) {
        looks();
      }
    }
    while (!visits.isEmpty()) {
      ends();
    }
    flush();
  }

  private void write(Audit entry) throws IOException {
    batch.add(entry);
    written++;
    if (batch.size() == BATCH) {
      flush();
    }
  }

  private void flush() throws IOException {
    open.store.audit(List.copyOf(batch), true);
    batch.clear();
  }

  private void comes(int number) throws IOException {
    clock.step();
    Uid study = study(number);
    Uid series = new Uid(study.value() + ".1");
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid(series.value() + ".1"))
            .text(Tag.STUDY_DATE, Vr.DA, "20240229")
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.PATIENT_NAME, Vr.PN, "Sample^Bea")
            .text(Tag.PATIENT_ID, Vr.LO, id(patient(number)))
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .uid(Tag.SERIES_INSTANCE_UID, series);
    byte[] file = Samples.file(Samples.pixels(made, 1, 0).build());
    StoreOutcome came =
        open.archive
            .ingest()
            .storeFile(OpenArchive.reader(), Optional.empty(), new ByteArrayInputStream(file));
    if (!(came instanceof StoreOutcome.Stored)) {
      throw new IOException("a study was not kept");
    }
    written++;
    for (int i = 2; i <= INSTANCES; i++) {
      clock.step();
      Uid instance = new Uid(series.value() + "." + i);
      StoreOutcome.InstanceUids uids =
          new StoreOutcome.InstanceUids(study, series, instance, Samples.CT);
      write(trail.stored(OpenArchive.device(), uids, null));
    }
  }

  private int any() {
    double at = random.nextDouble() * looksExpected;
    if (at < Math.min(LOOKS_OF_FIRST, looksExpected / 10)) {
      return studies > 3 && random.nextBoolean() ? 3 : 0;
    }
    if (at < Math.min(LOOKS_OF_FIRST + LOOKS_OF_SECOND, looksExpected / 8)) {
      return Math.min(1, studies - 1);
    }
    return random.nextInt(3) < 2
        ? Math.max(0, studies - 1 - random.nextInt(NEWEST))
        : random.nextInt(studies);
  }

  private void looks() throws IOException {
    int number = any();
    AuditEntry entry = entry(number, HOW.get(random.nextInt(HOW.size())).act());
    if (!going.add(key(entry))) {
      return; // the visit goes on: the archive writes nothing
    }
    if (!entry.kind().equals("person") || "referrer".equals(entry.hat())) {
      outside.computeIfAbsent(patient(number), _ -> new ArrayList<>()).add(entry.at());
    }
    write(trail.encode(entry));
    visits.add(entry);
    if (visits.size() > OPEN_AT_ONCE) {
      ends();
    }
  }

  private void ends() throws IOException {
    AuditEntry first = visits.remove();
    going.remove(key(first));
    AuditEntry last = closing(clock.step(), first);
    write(trail.encode(last.giving(first.count(), first.count() * random.nextInt(1 << 20))));
  }

  private static String key(AuditEntry entry) {
    return entry.who() + " " + entry.hat() + " " + entry.act() + " " + entry.study();
  }

  private AuditEntry entry(int number, Act act) {
    long at = clock.step();
    String study = study(number).value();
    int one = random.nextInt(8);
    return switch (random.nextInt(10)) {
      case 0, 1 ->
          entry(
              at, act, "share", "%08x".formatted(one) + "0".repeat(24), null, study, "Dr. Fiction");
      case 2 -> entry(at, act, "program", "rita/T" + one, null, study, "rita");
      case 3 -> entry(at, act, "device", "WS" + one, null, study, null);
      case 4 -> entry(at, act, "patient", "p" + patient(number), null, study, null);
      case 5 -> entry(at, act, "person", "ref" + one, "referrer", study, null);
      default -> entry(at, act, "person", "read" + one, "radiologist", study, null);
    };
  }

  private AuditEntry entry(
      long at,
      Act act,
      String kind,
      String who,
      @Nullable String hat,
      String study,
      @Nullable String recipient) {
    return new AuditEntry(
        at,
        act,
        true,
        kind,
        who,
        hat,
        Origin.Door.DICOMWEB,
        "192.0.2." + random.nextInt(256),
        null,
        study,
        null,
        null,
        1 + random.nextInt(INSTANCES),
        false,
        null,
        null,
        kind.equals("share") ? "a second opinion" : null,
        recipient);
  }

  private static AuditEntry closing(long at, AuditEntry as) {
    return new AuditEntry(
        at,
        as.act(),
        as.success(),
        as.kind(),
        as.who(),
        as.hat(),
        as.door(),
        as.from(),
        as.site(),
        as.study(),
        as.series(),
        as.instance(),
        as.count(),
        true,
        as.detail(),
        as.reason(),
        as.purpose(),
        as.recipient());
  }
}
