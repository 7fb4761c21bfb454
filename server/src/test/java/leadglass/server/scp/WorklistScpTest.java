package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import leadglass.archive.Caller;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.Ruling;
import leadglass.archive.StepField;
import leadglass.archive.WorklistKeys;
import leadglass.archive.WorklistScope;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.SubOperations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worklist (PS3.4 Annex K) and performed procedure steps (PS3.4 Annex F), over TLS where what
/// is sent matters.
class WorklistScpTest {
  private static final Caller DESK =
      new Caller.Person(
          "mara",
          Role.FRONT_DESK,
          Set.of(Role.FRONT_DESK),
          new Origin(Origin.Door.PAGE, "127.0.0.1"));
  private static final Uid STUDY = new Uid("2.25.4711");

  @TempDir private static Path folder;
  private static Clinic clinic;

  @BeforeAll
  static void open() throws IOException {
    clinic = new Clinic(folder);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    clinic.enrol("CT1", Set.of(DeviceVerb.WORKLIST), 0);
    clinic.enrol("CT2", Set.of(DeviceVerb.STORE), 0);
    clinic.enrol("CT3", Set.of(DeviceVerb.WORKLIST), 0);
    plan("CT1", today, "0900", "Grün^Änne", "");
    plan("CT3", today, "0930", "Doe^Jo", STUDY.value());
    plan("", today, "1000", "Doe^Jane", "");
    plan("MR1", today, "1100", "Doe^Jim", "");
    plan("CT1", today.plusDays(3), "1200", "山田^太郎", "");
  }

  private static void plan(String station, LocalDate day, String time, String name, String study)
      throws IOException {
    Map<StepField, String> values = new EnumMap<>(StepField.class);
    values.put(StepField.PATIENT_NAME, name);
    values.put(StepField.PATIENT_ID, "CANARY-" + time);
    values.put(StepField.MODALITY, "CT");
    values.put(StepField.STATION, station);
    values.put(StepField.DATE, day.toString());
    values.put(StepField.TIME, time);
    values.put(StepField.DESCRIPTION, "Head");
    values.put(StepField.STUDY, study);
    values.put(StepField.STEP_ID, "S" + time);
    assertThat(clinic.archive.worklist().add(DESK, values)).isInstanceOf(Ruling.Done.class);
  }

  @AfterAll
  static void close() throws IOException {
    assertThat(clinic.events.toString()).doesNotContain("CANARY").doesNotContain("Doe");
    clinic.close();
  }

  private static Peer peer(String title, DeviceVerb verb) {
    return new Peer(
        clinic.archive,
        new Caller.Device(
            title, Set.of(verb), Optional.empty(), new Origin(Origin.Door.DIMSE, "127.0.0.1")),
        Clinic.TITLE);
  }

  /// Takes what is sent, and is cancelled after some.
  private static final class Taking implements Operation {
    private final int cancelledAfter;
    private final List<DataSet> matches = new ArrayList<>();
    private final Set<Integer> statuses = new java.util.TreeSet<>();

    Taking(int cancelledAfter) {
      this.cancelledAfter = cancelledAfter;
    }

    @Override
    public boolean cancelled() {
      return matches.size() >= cancelledAfter;
    }

    @Override
    public boolean pending(int status, DataSet match) {
      matches.add(match);
      statuses.add(status);
      return !cancelled();
    }

    @Override
    public boolean pending(SubOperations counts) {
      throw new AssertionError("no sub-operations");
    }

    @Override
    public Invoker invoker() {
      return new AgreeingInvoker();
    }
  }

  private static Outcome ask(
      Peer peer, int max, Function<Caller.Device, WorklistScope> scope, DataSet keys, Taking taking)
      throws IOException {
    OperationScp.Request request =
        new OperationScp.Request(
            CommandField.C_FIND_RQ,
            CommandSet.builder().build(),
            WorklistScp.SOP_CLASS,
            new AcceptedContext(1, WorklistScp.SOP_CLASS, Clinic.EXPLICIT, true, false),
            Optional.of(keys));
    return new WorklistScp(new FindLimits(max, max), scope).perform(peer, request, taking);
  }

