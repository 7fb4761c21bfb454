package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import leadglass.archive.Caller;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Origin;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RetrieveScu;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.DataSetSource;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every status that C-STORE, queries, retrieval and storage commitment can be answered with (PS3.4
/// Annexes B, C and J, PS3.7 Annex C), each brought about. Worklist and performed procedure steps
/// have tests of their own.
@SuppressWarnings("NullAway.Init")
class StatusesTest {
  /// Where statuses are named; a class of more of them belongs here.
  static final List<Class<?>> NAMING =
      List.of(
          Status.class,
          RetrieveStatus.class,
          QueryScp.class,
          Identifier.class,
          CommitmentScp.class);

  private static final Uid FIND = QueryModel.STUDY_ROOT.find();
  private static final List<Uid> PLAIN = List.of(Clinic.EXPLICIT);

  @TempDir private static Path folder;
  private static Clinic clinic;

  /// Brings one about.
  @FunctionalInterface
  private interface Provoking {
    int status() throws Exception;
  }

  private record Provoked(String service, int code, Provoking how) {}

  private final List<Provoked> all = new ArrayList<>();

  StatusesTest() {
    storing();
    finding();
    retrieving();
    committing();
  }

  @BeforeAll
  static void open() throws IOException {
    clinic = new Clinic(Files.createDirectory(folder.resolve("clinic")));
    clinic.enrol("CT1", Set.of(DeviceVerb.STORE, DeviceVerb.FIND), 0);
    clinic.reader("READ1");
    clinic.fill(1, 1, 2);
    clinic.compress(2, 1, 1);
    clinic.fill(3, 1, 1);
    clinic.compress(3, 1, 2);
    clinic.fill(4, 1, 60);
  }

  @AfterAll
  static void close() throws IOException {
    clinic.close();
  }

  @Test
  void everyStatusThatIsNamedHasOneWhoBringsItAbout() {
    Set<Integer> named = new TreeSet<>();
    for (Class<?> each : NAMING) {
      named.addAll(NamedStatuses.of(each).keySet());
    }
    for (StoreOutcome.Reason reason : StoreOutcome.Reason.values()) {
      named.add(StorageStatus.of(new StoreOutcome.Refused(reason, "why")).code());
    }
    Set<Integer> provoked = new TreeSet<>();
    all.forEach(each -> provoked.add(each.code()));

    assertThat(provoked).isEqualTo(named);
  }

  @TestFactory
  Stream<DynamicTest> eachIsAnswered() {
    return all.stream()
        .map(each ->
            dynamicTest(
                "%s %04XH".formatted(each.service(), each.code()),
                () -> assertThat(each.how().status()).isEqualTo(each.code())));
  }

  private void on(String service, int code, Provoking how) {
    all.add(new Provoked(service, code, how));
  }

  // C-STORE, and what is true of every service

  private void storing() {
    on("C-STORE", 0x0000, () -> store(image(50, 1), Clinic.instance(50, 1, 1)));
    on("C-STORE", 0xC101, () -> store(another(1), Clinic.instance(1, 1, 1)));
    on("C-STORE", 0xA900, () -> store(image(51, 1), new Uid("2.25.999")));
    on("C-STORE", 0xC000, () -> store(new byte[] {1, 2, 3}, new Uid("2.25.998")));
    on("C-STORE", 0x0124, StatusesTest::storeInTheOtherRole);
    // What a full or failing disk comes to; that it does is with the store's own tests.
    StoreOutcome full = new StoreOutcome.Refused(StoreOutcome.Reason.OUT_OF_RESOURCES, "why");
    on("C-STORE", 0xA700, () -> StorageStatus.of(full).code());
    on(
        "C-STORE",
        0x0117,
        () -> ask("CT1", Clinic.CT, storing(Clinic.CT, "1.2.three"), bytes(new byte[4])));
    on(
        "C-STORE",
        0x0122,
        () -> ask("CT1", Clinic.CT, storing(Clinic.MR, "1.2"), bytes(new byte[4])));
    on("C-STORE", 0x0212, () -> ask("CT1", Clinic.CT, storing(Clinic.CT, "1.2"), null));
    on(
        "N-GET of a storage class",
        0x0211,
        () -> ask("CT1", Clinic.CT, Requests.get(Clinic.CT, new Uid("1.2"), List.of()), null));
  }

  private static byte[] image(int study, int number) throws IOException {
    return Clinic.encoded(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, study, 1, number);
  }

  /// Another one with the UID of the first of study 1.
  private static byte[] another(int study) throws IOException {
    byte[] other = image(study, 1);
    other[other.length - 1]++;
    return other;
  }

  private static CommandSet.Builder storing(Uid sopClass, String instance) {
    return Requests.store(sopClass, new Uid("1.2"), Optional.empty())
        .lo(CommandTag.AFFECTED_SOP_INSTANCE_UID, instance);
  }

  private static DataSetSource bytes(byte[] dataSet) {
    return out -> out.write(dataSet);
  }

  private static int store(byte[] dataSet, Uid instance) throws IOException {
    return ask(
        "CT1", Clinic.CT, Requests.store(Clinic.CT, instance, Optional.empty()), bytes(dataSet));
  }

  private static int storeInTheOtherRole() throws IOException {
    Proposal proposal =
        Proposal.of(Clinic.TITLE, "READ1")
            .context(Clinic.CT, PLAIN)
            .role(Clinic.CT, false, true)
            .build();
    try (RequestedAssociation association =
        clinic.associate("READ1", clinic.server.port(), proposal, Services.none(), "peer")) {
      AcceptedContext context = association.contexts(Clinic.CT).getFirst();
      return association
          .invoke(
              context,
              Requests.store(Clinic.CT, new Uid("1.2"), Optional.empty()),
              bytes(new byte[4]))
          .next(Clinic.SOON)
          .status();
    }
  }

  /// The last status of one request on an association of its own.
  private static int ask(
      String title,
      Uid sopClass,
      CommandSet.Builder command,
      @org.jspecify.annotations.Nullable DataSetSource dataSet)
      throws IOException {
    Proposal proposal = Proposal.of(Clinic.TITLE, title).context(sopClass, PLAIN).build();
    try (RequestedAssociation association =
        clinic.associate(title, clinic.server.port(), proposal, Services.none(), "peer")) {
      AcceptedContext context = association.contexts(sopClass).getFirst();
      var invocation = association.invoke(context, command, dataSet);
      var answer = invocation.next(Clinic.SOON);
      while (answer.pending()) {
        answer = invocation.next(Clinic.SOON);
      }
      return answer.status();
    }
  }

  private static DataSetSource keys(DataSet keys) {
    return out -> SmallDataSets.write(keys, Clinic.EXPLICIT, out);
  }

  // C-FIND

  private void finding() {
    DataSet sound = level("STUDY").text(Tag.PATIENT_ID, Vr.LO, "ID1").build();
    on("C-FIND", 0x0000, () -> ask("CT1", FIND, Requests.find(FIND), keys(sound)));
    on("C-FIND", 0xFF00, () -> first(sound));
    on(
        "C-FIND",
        0xFF01,
        () ->
            first(
                level("STUDY")
                    .text(Tag.PATIENT_ID, Vr.LO, "ID1")
                    .text(0x00091001, Vr.LO, "private")
                    .build()));
    on("C-FIND", 0xA900, () -> ask("CT1", FIND, Requests.find(FIND), keys(DataSet.EMPTY)));
    DataSet malformed = level("STUDY").text(Tag.STUDY_DATE, Vr.DA, "yesterday").build();
    on("C-FIND", 0xC000, () -> ask("CT1", FIND, Requests.find(FIND), keys(malformed)));
    on("C-FIND", 0x0124, () -> alone(FindLimits.USUAL, Set.of(DeviceVerb.STORE)));
    on("C-FIND", 0xA700, () -> alone(new FindLimits(1, 1), Set.of(DeviceVerb.FIND)));
    on("C-FIND", 0x0210, () -> twice().getFirst());
    on("C-FIND", 0xFE00, () -> twice().getLast());
    on(
        "C-FIND of another class",
        0x0122,
        () -> ask("CT1", FIND, Requests.find(Clinic.CT), keys(sound)));
  }

  private static DataSet.Builder level(String level) {
    return DataSet.builder().text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, level);
  }

  private static int first(DataSet identifier) throws IOException {
    Proposal proposal = Proposal.of(Clinic.TITLE, "CT1").context(FIND, PLAIN).build();
    try (RequestedAssociation association =
        clinic.associate("CT1", clinic.server.port(), proposal, Services.none(), "peer")) {
      return association
          .invoke(association.contexts(FIND).getFirst(), Requests.find(FIND), keys(identifier))
          .next(Clinic.SOON)
          .status();
    }
  }

  /// Of two studies.
  private static int alone(FindLimits limits, Set<DeviceVerb> may) throws IOException {
    try (Finding finding =
        new Finding(Files.createTempDirectory(folder, "finding"), limits, 100, may)) {
      finding.store(Clinic.image(Finding.CT, 1, 1, 1).build());
      finding.store(Clinic.image(Finding.CT, 2, 1, 1).build());
      DataSet all = level("STUDY").text(Tag.STUDY_INSTANCE_UID, Vr.UI).build();
      return finding.find(QueryModel.STUDY_ROOT, "", all).status();
    }
  }

  /// Statuses of a second request with the first one's message ID, and of the first once it is
  /// cancelled.
  private static List<Integer> twice() throws IOException {
    try (Finding finding =
            new Finding(
                Files.createTempDirectory(folder, "finding"),
                FindLimits.USUAL,
                100,
                Set.of(DeviceVerb.FIND),
                scp ->
                    (peer, request, operation) ->
                        scp.perform(peer, request, new WaitingOperation(operation)));
        RawScu scu =
            RawScu.to(finding.port())
                .propose(FIND.value(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
                .open()) {
      finding.store(Clinic.image(Finding.CT, 1, 1, 1).build());
      byte[] command =
          RawPdu.command(0x0002, FIND.value(), 0x0100, 0x20, 0x0110, 7, 0x0700, 0, 0x0800, 1);
      java.io.ByteArrayOutputStream find = new java.io.ByteArrayOutputStream();
      RawPdu.fragments(find, 1, true, command, 4096);
      java.io.ByteArrayOutputStream identifier = new java.io.ByteArrayOutputStream();
      SmallDataSets.write(
          level("STUDY").text(Tag.STUDY_INSTANCE_UID, Vr.UI).build(), Clinic.EXPLICIT, identifier);
      RawPdu.fragments(find, 1, false, identifier.toByteArray(), 4096);
      scu.send(find.toByteArray());
      assertThat(scu.reply().status()).isEqualTo(Status.PENDING);
      assertThat(scu.receive().type()).as("the match").isEqualTo(RawPdu.P_DATA_TF);
      scu.send(find.toByteArray());
      int second = scu.reply().status();
      java.io.ByteArrayOutputStream cancel = new java.io.ByteArrayOutputStream();
      RawPdu.fragments(
          cancel, 1, true, RawPdu.command(0x0100, 0x0FFF, 0x0120, 7, 0x0800, 0x0101), 4096);
      scu.send(cancel.toByteArray());
      return List.of(second, scu.reply().status());
    }
  }

  // C-GET, C-MOVE

  private void retrieving() {
    on("C-GET", 0x0000, () -> get(1));
    on("C-GET", 0xA702, () -> get(2));
    on("C-GET", 0xB000, () -> get(3));
    on(
        "C-GET",
        0xA900,
        () -> new Pulled().get(clinic, Pulled.keys("SERIES", Clinic.study(1))).status());
    on("C-GET", 0xFF00, StatusesTest::pending);
    on("C-GET", 0xFE00, StatusesTest::cancelled);
    on("C-GET", 0xA701, StatusesTest::tooMany);
    on("C-MOVE", 0xA801, StatusesTest::nowhere);
    Uid get = RetrieveModel.STUDY_ROOT.get();
    on(
        "C-GET of what is no data set",
        0xC000,
        () -> ask("READ1", get, Requests.get(get), bytes(new byte[] {1, 2, 3})));
  }

  private static int get(int study) throws IOException {
    return new Pulled().get(clinic, Pulled.keys("STUDY", Clinic.study(study))).status();
  }

  private static int pending() throws IOException {
    Pulled pulled = new Pulled();
    pulled.get(clinic, Pulled.keys("STUDY", Clinic.study(4)));
    assertThat(pulled.told).as("counts of pending responses").isNotEmpty();
    return Status.PENDING;
  }

  private static int cancelled() throws IOException {
    return new Pulled(_ -> Status.success(), _ -> false)
        .get(clinic, Pulled.keys("STUDY", Clinic.study(4)))
        .status();
  }

  private static Peer peer(DeviceVerb may) {
    return new Peer(
        clinic.archive,
        new Caller.Device(
            "READ1", Set.of(may), Optional.empty(), new Origin(Origin.Door.DIMSE, "127.0.0.1")),
        Clinic.TITLE);
  }

  private static int tooMany() throws IOException {
    Retrieval.Found found =
        new Retrieval(RetrieveModel.STUDY_ROOT, 1)
            .open(
                peer(DeviceVerb.RETRIEVE),
                Optional.of(Pulled.keys("STUDY", Clinic.study(1))),
                Optional.empty());
    return found instanceof Retrieval.Found.Refused(Outcome outcome) ? outcome.status().code() : 0;
  }

  private static int nowhere() throws IOException {
    Uid move = RetrieveModel.STUDY_ROOT.move();
    Proposal proposal = Proposal.of(Clinic.TITLE, "READ1").context(move, PLAIN).build();
    try (RequestedAssociation association =
        clinic.associate("READ1", clinic.server.port(), proposal, Services.none(), "peer")) {
      return RetrieveScu.move(
              association,
              move,
              "NOBODY",
              Pulled.keys("STUDY", Clinic.study(1)),
              Clinic.SOON,
              _ -> true)
          .status();
    }
  }

  // Storage commitment

  private void committing() {
    DataSet sound = request("2.25.70", reference(Clinic.instance(1, 1, 1)));
    on("N-ACTION", 0x0000, () -> commit(action(1), keys(sound)));
    on(
        "N-ACTION",
        0x0112,
        () -> commit(Requests.action(CommitmentScp.SOP_CLASS, new Uid("2.25.5"), 1), keys(sound)));
    on("N-ACTION", 0x0123, () -> commit(action(2), keys(sound)));
    on("N-ACTION", 0x0115, () -> commit(action(1), keys(DataSet.EMPTY)));
    on("N-ACTION", 0x0213, () -> commit(action(1), keys(request("2.25.71"))));
    on("N-ACTION", 0x0110, () -> commit(action(1), bytes(new byte[] {1, 2, 3})));
    on("N-ACTION", 0x0131, StatusesTest::askedTwice);
    on(
        "N-ACTION of who may not store",
        0x0124,
        () ->
            switch (clinic
                .archive
                .commitments()
                .ask(peer(DeviceVerb.RETRIEVE).device(), new Uid("2.25.73"), List.of())) {
              case NOT_AUTHORIZED -> Status.NOT_AUTHORIZED;
              case TAKEN, DUPLICATE_TRANSACTION_UID, RESOURCE_LIMITATION -> 0;
            });
  }

  private static CommandSet.Builder action(int type) {
    return Requests.action(CommitmentScp.SOP_CLASS, CommitmentScp.SOP_INSTANCE, type);
  }

  private static int commit(CommandSet.Builder command, DataSetSource dataSet) throws IOException {
    return ask("CT1", CommitmentScp.SOP_CLASS, command, dataSet);
  }

  private static DataSet request(String transaction, DataSet... references) {
    return DataSet.builder()
        .uid(CommitmentScp.TRANSACTION_UID, new Uid(transaction))
        .sequence(CommitmentScp.REFERENCED_SOP_SEQUENCE, List.of(references))
        .build();
  }

  private static DataSet reference(Uid instance) {
    return DataSet.builder()
        .uid(CommitmentScp.REFERENCED_SOP_CLASS_UID, Clinic.CT)
        .uid(CommitmentScp.REFERENCED_SOP_INSTANCE_UID, instance)
        .build();
  }

  /// The second time while the report of the first has not been taken.
  private static int askedTwice() throws Exception {
    CountDownLatch reported = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Services<String> slow =
        Services.<String>builder()
            .operations(
                CommitmentScp.SOP_CLASS,
                Set.of(CommandField.N_EVENT_REPORT_RQ),
                (_, _, _) -> {
                  reported.countDown();
                  await(asked);
                  return Outcome.of(Status.success());
                })
            .build();
    Proposal proposal =
        Proposal.of(Clinic.TITLE, "CT1").context(CommitmentScp.SOP_CLASS, PLAIN).build();
    DataSet request = request("2.25.72", reference(Clinic.instance(1, 1, 1)));
    try (RequestedAssociation association =
        clinic.associate("CT1", clinic.server.port(), proposal, slow, "peer")) {
      AcceptedContext context = association.contexts(CommitmentScp.SOP_CLASS).getFirst();
      assertThat(association.invoke(context, action(1), keys(request)).next(Clinic.SOON).status())
          .isZero();
      await(reported);
      int second = association.invoke(context, action(1), keys(request)).next(Clinic.SOON).status();
      asked.countDown();
      return second;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
