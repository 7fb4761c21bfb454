package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.NetEvent.AssociationClosed;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.DataSetSource;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invocation.Answer;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.net.dimse.SubOperations;
import leadglass.net.ul.Rejection;
import org.junit.jupiter.api.Test;

/// Our requestor with our acceptor: what one end asks, the other answers, in both directions.
class RequestorTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Uid FIND = new Uid("1.2.840.10008.5.1.4.1.2.2.1");
  private static final Uid GET = new Uid("1.2.840.10008.5.1.4.1.2.2.3");
  private static final Uid COMMITMENT = new Uid("1.2.840.10008.1.20.1");
  private static final List<Uid> EXPLICIT = List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid());
  private static final DataSet KEYS =
      DataSet.builder().text(Tag.PATIENT_ID, Vr.LO, "SYN-1").build();

  private final AtomicInteger findings = new AtomicInteger();
  private final ConcurrentLinkedQueue<Integer> stored = new ConcurrentLinkedQueue<>();

  @Test
  void anEchoIsAnsweredAndTheReleaseToo() throws Exception {
    try (RunningAcceptor server = server()) {
      try (RequestedAssociation association = open(server, proposal())) {
        assertThat(association.echo(SOON)).isZero();
        assertThat(association.echo(SOON)).isZero();
      }
      assertThat(server.await(AssociationClosed.class).ending()).isEqualTo(Ending.RELEASED);
    }
  }

  @Test
  void aDataSetOfManyPdusArrivesAsItWasWritten() throws Exception {
    byte[] large = new byte[300_001];
    new Random(5).nextBytes(large);
    ByteArrayOutputStream came = new ByteArrayOutputStream();
    try (RunningAcceptor server =
            RunningAcceptor.plain(
                (_, _, dataSet) -> {
                  dataSet.transferTo(came);
                  return Status.success();
                },
                RunningAcceptor.patient());
        RequestedAssociation association = open(server, proposal())) {
      Invocation store = store(association, new Uid("2.25.1"), large);

      assertThat(store.next(SOON).status()).isZero();
      assertThat(came.toByteArray()).isEqualTo(large);
    }
  }

  @Test
  void everyMatchOfAQueryArrives() throws Exception {
    findings.set(1000);
    try (RunningAcceptor server = server();
        RequestedAssociation association = open(server, proposal())) {
      Invocation find = find(association);

      for (int i = 0; i < 1000; i++) {
        Answer answer = find.next(SOON);
        assertThat(answer.status()).isEqualTo(Status.PENDING);
        assertThat(answer.dataSet().orElseThrow().string(Tag.PATIENT_ID)).contains("SYN-1");
      }
      assertThat(find.next(SOON).status()).isZero();
      assertThat(association.echo(SOON)).as("in step").isZero();
    }
  }

  @Test
  void aQueryIsAnsweredMatchByMatchAndThenSaysHowItEnded() throws Exception {
    findings.set(3);
    try (RunningAcceptor server = server();
        RequestedAssociation association = open(server, proposal())) {
      QueryScu query = QueryScu.ask(association, FIND, KEYS, SOON);

      assertThatThrownBy(query::status).isInstanceOf(IllegalStateException.class);
      for (int i = 0; i < 3; i++) {
        assertThat(query.next().flatMap(match -> match.string(Tag.PATIENT_ID))).contains("SYN-1");
      }
      assertThat(query.next()).isEmpty();
      assertThat(query.next()).as("still").isEmpty();
      assertThat(query.status()).isZero();
      assertThat(query.comment()).isEmpty();
      assertThat(query.allMatched()).isTrue();
      assertThatThrownBy(() -> QueryScu.ask(association, COMMITMENT, KEYS, SOON))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aQueryThatIsCancelledEndsWithFE00AndTheAssociationGoesOn() throws Exception {
    findings.set(Integer.MAX_VALUE);
    try (RunningAcceptor server = server();
        RequestedAssociation association = open(server, proposal())) {
      Invocation find = find(association);
      find.next(SOON);
      find.cancel();

      Answer answer;
      do {
        answer = find.next(SOON);
      } while (answer.pending());
      assertThat(answer.status()).isEqualTo(Status.CANCEL);
      assertThat(association.echo(SOON)).isZero();
    }
  }

  @Test
  void whatIsFetchedComesOverTheSameAssociationSeveralAtATime() throws Exception {
    int window = 8;
    Services<String> taking =
        Services.<String>builder()
            .store(
                RunningAcceptor.CT,
                (_, _, dataSet) -> {
                  int length = dataSet.readAllBytes().length;
                  return () -> {
                    stored.add(length);
                    return Status.success();
                  };
                })
            .build();
    Proposal proposal =
        Proposal.of("ARCHIVE", "SCU")
            .context(GET, EXPLICIT)
            .context(RunningAcceptor.CT, EXPLICIT)
            .role(RunningAcceptor.CT, false, true)
            .window(1, window)
            .build();
    try (RunningAcceptor server = server();
        RequestedAssociation association = open(server, proposal, taking)) {
      AcceptedContext context = association.contexts(GET).getFirst();
      Invocation get = association.invoke(context, Requests.get(GET), keys(context));

      List<Integer> completed = new ArrayList<>();
      Answer answer = get.next(SOON);
      while (answer.pending()) {
        completed.add(SubOperations.of(answer.command()).completed());
        answer = get.next(SOON);
      }

      assertThat(answer.status()).isZero();
      assertThat(SubOperations.of(answer.command())).isEqualTo(new SubOperations(0, 50, 0, 0));
      assertThat(completed).isSorted();
      assertThat(stored).hasSize(50).allMatch(length -> length == 1000);
    }
  }

  @Test
  void anOperationThatCanNotBePerformedIs0110AndTheAssociationGoesOn() throws Exception {
    Services<String> failing =
        Services.<String>builder()
            .echo(_ -> Status.success())
            .operations(
                FIND,
                Set.of(CommandField.C_FIND_RQ),
                (_, _, _) -> {
                  throw new IOException("a disk");
                })
            .build();
    try (RunningAcceptor server =
            new RunningAcceptor(
                _ -> true,
                RunningAcceptor.PLAIN,
                RunningAcceptor::everyone,
                failing,
                RunningAcceptor.patient());
        RequestedAssociation association = open(server, proposal())) {
      Answer answer = find(association).next(SOON);

      assertThat(answer.status()).isEqualTo(0x0110);
      assertThat(answer.command().text(CommandTag.ERROR_COMMENT)).contains("the operation failed");
      assertThat(association.echo(SOON)).isZero();
    }
  }

  @Test
  void aRoleThatWasNotNegotiatedIsNotPlayed() throws Exception {
    Proposal proposal =
        Proposal.of("ARCHIVE", "SCU")
            .context(RunningAcceptor.CT, EXPLICIT)
            .role(RunningAcceptor.CT, false, true)
            .build();
    try (RunningAcceptor server = server();
        RequestedAssociation association = open(server, proposal)) {
      assertThat(store(association, new Uid("2.25.1"), new byte[10]).next(SOON).status())
          .isEqualTo(Status.NOT_AUTHORIZED);
    }
  }

  @Test
  void anEventIsReportedToWhoeverAskedForTheAction() throws Exception {
    CountDownLatch reported = new CountDownLatch(1);
    Services<String> listening =
        Services.<String>builder()
            .operations(
                COMMITMENT,
                Set.of(CommandField.N_EVENT_REPORT_RQ),
                (_, request, _) -> {
                  assertThat(request.dataSet()).isPresent();
                  reported.countDown();
                  return Outcome.of(Status.success());
                })
            .build();
    Proposal proposal = Proposal.of("ARCHIVE", "SCU").context(COMMITMENT, EXPLICIT).build();
    try (RunningAcceptor server = server();
        RequestedAssociation association = open(server, proposal, listening)) {
      AcceptedContext context = association.contexts(COMMITMENT).getFirst();
      Answer answer =
          association
              .invoke(
                  context,
                  Requests.action(COMMITMENT, new Uid("1.2.840.10008.1.20.1.1"), 1),
                  keys(context))
              .next(SOON);

      assertThat(answer.status()).isZero();
      assertThat(reported.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aRejectionSaysWhy() throws Exception {
    try (RunningAcceptor server =
        new RunningAcceptor(
            RunningAcceptor.PLAIN,
            _ -> new Admission.Refused<>(Rejection.CALLED_AE_TITLE_NOT_RECOGNIZED),
            (_, _, _) -> Status.success(),
            RunningAcceptor.patient())) {
      assertThatThrownBy(() -> open(server, proposal()))
          .isInstanceOfSatisfying(
              AssociationRejected.class,
              e -> assertThat(e.rejection()).isEqualTo(Rejection.CALLED_AE_TITLE_NOT_RECOGNIZED));
    }
  }

  @Test
  void aPeerThatAnswersNothingIsGivenUp() throws Exception {
    Semaphore never = new Semaphore(0);
    try (RunningAcceptor server =
            RunningAcceptor.plain(
                (_, _, _) -> {
                  never.acquireUninterruptibly();
                  return Status.success();
                },
                RunningAcceptor.patient());
        RequestedAssociation association = open(server, proposal())) {
      Invocation store = store(association, new Uid("2.25.1"), new byte[10]);
      assertThatThrownBy(() -> store.next(Duration.ofMillis(50))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> association.echo(SOON)).isInstanceOf(IOException.class);
      never.release();
    }
  }

  @Test
  void aDataSetThatCannotBeReadCostsTheRequestOrElseTheAssociation() throws Exception {
    try (RunningAcceptor server = server();
        RequestedAssociation association = open(server, proposal())) {
      AcceptedContext context = association.contexts(RunningAcceptor.CT).getFirst();
      assertThatThrownBy(() ->
              association.invoke(
                  context,
                  Requests.store(RunningAcceptor.CT, new Uid("2.25.1"), Optional.empty()),
                  out -> {
                    out.write(new byte[10]);
                    throw new IOException("unreadable");
                  }))
          .hasMessage("unreadable");
      assertThat(association.echo(SOON)).as("nothing had gone out").isZero();

      assertThatThrownBy(() ->
              association.invoke(
                  context,
                  Requests.store(RunningAcceptor.CT, new Uid("2.25.1"), Optional.empty()),
                  out -> {
                    out.write(new byte[1_000_000]);
                    throw new IOException("unreadable");
                  }))
          .hasMessage("unreadable");
      assertThatThrownBy(() -> association.echo(SOON)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void twoReleasesThatCrossAreBothAnswered() throws Exception {
    // The acceptor releases after a short silence, the requestor at about the same time.
    for (int i = 0; i < 20; i++) {
      Duration idle = Duration.ofMillis(20);
      try (RunningAcceptor server =
          RunningAcceptor.plain(
              (_, _, _) -> Status.success(), RunningAcceptor.settings(SOON, idle))) {
        RequestedAssociation association = open(server, proposal());
        try (association) {
          association.await(idle);
        }
        assertThat(association.ending()).isEqualTo(Ending.RELEASED);
        assertThat(server.await(AssociationClosed.class).ending())
            .isIn(Ending.RELEASED, Ending.TIMED_OUT);
      }
    }
  }

  private static Proposal proposal() {
    return Proposal.of("ARCHIVE", "SCU")
        .context(Services.VERIFICATION, EXPLICIT)
        .context(FIND, EXPLICIT)
        .context(RunningAcceptor.CT, EXPLICIT)
        .build();
  }

  private RunningAcceptor server() {
    Services<String> services =
        Services.<String>builder()
            .echo(_ -> Status.success())
            .store(
                RunningAcceptor.CT,
                (_, _, dataSet) -> {
                  stored.add(dataSet.readAllBytes().length);
                  return StoreScp.Taken.at(Status.success());
                })
            .operations(FIND, Set.of(CommandField.C_FIND_RQ), this::find)
            .operations(GET, Set.of(CommandField.C_GET_RQ), RequestorTest::get)
            .operations(COMMITMENT, Set.of(CommandField.N_ACTION_RQ), RequestorTest::commit)
            .build();
    ContextPolicy both =
        new ContextPolicy() {
          @Override
          public Verdict decide(Uid abstractSyntax) {
            return RunningAcceptor.everything(abstractSyntax);
          }

          @Override
          public Roles roles(Uid abstractSyntax, Roles proposed) {
            return proposed;
          }
        };
    return new RunningAcceptor(
        _ -> true,
        RunningAcceptor.PLAIN,
        _ -> new Admission.Admitted<>("peer", "enrolled", both),
        services,
        RunningAcceptor.patient());
  }

  private Outcome find(String peer, OperationScp.Request request, Operation operation)
      throws IOException {
    for (int i = 0; i < findings.get(); i++) {
      if (!operation.pending(Status.PENDING, request.dataSet().orElseThrow())) {
        return Outcome.of(Status.CANCEL, "");
      }
    }
    return Outcome.of(Status.success());
  }

  private static Outcome get(String peer, OperationScp.Request request, Operation operation)
      throws IOException {
    Invoker invoker = operation.invoker();
    AcceptedContext context = invoker.contexts(RunningAcceptor.CT).getFirst();
    assertThat(context.requestorScp()).isTrue();
    Deque<Invocation> open = new ArrayDeque<>();
    int completed = 0;
    for (int i = 0; i < 50; i++) {
      open.add(
          invoker.invoke(
              context,
              Requests.store(
                  RunningAcceptor.CT,
                  new Uid("2.25." + (i + 1)),
                  Optional.of(new Requests.Originator("SCU", 1))),
              out -> out.write(new byte[1000])));
      while (open.size() >= invoker.window() || (i == 49 && !open.isEmpty())) {
        assertThat(open.remove().next(SOON).status()).isZero();
        completed++;
        operation.pending(new SubOperations(50 - completed, completed, 0, 0));
      }
    }
    return Outcome.of(Status.success()).with(new SubOperations(0, completed, 0, 0));
  }

  private static Outcome commit(String peer, OperationScp.Request request, Operation operation)
      throws IOException {
    AcceptedContext context = request.context();
    Answer answer =
        operation
            .invoker()
            .invoke(
                context,
                Requests.eventReport(COMMITMENT, request.sopInstance().orElseThrow(), 1),
                keys(context))
            .next(SOON);
    assertThat(answer.status()).isZero();
    return Outcome.of(Status.success());
  }

  private static DataSetSource keys(AcceptedContext context) {
    return out -> SmallDataSets.write(KEYS, context.transferSyntax(), out);
  }

  private static Invocation find(RequestedAssociation association) throws IOException {
    AcceptedContext context = association.contexts(FIND).getFirst();
    return association.invoke(context, Requests.find(FIND), keys(context));
  }

  private static Invocation store(RequestedAssociation association, Uid instance, byte[] bytes)
      throws IOException {
    return association.invoke(
        association.contexts(RunningAcceptor.CT).getFirst(),
        Requests.store(RunningAcceptor.CT, instance, Optional.empty()),
        out -> out.write(bytes));
  }

  private static RequestedAssociation open(RunningAcceptor server, Proposal proposal)
      throws IOException {
    return open(server, proposal, Services.none());
  }

  private static RequestedAssociation open(
      RunningAcceptor server, Proposal proposal, Services<String> services) throws IOException {
    return RequestedAssociation.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.acceptor.port()),
        RunningAcceptor.PLAIN,
        proposal,
        services,
        "archive",
        RequestorSettings.defaults(new Uid("2.25.8"), "TEST"),
        InstantSource.system(),
        _ -> {});
  }
}