  private static Taking asked(DataSet keys) throws IOException {
    Taking taking = new Taking(Integer.MAX_VALUE);
    assertThat(
            ask(peer("CT1", DeviceVerb.WORKLIST), 100, WorklistScope::own, keys, taking)
                .status()
                .code())
        .isZero();
    return taking;
  }

  private static int refused(DataSet keys) throws IOException {
    Taking taking = new Taking(Integer.MAX_VALUE);
    Status status =
        ask(peer("CT1", DeviceVerb.WORKLIST), 100, WorklistScope::own, keys, taking).status();
    assertThat(taking.matches).isEmpty();
    assertThat(status.errorComment()).isNotEmpty().doesNotContain("CANARY");
    return status.code();
  }

  private static DataSet step(DataSet match) {
    return match.items(WorklistKeys.STEPS).getFirst();
  }

  private static DataSet keys(DataSet.Builder top, DataSet.Builder step) {
    return top.sequence(WorklistKeys.STEPS, List.of(step.build())).build();
  }

  @Test
  void aScannerIsToldWhatItAsksForAndNothingElse() throws IOException {
    Taking taking =
        asked(
            keys(
                DataSet.builder()
                    .utf8()
                    .text(Tag.PATIENT_NAME, Vr.PN)
                    .text(Tag.PATIENT_BIRTH_DATE, Vr.DA)
                    .text(0x00380010, Vr.LO)
                    .text(0x00400000, Vr.UL),
                DataSet.builder()
                    .text(StepField.STATION.tag(), Vr.AE, "CT1")
                    .text(StepField.TIME.tag(), Vr.TM)
                    .text(0x00400010, Vr.SH)));
    assertThat(taking.statuses).containsExactly(Status.PENDING);
    assertThat(taking.matches)
        .extracting(match -> step(match).string(StepField.TIME.tag()).orElse(""))
        .containsExactly("0900", "1000", "1200");
    DataSet first = taking.matches.getFirst();
    List<Integer> tags = new ArrayList<>();
    first.forEach(each -> tags.add(each.tag()));
    assertThat(tags)
        .containsExactly(
            Tag.SPECIFIC_CHARACTER_SET,
            Tag.PATIENT_NAME,
            Tag.PATIENT_BIRTH_DATE,
            0x00380010,
            WorklistKeys.STEPS);
    assertThat(first.string(Tag.PATIENT_NAME)).contains("Grün^Änne");
    assertThat(step(first).size()).isEqualTo(3);
    assertThat(step(taking.matches.get(1)).string(StepField.STATION.tag())).contains("CT1");
  }

  @Test
  void namesComeInTheCharacterSetOfTheScannerWhereThatCanSayThem() throws IOException {
    DataSet keys =
        DataSet.builder()
            .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 100")
            .text(Tag.PATIENT_NAME, Vr.PN)
            .build();
    List<DataSet> matches = asked(keys).matches;
    assertThat(matches)
        .extracting(match -> match.string(Tag.SPECIFIC_CHARACTER_SET).orElse(""))
        .containsExactly("ISO_IR 100", "ISO_IR 100", "ISO_IR 192");
    assertThat(matches)
        .extracting(match -> match.string(Tag.PATIENT_NAME).orElse(""))
        .containsExactly("Grün^Änne", "Doe^Jane", "山田^太郎");
  }

  @Test
  void aKeyThatIsNotKeptIsSaidNotToBeMatched() throws IOException {
    for (DataSet keys :
        List.of(
            DataSet.builder().text(0x00380010, Vr.LO, "CANARY").build(),
            DataSet.builder().text(0x00101060, Vr.PN).build(),
            keys(DataSet.builder(), DataSet.builder().text(0x00400010, Vr.SH, "CANARY")),
            keys(DataSet.builder(), DataSet.builder().text(0x00404001, Vr.CS)))) {
      assertThat(asked(keys).statuses).containsExactly(Status.PENDING_WITHOUT_OPTIONAL_KEYS);
    }
  }

