package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import leadglass.archive.Brakes;
import leadglass.archive.Caller;
import leadglass.archive.LaneTerms;
import leadglass.archive.Lanes;
import leadglass.archive.Origin;
import leadglass.archive.Quarantine;
import leadglass.archive.Query;
import leadglass.archive.Question;
import leadglass.archive.Role;
import leadglass.archive.Unverified;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.store.Store;
import leadglass.testkit.RawScu;

/// A [Clinic] with lanes, and a clock moved by hand. Devices of lanes come from loopback addresses
/// of their own.
final class Ward implements AutoCloseable {
  static final String FROM = "127.0.0.2";
  static final String ELSEWHERE = "127.0.0.3";

  /// Modality Worklist Information Model - FIND.

  private static final Caller TECHNOLOGIST =
      new Caller.Person(
          "tove",
          Role.TECHNOLOGIST,
          Set.of(Role.TECHNOLOGIST),
          new Origin(Origin.Door.PAGE, "127.0.0.1"));

  private static final Caller RADIOLOGIST =
      new Caller.Person(
          "rada",
          Role.RADIOLOGIST,
          Set.of(Role.RADIOLOGIST),
          new Origin(Origin.Door.PAGE, "127.0.0.1"));

  final Hands clock = new Hands();
  final Clinic clinic;
  private LaneDoors doors;

  /// A clock moved by hand; what is waited for goes by another.
  static final class Hands extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    void move(Duration by) {
      ahead.updateAndGet(then -> then.plus(by));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead.get());
    }
  }

  Ward(Path folder) throws IOException {
    this(folder, store -> store);
  }

  /// @param through what the archive has in the place of its store
  Ward(Path folder, UnaryOperator<Store> through) throws IOException {
    clinic = new Clinic(folder, Brakes.Limits.USUAL, clock, through);
    doors = open();
  }

  private LaneDoors open() {
    return LaneDoors.start(
        clinic.archive,
        new DicomSettings(Clinic.TITLE, "127.0.0.1", 0, 16, Clinic.SOON, Clinic.SOON),
        clock,
        clinic.events::add);
  }

  void restart() throws IOException {
    doors.close();
    doors = open();
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  Lanes.Change tried(String title, String from, LocalDate until) throws IOException {
    return tried(title, from, "127.0.0.1", until, false);
  }

  Lanes.Change tried(String title, String from, String listen, LocalDate until, boolean worklist)
      throws IOException {
    LaneTerms terms =
        new LaneTerms(
            "Ada Poe", InetAddress.ofLiteral(from), InetAddress.ofLiteral(listen), until, worklist);
    return clinic.archive.lanes().add(Clinic.CONSOLE, title, terms);
  }

  Lanes.Lane lane(String title) throws IOException {
    return lane(title, today().plusMonths(2), false);
  }

  Lanes.Lane lane(String title, LocalDate until, boolean worklist) throws IOException {
    Lanes.Change made = tried(title, FROM, "127.0.0.1", until, worklist);
    assertThat(made).as(made.toString()).isInstanceOf(Lanes.Change.Done.class);
    return ((Lanes.Change.Done) made).lane();
  }

  /// A lane as it stands in the list.
  Lanes.Lane now(String title) {
    return clinic.archive.lanes().list(Clinic.CONSOLE).stream()
        .filter(each -> each.aeTitle().equals(title))
        .findFirst()
        .orElseThrow();
  }

  static RawScu.Builder from(String address, Lanes.Lane lane) {
    return RawScu.to(lane.port())
        .from(InetAddress.ofLiteral(address))
        .calling(lane.aeTitle())
        .called(lane.called());
  }

  static RawScu.Builder from(Lanes.Lane lane) {
    return from(FROM, lane);
  }

  /// One image over a lane.
  ///
  /// @return the status, and the Error Comment behind a colon
  static String sent(Lanes.Lane lane, int study, int number, byte[] dataSet) throws IOException {
    try (RawScu scu =
        from(lane).propose(Clinic.CT.value(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN).open()) {
      RawScu.Reply reply =
          scu.store(1, Clinic.CT.value(), Clinic.instance(study, 1, number).value(), dataSet);
      scu.release();
      return Integer.toHexString(reply.status()) + ":" + reply.errorComment();
    }
  }

  static byte[] image(int study, int number) throws IOException {
    return Clinic.encoded(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, study, 1, number);
  }

  /// The same UIDs, other pixels.
  static byte[] otherImage(int study, int number) throws IOException {
    byte[] bytes = image(study, number);
    bytes[bytes.length - 1] ^= 1;
    return bytes;
  }

  List<Quarantine.Entry> apart(int study) throws IOException {
    return clinic.archive.quarantine().list(TECHNOLOGIST, 0, 200).stream()
        .filter(each -> each.study().equals(Clinic.study(study)))
        .toList();
  }

  List<Uid> unverified() throws IOException {
    return clinic.archive.unverified().list(TECHNOLOGIST).stream()
        .map(Unverified.Waiting::study)
        .toList();
  }

  Caller technologist() {
    return TECHNOLOGIST;
  }

  /// What is found.
  List<DataSet> found(Question.Level level, Optional<Uid> study, String patient)
      throws IOException {
    List<Question.Key> keys =
        patient.isEmpty() ? List.of() : List.of(new Question.Key(0x00100020, patient));
    Question question =
        new Question(
            level, study, Optional.empty(), keys, Set.of(), true, 0, 100, Optional.empty());
    return ((Query.Answer.Rows) clinic.archive.query().search(RADIOLOGIST, question)).rows();
  }

  @Override
  public void close() throws IOException {
    doors.close();
    clinic.close();
  }
}
