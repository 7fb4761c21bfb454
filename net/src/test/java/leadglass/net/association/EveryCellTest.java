package leadglass.net.association;

import static leadglass.net.ul.Event.*;
import static leadglass.net.ul.State.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.ul.Action;
import leadglass.net.ul.Event;
import leadglass.net.ul.State;
import leadglass.net.ul.StateTable;
import leadglass.testkit.RawPdu;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every cell of PS3.8 Table 9-10 that a peer, a timer or the local user can bring about, through a
/// running upper layer over a connection: what is sent, what the local user is told, which state
/// follows. `StateTableTest` compares the table itself with the printed one.
class EveryCellTest {
  private static final int UNRECOGNIZED = 1;
  private static final int UNEXPECTED = 2;
  private static final int UNKNOWN_TYPE = 0x08;

  /// Cells that nothing brings about, and why.
  private static final Map<Cell, String> NEVER = new LinkedHashMap<>();

  static {
    String asked =
        "nothing is read while the local user decides: what came is read in the state that follows";
    never(STA_3, asked, EVT_3, EVT_4, EVT_6, EVT_10, EVT_12, EVT_13, EVT_16, EVT_17, EVT_19);
    String opened =
        "the connection is open before there is an upper layer; one that fails is an IOException of"
            + " RequestedAssociation.open, as RequestorTest and MoveScpTest have it";
    never(STA_4, opened, EVT_15, EVT_17);
    String answered =
        "the local user answers a release at once, by the thread that read it, and sends no more";
    for (State each : List.of(STA_8, STA_9, STA_12)) {
      never(
          each, answered, EVT_3, EVT_4, EVT_6, EVT_10, EVT_12, EVT_13, EVT_15, EVT_16, EVT_17,
          EVT_19);
    }
    never(STA_8, answered, EVT_9);
  }

  private record Cell(Event event, State state) {
    Action action() {
      return StateTable.action(event, state).orElseThrow();
    }

    @Override
    public String toString() {
      return event + " in " + state;
    }
  }

  /// How an upper layer comes to be in a state, and waits there.
  @FunctionalInterface
  private interface Way {
    DrivenUpperLayer to(Duration artim) throws Exception;
  }

  private static final Map<State, Way> WAYS =
      Map.of(
          STA_2, EveryCellTest::connected,
          STA_3, EveryCellTest::asked,
          STA_5, EveryCellTest::asking,
          STA_6, EveryCellTest::established,
          STA_7, EveryCellTest::releasing,
          STA_10, EveryCellTest::collided,
          STA_11, EveryCellTest::collidedAsRequestor,
          STA_13, EveryCellTest::released);

  private static void never(State state, String why, Event... events) {
    for (Event event : events) {
      NEVER.put(new Cell(event, state), why);
    }
  }

  private static DrivenUpperLayer connected(Duration artim) throws Exception {
    DrivenUpperLayer driven = DrivenUpperLayer.acceptor(artim);
    driven.awaits(STA_2);
    return driven;
  }

  private static DrivenUpperLayer asked(Duration artim) throws Exception {
    DrivenUpperLayer driven = connected(artim);
    driven.peer.getOutputStream().write(FuzzSeeds.request());
    driven.awaits(STA_3);
    return driven;
  }

  private static DrivenUpperLayer asking(Duration artim) throws Exception {
    DrivenUpperLayer driven = DrivenUpperLayer.requestor(artim);
    assertThat(driven.receive().type()).isEqualTo(RawPdu.ASSOCIATE_RQ);
    driven.awaits(STA_5);
    return driven;
  }

  private static DrivenUpperLayer established(Duration artim) throws Exception {
    DrivenUpperLayer driven = asked(artim);
    driven.answer.complete(DrivenUpperLayer.Answer.ACCEPT);
    assertThat(driven.receive().type()).isEqualTo(RawPdu.ASSOCIATE_AC);
    driven.awaits(STA_6);
    return driven;
  }

  private static DrivenUpperLayer releasing(Duration artim) throws Exception {
    DrivenUpperLayer driven = established(artim);
    driven.layer.release();
    assertThat(driven.receive().type()).isEqualTo(RawPdu.RELEASE_RQ);
    return driven;
  }

  private static DrivenUpperLayer collided(Duration artim) throws Exception {
    DrivenUpperLayer driven = releasing(artim);
    driven.send(RawPdu.RELEASE_RQ, new byte[4]);
    driven.awaits(STA_10);
    return driven;
  }