  @Test
  void everyStatusThatAQuestionCanEndWith() throws IOException {
    DataSet all = DataSet.builder().text(Tag.PATIENT_ID, Vr.LO).build();
    Peer scanner = peer("CT1", DeviceVerb.WORKLIST);
    Taking taking = new Taking(Integer.MAX_VALUE);
    assertThat(ask(scanner, 2, WorklistScope::own, all, taking).status().code())
        .as("out of resources")
        .isEqualTo(0xA700);
    assertThat(taking.matches).hasSize(2);
    assertThat(ask(scanner, 100, WorklistScope::own, all, new Taking(1)).status().code())
        .as("cancelled")
        .isEqualTo(0xFE00);
    assertThat(
            ask(peer("CT1", DeviceVerb.STORE), 100, WorklistScope::own, all, taking)
                .status()
                .code())
        .isEqualTo(Status.NOT_AUTHORIZED);
    assertThat(refused(DataSet.builder().text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, "STUDY").build()))
        .as("identifier does not match SOP class")
        .isEqualTo(0xA900);
    assertThat(
            refused(
                keys(
                    DataSet.builder(),
                    DataSet.builder().text(StepField.DATE.tag(), Vr.DA, "CANARY"))))
        .as("unable to process")
        .isEqualTo(0xC000);
    DataSet two =
        DataSet.builder()
            .sequence(WorklistKeys.STEPS, List.of(DataSet.EMPTY, DataSet.EMPTY))
            .build();
    assertThat(refused(two)).isEqualTo(0xC000);
    assertThat(
            refused(DataSet.builder().text(Tag.PATIENT_NAME, Vr.PN, "CANARY".repeat(60)).build()))
        .isEqualTo(0xC000);
  }

  @Test
  void onANetworkThatAnybodyListensToTheSameIsToldWhateverIsAsked() throws IOException {
    List<List<Integer>> told = new ArrayList<>();
    for (DataSet keys :
        List.of(
            DataSet.EMPTY,
            DataSet.builder().text(Tag.PATIENT_NAME, Vr.PN, "X*").build(),
            DataSet.builder().text(0x00101060, Vr.PN, "X").build(),
            keys(
                DataSet.builder(),
                DataSet.builder()
                    .text(StepField.STATION.tag(), Vr.AE, "MR1")
                    .text(StepField.MODALITY.tag(), Vr.CS, "CT")))) {
      Taking taking = new Taking(Integer.MAX_VALUE);
      Peer lane = peer("CT1", DeviceVerb.WORKLIST);
      assertThat(ask(lane, 100, WorklistScope::narrow, keys, taking).status().code()).isZero();
      assertThat(taking.matches)
          .extracting(match -> step(match).string(StepField.TIME.tag()).orElse(""))
          .as("its own, of the days around today")
          .containsExactly("0900");
      assertThat(taking.statuses).containsExactly(Status.PENDING);
      List<Integer> tags = new ArrayList<>();
      taking.matches.getFirst().forEach(each -> tags.add(each.tag()));
      told.add(tags);
    }
    assertThat(Set.copyOf(told)).hasSize(1);
    Taking none = new Taking(Integer.MAX_VALUE);
    DataSet magnetic =
        keys(DataSet.builder(), DataSet.builder().text(StepField.MODALITY.tag(), Vr.CS, "MR"));
    ask(peer("CT1", DeviceVerb.WORKLIST), 100, WorklistScope::narrow, magnetic, none);
    assertThat(none.matches).as("a modality narrows it").isEmpty();
  }

  private static RequestedAssociation associate(String title) throws IOException {
    Proposal proposal =
        Proposal.of(Clinic.TITLE, title)
            .context(WorklistScp.SOP_CLASS, List.of(Clinic.EXPLICIT))
            .context(PerformedStepScp.SOP_CLASS, List.of(Clinic.IMPLICIT))
            .build();
    return clinic.associate(title, clinic.server.port(), proposal, Services.none(), title);
  }

  @Test
  void aDeviceThatIsNotEnrolledForItIsOfferedNeither() throws IOException {
    try (RequestedAssociation association = associate("CT2")) {
      assertThat(association.contexts()).isEmpty();
    }
  }

  private static Invocation.Answer request(
      RequestedAssociation association, CommandSet.Builder command, DataSet attributes)
      throws IOException {
    AcceptedContext context = association.contexts(PerformedStepScp.SOP_CLASS).getFirst();
    return association
        .invoke(
            context, command, out -> SmallDataSets.write(attributes, context.transferSyntax(), out))
        .next(Clinic.SOON);
  }

  private static Invocation.Answer create(
      RequestedAssociation association, Uid instance, DataSet attributes) throws IOException {
    return request(
        association,
        Requests.create(PerformedStepScp.SOP_CLASS, Optional.of(instance)),
        attributes);
  }

  private static Invocation.Answer set(
      RequestedAssociation association, Uid instance, DataSet attributes) throws IOException {
    return request(association, Requests.set(PerformedStepScp.SOP_CLASS, instance), attributes);
  }

  private static DataSet.Builder begun() {
    return DataSet.builder()
        .text(Tag.MODALITY, Vr.CS, "CT")
        .text(Tag.PATIENT_ID, Vr.LO, "CANARY-0930")
        .text(0x00400241, Vr.AE, "CT1")
        .text(Tag.PERFORMED_PROCEDURE_STEP_START_DATE, Vr.DA, "20240229")
        .text(Tag.PERFORMED_PROCEDURE_STEP_START_TIME, Vr.TM, "0931")
        .text(0x00400252, Vr.CS, "IN PROGRESS")
        .text(0x00400253, Vr.SH, "PPS-1")
        .sequence(
            0x00400270,
            List.of(
                DataSet.builder()
                    .uid(Tag.STUDY_INSTANCE_UID, STUDY)
                    .text(StepField.STEP_ID.tag(), Vr.SH, "S0930")
                    .build()));
  }

  private static DataSet.Builder ended() {
    return DataSet.builder()
        .text(0x00400250, Vr.DA, "20240229")
        .text(0x00400251, Vr.TM, "0945")
        .text(0x00400252, Vr.CS, "DISCONTINUED")
        .sequence(
            0x00400340,
            List.of(
                DataSet.builder()
                    .text(0x00181030, Vr.LO, "Head")
                    .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "2.25.7.1")
                    .build()));
  }

  private static void wrong(Invocation.Answer answer, int status, Integer... tags) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.command().tags(CommandTag.ATTRIBUTE_IDENTIFIER_LIST)).containsExactly(tags);
    assertThat(answer.command().text(CommandTag.ERROR_COMMENT).orElse(""))
        .isNotEmpty()
        .doesNotContain("CANARY");
  }

  @Test
  void aScannerSaysHowItGoesAndWhatIsPlannedFollows() throws IOException {
    Uid instance = new Uid("2.25.600");
    try (RequestedAssociation scanner = associate("CT3")) {
      assertThat(create(scanner, instance, begun().build()).status()).isZero();
      assertThat(statuses(scanner)).contains("STARTED");
      wrong(create(scanner, instance, begun().build()), 0x0111);
      wrong(set(scanner, new Uid("2.25.601"), ended().build()), 0x0112);
      wrong(
          set(scanner, instance, DataSet.builder().text(Tag.PATIENT_ID, Vr.LO, "X").build()),
          0x0105,
          Tag.PATIENT_ID);
      wrong(
          set(scanner, instance, DataSet.builder().text(0x00400252, Vr.CS, "COMPLETED").build()),
          0x0120,
          0x00400250,
          0x00400251,
          0x00400340);
      assertThat(set(scanner, instance, ended().build()).status()).isZero();
      assertThat(statuses(scanner)).doesNotContain("STARTED");
      Invocation.Answer late = set(scanner, instance, ended().build());
      wrong(late, 0x0110);
      assertThat(late.command().us(CommandTag.ERROR_ID)).hasValue(0xA710);
      assertThat(late.command().text(CommandTag.ERROR_COMMENT))
          .contains("Performed Procedure Step Object may no longer be updated");
    }
  }

  private static List<String> statuses(RequestedAssociation scanner) throws IOException {
    DataSet keys = keys(DataSet.builder(), DataSet.builder().text(0x00400020, Vr.CS));
    QueryScu query = QueryScu.ask(scanner, WorklistScp.SOP_CLASS, keys, Clinic.SOON);
    List<String> all = new ArrayList<>();
    for (Optional<DataSet> next = query.next(); next.isPresent(); next = query.next()) {
      all.add(step(next.get()).string(0x00400020).orElse(""));
    }
    assertThat(query.status()).isZero();
    return all;
  }

  @Test
  void whatIsBegunWronglyIsRefusedWithItsStatusAndAttributes() throws IOException {
    Uid instance = new Uid("2.25.700");
    try (RequestedAssociation scanner = associate("CT3")) {
      wrong(
          create(scanner, instance, DataSet.builder().text(Tag.MODALITY, Vr.CS, "CT").build()),
          0x0120,
          0x00400241,
          0x00400244,
          0x00400245,
          0x00400252,
          0x00400253,
          0x00400270);
      DataSet.Builder empty = DataSet.builder().text(Tag.MODALITY, Vr.CS);
      begun().build().forEach(empty::add);
      wrong(create(scanner, instance, empty.build()), 0x0121, Tag.MODALITY);
      DataSet.Builder done = DataSet.builder().text(0x00400252, Vr.CS, "COMPLETED");
      begun().build().forEach(done::add);
      wrong(create(scanner, instance, done.build()), 0x0106, 0x00400252);
      Invocation.Answer made =
          request(
              scanner,
              Requests.create(PerformedStepScp.SOP_CLASS, Optional.empty()),
              begun().build());
      assertThat(made.status()).isZero();
      assertThat(made.command().uid(CommandTag.AFFECTED_SOP_INSTANCE_UID).orElseThrow().value())
          .startsWith("2.25.");
      Invocation.Answer unnamed =
          request(
              scanner,
              Requests.create(PerformedStepScp.SOP_CLASS, Optional.empty())
                  .lo(CommandTag.AFFECTED_SOP_INSTANCE_UID, "no UID"),
              begun().build());
      wrong(unnamed, Status.INVALID_SOP_INSTANCE);
      byte[] comment = new byte[1 << 20];
      java.util.Arrays.fill(comment, (byte) 'x');
      DataSet.Builder large = begun();
      for (int tag = 0x00091010; tag < 0x00091014; tag++) {
        large.add(new leadglass.dicom.data.Element.Value(tag, Vr.LT, comment));
      }
      wrong(create(scanner, new Uid("2.25.701"), large.build()), 0x0213);
    }
    Outcome mayNot =
        new PerformedStepScp()
            .perform(
                peer("CT1", DeviceVerb.STORE),
                new OperationScp.Request(
                    CommandField.N_CREATE_RQ,
                    CommandSet.builder().build(),
                    PerformedStepScp.SOP_CLASS,
                    new AcceptedContext(
                        1, PerformedStepScp.SOP_CLASS, Clinic.EXPLICIT, true, false),
                    Optional.of(begun().build())),
                new Taking(1));
    assertThat(mayNot.status().code()).isEqualTo(Status.NOT_AUTHORIZED);
  }
}
