package leadglass.archive;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import leadglass.dicom.data.Tag;
import leadglass.store.Audit;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;

/// One run over the part of the trail that tells of a span of time.
final class Deliveries {

  /// A visit that began so long before the span may reach into it.
  private static final long BEFORE_MILLIS = 24L * 3600 * 1000;

  /// One that ended so long after it may have begun in it.
  private static final long AFTER_MILLIS = 24L * 3600 * 1000;

  private static final int KNOWN_MAX = 10_000;

  private final Store store;
  private final SiteId site;
  private final AuditTrail trail;
  private final AuditLog.Range range;
  private final Optional<String> who;
  private final Accounting.Ledger rows = new Accounting.Ledger(Optional.empty());
  private final Map<StudyName, Optional<String>> patients = new HashMap<>();
  private final Queue<Access> over = new ArrayDeque<>();

  Deliveries(
      Store store, SiteId site, AuditTrail trail, AuditLog.Range range, Optional<String> who) {
    this.store = store;
    this.site = site;
    this.trail = trail;
    this.range = range;
    this.who = who;
  }

  void read(AuditLog.Progress progress, Accounting.Visitor visitor) throws IOException {
    Accesses accesses = new Accesses(over::add);
    long from = store.trail().from(minus(range.fromMillis()));
    long end = store.trail().size();
    long last =
        range.untilMillis() > Long.MAX_VALUE - AFTER_MILLIS
            ? Long.MAX_VALUE
            : range.untilMillis() + AFTER_MILLIS;
    store
        .trail()
        .read(
            from,
            (number, opened) -> {
              progress.at(number + 1, end);
              AuditEntry entry = trail.decode(opened);
              if (isOurs(opened) && who.map(entry.who()::equals).orElse(true)) {
                accesses.take(number, entry, opened.about());
                tell(visitor);
              }
              return entry.at() < last && number + 1 < end;
            });
    accesses.end();
    tell(visitor);
  }

  private static long minus(long millis) {
    return millis < Long.MIN_VALUE + BEFORE_MILLIS ? Long.MIN_VALUE : millis - BEFORE_MILLIS;
  }

  private boolean isOurs(Audit.Opened opened) {
    return opened.about().map(about -> about.site().equals(site)).orElse(false);
  }

  private void tell(Accounting.Visitor visitor) throws IOException {
    for (Access access = over.poll(); access != null; access = over.poll()) {
      boolean within =
          access.first().at() < range.untilMillis() && access.lastMillis() >= range.fromMillis();
      if (within) {
        visitor.visit(delivery(access));
      }
    }
  }

  private Accounting.Delivery delivery(Access access) {
    AuditEntry first = access.first();
    return new Accounting.Delivery(
        rows.of(access),
        patient(access.about()),
        access.about().patient().value(),
        first.kind() + " " + first.who(),
        first.door(),
        first.from(),
        isThroughTheViewer(first));
  }

  /// The viewer fetches the rest of a series before anybody has looked at it.
  private static boolean isThroughTheViewer(AuditEntry entry) {
    return entry.act() == Act.RETRIEVED
        && entry.door() == Origin.Door.DICOMWEB
        && !Objects.equals(entry.kind(), "program");
  }

  private Optional<String> patient(Audit.About about) {
    if (patients.size() >= KNOWN_MAX) {
      patients.clear();
    }
    return patients.computeIfAbsent(
        about.study(),
        name ->
            store
                .lifecycle()
                .study(site, name)
                .map(StudyRow::study)
                .flatMap(study -> store.study(site, study))
                .map(Rows::whole)
                .flatMap(study -> study.string(Tag.PATIENT_ID))
                .filter(id -> !id.isBlank()));
  }
}