  private static DrivenUpperLayer collidedAsRequestor(Duration artim) throws Exception {
    DrivenUpperLayer driven = asking(artim);
    driven.peer.getOutputStream().write(FuzzSeeds.answer());
    driven.awaits(STA_6);
    driven.layer.release();
    assertThat(driven.receive().type()).isEqualTo(RawPdu.RELEASE_RQ);
    driven.send(RawPdu.RELEASE_RQ, new byte[4]);
    assertThat(driven.receive().type()).as("AR-9").isEqualTo(RawPdu.RELEASE_RP);
    driven.awaits(STA_11);
    return driven;
  }

  private static DrivenUpperLayer released(Duration artim) throws Exception {
    DrivenUpperLayer driven = established(artim);
    driven.send(RawPdu.RELEASE_RQ, new byte[4]);
    assertThat(driven.receive().type()).isEqualTo(RawPdu.RELEASE_RP);
    driven.awaits(STA_13);
    return driven;
  }

  private static void bring(DrivenUpperLayer driven, Event event) throws IOException {
    switch (event) {
      case EVT_3 -> driven.peer.getOutputStream().write(FuzzSeeds.answer());
      case EVT_4 -> driven.send(RawPdu.ASSOCIATE_RJ, (byte) 0, (byte) 1, (byte) 1, (byte) 1);
      case EVT_6 -> driven.peer.getOutputStream().write(FuzzSeeds.request());
      case EVT_10 ->
          driven.send(
              RawPdu.P_DATA_TF, new byte[] {0, 0, 0, 4, 1, 3, 7, 7}); // two bytes of a command
      case EVT_12 -> driven.send(RawPdu.RELEASE_RQ, new byte[4]);
      case EVT_13 -> driven.send(RawPdu.RELEASE_RP, new byte[4]);
      case EVT_16 -> driven.send(RawPdu.ABORT, new byte[4]);
      case EVT_17 -> driven.peer.shutdownOutput();
      case EVT_19 -> driven.send(UNKNOWN_TYPE, new byte[4]);
      case EVT_15 -> {
        if (driven.layer.state() == STA_3) {
          driven.answer.complete(DrivenUpperLayer.Answer.GIVE_UP);
        } else {
          driven.layer.abort(Ending.STOPPED);
        }
      }
      case EVT_7 -> driven.answer.complete(DrivenUpperLayer.Answer.ACCEPT);
      case EVT_8 -> driven.answer.complete(DrivenUpperLayer.Answer.REJECT);
      case EVT_11 -> driven.layer.release();
      case EVT_9 -> driven.layer.send(new RawPdu(RawPdu.P_DATA_TF, new byte[8]).encode(), 14);
      case EVT_1, EVT_2, EVT_5, EVT_14, EVT_18 ->
          throw new IllegalStateException("comes of itself");
    }
  }

  /// Cells that are brought about by one event in a state that can be waited in.
  private static List<Cell> brought() {
    List<Cell> cells = new ArrayList<>();
    for (State state : WAYS.keySet()) {
      for (Event event : Event.values()) {
        Cell cell = new Cell(event, state);
        boolean ofItself = Set.of(EVT_1, EVT_2, EVT_5, EVT_14, EVT_18).contains(event);
        if (!ofItself && StateTable.action(event, state).isPresent() && !NEVER.containsKey(cell)) {
          cells.add(cell);
        }
      }
    }
    return cells;
  }

  /// Cells passed through on the way to states, or when a timer ends, by tests of their own below.
  private static final Set<Cell> PASSED =
      Set.of(
          new Cell(EVT_1, STA_1),
          new Cell(EVT_2, STA_4),
          new Cell(EVT_5, STA_1),
          new Cell(EVT_14, STA_8),
          new Cell(EVT_14, STA_9),
          new Cell(EVT_14, STA_12),
          new Cell(EVT_18, STA_2),
          new Cell(EVT_18, STA_13));

