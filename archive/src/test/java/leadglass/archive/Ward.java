package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.Audit;
import leadglass.store.InstanceRow;
import leadglass.store.SeriesRow;
import leadglass.store.SiteId;
import leadglass.store.StudyName;

/// The rules about what becomes of studies, over memory, with a clock that is turned by hand.
final class Ward {
  static final Origin PAGE = new Origin(Origin.Door.PAGE, "127.0.0.1");
  static final Caller TECHNOLOGIST = person("theo", Role.TECHNOLOGIST);
  static final Caller RADIOLOGIST = person("rita", Role.RADIOLOGIST);
  static final Caller ADMINISTRATOR = person("ada", Role.ADMINISTRATOR);
  static final Caller OTHER_ADMINISTRATOR = person("bob", Role.ADMINISTRATOR);
  static final Caller WITNESS = person("wim", Role.WITNESS);
  static final Caller CONSOLE =
      new Caller.Console("root", new Origin(Origin.Door.CONSOLE, "console"));
  static final SiteId SITE = new SiteId("0".repeat(32));

  final HandClock clock = new HandClock();
  final MemoryRegistry registry = new MemoryRegistry();
  final MemoryLifecycle lifecycle = new MemoryLifecycle(clock);
  final List<String> written = new ArrayList<>();
  final List<String> refused = new ArrayList<>();
  Aftercare rules = open();

  /// Memory holds no images.
  private static final Shelf NOTHING_HELD =
      new Shelf() {
        @Override
        public Optional<InstanceRow> instance(Uid sopInstance) {
          return Optional.empty();
        }

        @Override
        public List<SeriesRow> series(Uid study) {
          return List.of();
        }

        @Override
        public Held open(InstanceRow row) {
          throw new IllegalArgumentException("no such instance");
        }
      };

  /// As after a restart.
  Aftercare open() {
    AuditTrailOverMemory trail = new AuditTrailOverMemory();
    Refusals refusals =
        new Refusals((who, origin, success, detail) -> refused.add(detail), clock, event -> {});
    return Aftercare.open(
        lifecycle,
        NOTHING_HELD,
        SITE,
        registry,
        new Gate(),
        trail,
        refusals,
        clock,
        ZoneOffset.UTC);
  }

  private final class AuditTrailOverMemory implements DeedTrail {
    @Override
    public Audit entry(
        AuditTrail.Who who,
        Origin origin,
        Act act,
        String detail,
        Optional<Audit.Subject> subject) {
      String entry = act + " " + who.kind() + " " + who.name() + ": " + detail + " ";
      return new Audit(Encodings.utf8(entry), subject);
    }

    @Override
    public void write(Audit entry) {
      written.add(MemoryLifecycle.text(entry));
    }
  }

  static Caller person(String name, Role hat) {
    return new Caller.Person(name, hat, Set.of(hat), PAGE);
  }

  StudyName file(String study, Consumer<DataSet.Builder> more) {
    DataSet.Builder made = DataSet.builder().utf8().uid(Tag.STUDY_INSTANCE_UID, new Uid(study));
    more.accept(made);
    made.text(Tag.PATIENT_NAME, Vr.PN, "Fiction^Zoë")
        .text(Tag.PATIENT_ID, Vr.LO, "ID-1")
        .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, "19700101")
        .text(Tag.STUDY_DATE, Vr.DA, "20260301")
        .text(Tag.MODALITY, Vr.CS, "CT");
    return lifecycle.file(SITE, made.build(), clock.millis());
  }

  StudyName file(String study) {
    return file(study, more -> {});
  }

  boolean found(String study) {
    return lifecycle.name(SITE, new Uid(study)).isPresent();
  }

  /// The clock goes on and the archive runs all the time.
  void live(Duration time) throws IOException {
    for (long hours = 0; hours < time.toHours(); hours += 6) {
      clock.turn(Duration.ofHours(6));
      rules.sweep(Duration.ofHours(6));
    }
  }

  static String rule(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Done _ -> "";
      case Ruling.Refused(var rule) -> rule;
      case Ruling.NotThere _ -> "not there";
    };
  }

  static String name(Ruling ruling) {
    return ((Ruling.Done) ruling).name();
  }
}