  @Test
  void everyCellThatIsNotBlankIsBroughtAboutOrSaidToBeNever() {
    List<Cell> all =
        Stream.of(Event.values())
            .flatMap(event -> Stream.of(State.values()).map(state -> new Cell(event, state)))
            .filter(cell -> StateTable.action(cell.event(), cell.state()).isPresent())
            .toList();
    List<Cell> tested = Stream.concat(brought().stream(), PASSED.stream()).toList();

    assertThat(tested).doesNotHaveDuplicates().doesNotContainAnyElementsOf(NEVER.keySet());
    assertThat(Stream.concat(tested.stream(), NEVER.keySet().stream()))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @TestFactory
  Stream<DynamicTest> eventsInStatesDoWhatTheTableSays() {
    return brought().stream()
        .map(cell -> dynamicTest(cell + ": " + cell.action(), () -> check(cell)));
  }

  private static void check(Cell cell) throws Exception {
    try (DrivenUpperLayer driven =
        Optional.ofNullable(WAYS.get(cell.state())).orElseThrow().to(DrivenUpperLayer.LONG)) {
      assertThat(driven.layer.state()).isEqualTo(cell.state());
      bring(driven, cell.event());
      switch (cell.action()) {
        case AA_1 ->
            aborted(
                driven, 0, 0, Set.of(Ending.STOPPED, Ending.SERVICE_FAILED, Ending.PROTOCOL_ERROR));
        case AA_7 -> aborted(driven, 2, reason(cell), Set.of(Ending.RELEASED));
        case AA_8 -> aborted(driven, 2, reason(cell), Set.of(Ending.PROTOCOL_ERROR));
        case AA_2, AA_3, AA_4, AA_5, AR_3, AR_5, AE_4 -> over(driven, cell);
        case AA_6 -> ignored(driven);
        case AE_3, AE_6 -> driven.awaits(cell.action().next());
        case AE_7 -> {
          assertThat(driven.receive().type()).isEqualTo(RawPdu.ASSOCIATE_AC);
          driven.awaits(STA_6);
        }
        case AE_8 -> {
          RawPdu rejection = driven.receive();
          assertThat(rejection.type()).isEqualTo(RawPdu.ASSOCIATE_RJ);
          assertThat(rejection.body()).containsExactly(0, 2, 3, 2);
          driven.awaits(STA_13);
        }
        case DT_1 -> {
          assertThat(driven.receive().type()).isEqualTo(RawPdu.P_DATA_TF);
          assertThat(driven.layer.state()).isEqualTo(STA_6);
        }
        case DT_2 -> {
          assertThat(driven.indicated.take()).isEqualTo(2);
          driven.awaits(STA_6);
        }
        case AR_1 -> {
          assertThat(driven.receive().type()).isEqualTo(RawPdu.RELEASE_RQ);
          assertThat(driven.layer.state()).isEqualTo(STA_7);
        }
        case AR_2 -> {
          assertThat(driven.receive().type()).as("AR-4 follows").isEqualTo(RawPdu.RELEASE_RP);
          driven.awaits(STA_13);
          assertThat(driven.ending()).isEqualTo(Ending.RELEASED);
        }
        case AR_6 -> {
          driven.awaits(STA_7);
          assertThat(driven.indicated).as("no service is left for it").isEmpty();
        }
        case AR_8 -> driven.awaits(STA_10);
        case AR_10 -> {
          assertThat(driven.receive().type()).as("AR-4 follows").isEqualTo(RawPdu.RELEASE_RP);
          driven.awaits(STA_13);
          assertThat(driven.ending()).isEqualTo(Ending.RELEASED);
        }
        case AE_1, AE_2, AE_5, AR_4, AR_7, AR_9 -> throw new IllegalStateException("passed");
      }
    }
  }

  private static int reason(Cell cell) {
    return cell.event() == EVT_19 ? UNRECOGNIZED : UNEXPECTED;
  }

  /// Sent an A-ABORT, tells its user, and waits until the peer closes.
  private static void aborted(DrivenUpperLayer driven, int source, int reason, Set<Ending> endings)
      throws Exception {
    RawPdu abort = driven.receive();
    assertThat(abort.type()).isEqualTo(RawPdu.ABORT);
    assertThat(abort.body()).containsExactly(0, 0, source, reason);
    assertThat(driven.layer.state()).isEqualTo(STA_13);
    driven.peer.shutdownOutput();
    assertThat(driven.closes()).isTrue();
    driven.join();
    assertThat(driven.layer.state()).as("AR-5").isEqualTo(STA_1);
    assertThat(driven.ending()).isIn(endings);
  }

  private static void over(DrivenUpperLayer driven, Cell cell) throws Exception {
    assertThat(driven.closes()).as("closed without a word").isTrue();
    driven.join();
    assertThat(driven.layer.state()).isEqualTo(STA_1);
    if (cell.action() == Action.AA_3) {
      assertThat(driven.ending()).isEqualTo(Ending.ABORTED_BY_PEER);
    } else if (cell.action() == Action.AA_4) {
      assertThat(driven.ending()).isEqualTo(Ending.LOST);
    } else if (cell.action() == Action.AR_3) {
      assertThat(driven.ending()).isEqualTo(Ending.RELEASED);
    }
  }

  /// Nothing comes of it, and the next PDU is read where it begins.
  private static void ignored(DrivenUpperLayer driven) throws Exception {
    bring(driven, EVT_6);
    RawPdu abort = driven.receive();
    assertThat(abort.type()).as("AA-7, of what came behind it").isEqualTo(RawPdu.ABORT);
    assertThat(abort.body()).containsExactly(0, 0, 2, UNEXPECTED);
    assertThat(driven.layer.state()).isEqualTo(STA_13);
  }

  /// AE-1, AE-2.
  @Test
  void aRequestorAsksAsSoonAsItIsConnected() throws Exception {
    try (DrivenUpperLayer driven = asking(DrivenUpperLayer.LONG)) {
      assertThat(driven.layer.state()).isEqualTo(STA_5);
    }
  }

  /// AE-5.
  @Test
  void anAcceptorAwaitsTheRequest() throws Exception {
    try (DrivenUpperLayer driven = connected(DrivenUpperLayer.LONG)) {
      assertThat(driven.layer.state()).isEqualTo(STA_2);
    }
  }

  /// AR-4 in Sta8, AR-9 in Sta9, AR-4 in Sta12: each answers, and goes where the table says.
  @Test
  void aReleaseIsAnsweredInEveryStateInWhichItIsAskedFor() throws Exception {
    try (DrivenUpperLayer plain = released(DrivenUpperLayer.LONG);
        DrivenUpperLayer requestor = collidedAsRequestor(DrivenUpperLayer.LONG);
        DrivenUpperLayer acceptor = collided(DrivenUpperLayer.LONG)) {
      assertThat(plain.layer.state()).isEqualTo(STA_13);
      assertThat(requestor.layer.state()).isEqualTo(STA_11);
      acceptor.send(RawPdu.RELEASE_RP, new byte[4]);
      assertThat(acceptor.receive().type()).isEqualTo(RawPdu.RELEASE_RP);
      acceptor.awaits(STA_13);
    }
  }

  /// AA-2 in Sta2 and in Sta13.
  @Test
  void whereArtimRunsItsEndClosesTheConnection() throws Exception {
    try (DrivenUpperLayer silent = connected(DrivenUpperLayer.SHORT)) {
      assertThat(silent.closes()).isTrue();
      silent.join();
      assertThat(silent.layer.state()).isEqualTo(STA_1);
      assertThat(silent.ending()).isEqualTo(Ending.TIMED_OUT);
    }
    try (DrivenUpperLayer staying = established(DrivenUpperLayer.SHORT)) {
      staying.send(RawPdu.RELEASE_RQ, new byte[4]);
      assertThat(staying.receive().type()).isEqualTo(RawPdu.RELEASE_RP);
      assertThat(staying.closes()).isTrue();
      staying.join();
      assertThat(staying.layer.state()).isEqualTo(STA_1);
    }
  }

  /// The standard has no timer there; ours ends as if the local user had enough: AA-1.
  @Test
  void anAnswerThatDoesNotComeInTimeIsAnAbortOfTheLocalUser() throws Exception {
    try (DrivenUpperLayer asking = asking(DrivenUpperLayer.SHORT)) {
      RawPdu abort = asking.receive();
      assertThat(abort.type()).isEqualTo(RawPdu.ABORT);
      assertThat(abort.body()).containsExactly(0, 0, 0, 0);
      assertThat(asking.ending()).isEqualTo(Ending.TIMED_OUT);
    }
  }

  @Test
  void whatIsNotInAnAssociationIsNotSent() throws Exception {
    try (DrivenUpperLayer releasing = releasing(DrivenUpperLayer.LONG)) {
      assertThatThrownBy(() -> bring(releasing, EVT_9)).isInstanceOf(AssociationEnded.class);
    }
  }
}
