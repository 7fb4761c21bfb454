package leadglass.net.association;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.PdvSource;
import leadglass.net.ul.Action;
import leadglass.net.ul.Event;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PduDecoder;
import leadglass.net.ul.PduEncoder;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduException.Reason;
import leadglass.net.ul.PduType;
import leadglass.net.ul.PdvHeader;
import leadglass.net.ul.State;
import leadglass.net.ul.StateTable;
import org.jspecify.annotations.Nullable;

/// One association as its upper layer sees it: every event goes through [StateTable], and what the
/// table says is done here. Fragments are read from the transport straight into the reader's array.
///
/// One thread reads. Any may send, release or abort; who sends a message of several PDUs holds
/// [#writing()] meanwhile.
final class UpperLayer implements PdvSource {
  /// Every PDU but A-ASSOCIATE and P-DATA-TF has a body of four bytes.
  private static final int SHORT_BODY_BYTES = 4;

  private final TimedSocket time;
  private final InputStream in;
  private final OutputStream out;
  private final Bounds bounds;
  private final boolean requestor;
  private final BooleanSupplier stopping;
  private final BooleanSupplier busy;
  private final ReentrantLock turn = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final ByteBuffer header = ByteBuffer.allocate(PduType.HEADER_BYTES);
  private volatile State state = State.STA_1;
  private volatile Ending ending = Ending.LOST;
  private Ending released = Ending.RELEASED;
  private Reason abortReason = Reason.NOT_SPECIFIED;
  private int pduLeft;
  private int fragmentLeft;
  private boolean outOfStep;

  /// @param pduBytesMax longest P-DATA-TF body taken
  /// @param associateBytesMax longest body of an A-ASSOCIATE PDU taken
  /// @param artim bounds every wait at the beginning and at the end
  /// @param idle bounds every wait in between
  record Bounds(int pduBytesMax, int associateBytesMax, Duration artim, Duration idle) {}

  /// @param requestor whether this side asked for the association
  /// @param stopping whether the owner is closing, and wakes whoever waits
  /// @param busy whether silence between two messages of the peer means nothing now
  UpperLayer(
      TimedSocket time,
      Transport.Link link,
      Bounds bounds,
      boolean requestor,
      BooleanSupplier stopping,
      BooleanSupplier busy) {
    this.time = time;
    this.in = link.in();
    this.out = link.out();
    this.bounds = bounds;
    this.requestor = requestor;
    this.stopping = stopping;
    this.busy = busy;
  }

  State state() {
    return state;
  }

  /// Reads the first PDU, which must be A-ASSOCIATE-RQ, under ARTIM.
  Pdu.AAssociateRq awaitAssociateRq() throws IOException {
    perform(Event.EVT_5, null);
    PduType type = arrival();
    if (type != PduType.A_ASSOCIATE_RQ) {
      outOfStep = true; // its body is left where it is
      perform(type.arrival(), null);
      throw over(type == PduType.A_ABORT ? Ending.ABORTED_BY_PEER : Ending.PROTOCOL_ERROR);
    }
    try {
      Pdu pdu = PduDecoder.decode(type, ByteBuffer.wrap(body()));
      perform(Event.EVT_6, null);
      return (Pdu.AAssociateRq) pdu;
    } catch (PduException e) {
      throw refuse(e);
    }
  }

  /// Asks for the association on a connection that is open, and awaits the answer. Bounded as ARTIM
  /// is, which the standard does not ask for here.
  Pdu.AAssociateAc associate(Pdu.AAssociateRq request) throws IOException {
    perform(Event.EVT_1, null);
    perform(Event.EVT_2, PduEncoder.encode(request));
    time.within(bounds.artim());
    PduType type = arrival();
    try {
      return switch (type) {
        case A_ASSOCIATE_AC -> {
          Pdu pdu = PduDecoder.decode(type, ByteBuffer.wrap(body()));
          perform(Event.EVT_3, null);
          yield (Pdu.AAssociateAc) pdu;
        }
        case A_ASSOCIATE_RJ -> {
          Pdu pdu = PduDecoder.decode(type, ByteBuffer.wrap(body()));
          perform(Event.EVT_4, null);
          throw new AssociationRejected(((Pdu.AAssociateRj) pdu).rejection());
        }
        case A_ABORT -> {
          body();
          perform(Event.EVT_16, null);
          throw over(Ending.ABORTED_BY_PEER);
        }
        case A_ASSOCIATE_RQ, P_DATA_TF, A_RELEASE_RQ, A_RELEASE_RP -> {
          abortReason = Reason.UNEXPECTED_PDU;
          outOfStep = true;
          perform(type.arrival(), null);
          throw over(Ending.PROTOCOL_ERROR);
        }
      };
    } catch (PduException e) {
      throw refuse(e);
    }
  }

  void accept(Pdu.AAssociateAc ac) throws IOException {
    perform(Event.EVT_7, PduEncoder.encode(ac));
  }

  void reject(Pdu.AAssociateRj rj) throws IOException {
    perform(Event.EVT_8, PduEncoder.encode(rj));
  }

  /// Held by whoever sends a message, from its first PDU to its last.
  ReentrantLock writing() {
    return writing;
  }

  /// Sends P-DATA-TF PDUs in one write.
  ///
  /// @param length how many of the bytes
  void send(byte[] pdus, int length) throws IOException {
    lock();
    try {
      if (state != State.STA_6 || turn(Event.EVT_9).isEmpty()) {
        throw new AssociationEnded(ending);
      }
      out.write(pdus, 0, length);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /// The local user releases (PS3.8 §7.2); whoever reads sees the answer, and the collision that
  /// may bring.
  void release() throws IOException {
    lock(); // or the answer to a release of the peer's might overtake it
    try {
      perform(Event.EVT_11, PduEncoder.encode(new Pdu.AReleaseRq()));
    } finally {
      writing.unlock();
    }
  }

  /// The local user gives up.
  void abort(Ending why) {
    if (StateTable.action(Event.EVT_15, state).isPresent()) {
      ending = why;
      performQuietly(Event.EVT_15);
    }
  }

  /// Awaits that a message begins. A peer that stays silent is released. If this side has released
  /// the association meanwhile, awaits the answer to that.
  void awaitMessage() throws IOException {
    if (pduLeft == 0 && (state == State.STA_6 || state == State.STA_7)) {
      awaitPData(true);
    }
  }

  @Override
  public PdvHeader next() throws IOException {
    if (state != State.STA_6) {
      throw over(ending);
    }
    if (fragmentLeft > 0) {
      throw new IllegalStateException("the fragment was not read to its end");
    }
    if (pduLeft == 0) {
      awaitPData(false);
    }
    try {
      if (pduLeft < PdvHeader.BYTES) {
        throw new PduException(Reason.INVALID_PARAMETER_VALUE, "PDV item header cut short");
      }
      receiveHeader();
      PdvHeader pdv = PdvHeader.decode(header, pduLeft);
      pduLeft -= PdvHeader.BYTES + pdv.fragmentBytes();
      fragmentLeft = pdv.fragmentBytes();
      return pdv;
    } catch (PduException e) {
      throw refuse(e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (state != State.STA_6) {
      throw over(ending);
    }
    if (fragmentLeft == 0) {
      return -1;
    }
    try {
      int count = in.read(into, offset, Math.min(length, fragmentLeft));
      if (count <= 0) {
        throw new EOFException("inside a PDU");
      }
      fragmentLeft -= count;
      return count;
    } catch (IOException e) {
      throw lost(e, false);
    }
  }

  @Override
  public IOException refuse(PduException why) {
    abortReason = why.reason();
    outOfStep = true;
    performQuietly(Event.EVT_19);
    return over(Ending.PROTOCOL_ERROR);
  }

  private AssociationEnded over(Ending why) {
    ending = why;
    return new AssociationEnded(why);
  }

  /// Goes on to the next P-DATA-TF, whatever else may come before it.
  private void awaitPData(boolean betweenMessages) throws IOException {
    while (true) {
      PduType type = betweenMessages ? arrivalOrRelease() : arrivalInTime();
      switch (type) {
        case P_DATA_TF -> {
          abortReason = Reason.UNEXPECTED_PDU;
          Action action = perform(Event.EVT_10, null);
          if (state == State.STA_6) {
            pduLeft = header.getInt(2);
            return;
          }
          if (action == Action.AA_8) {
            outOfStep = true;
            throw over(Ending.PROTOCOL_ERROR);
          }
          body(); // data that was under way finds no service any more
        }
        case A_RELEASE_RQ -> {
          body();
          abortReason = Reason.UNEXPECTED_PDU;
          Action action = perform(Event.EVT_12, null);
          if (action == Action.AA_8) {
            throw over(Ending.PROTOCOL_ERROR); // the second one in a collision
          }
          if (state == State.STA_8 || state == State.STA_9) {
            perform(Event.EVT_14, PduEncoder.encode(new Pdu.AReleaseRp()));
          }
          if (state == State.STA_13) {
            throw over(action == Action.AA_6 ? ending : released);
          }
        }
        case A_RELEASE_RP -> {
          body();
          abortReason = Reason.UNEXPECTED_PDU;
          boolean expected = state == State.STA_7 || state == State.STA_10 || state == State.STA_11;
          perform(Event.EVT_13, null);
          if (state == State.STA_12) {
            perform(Event.EVT_14, PduEncoder.encode(new Pdu.AReleaseRp()));
          }
          throw over(expected ? released : Ending.PROTOCOL_ERROR);
        }
        case A_ABORT -> {
          perform(Event.EVT_16, null);
          throw over(Ending.ABORTED_BY_PEER);
        }
        case A_ASSOCIATE_RQ, A_ASSOCIATE_AC, A_ASSOCIATE_RJ -> {
          abortReason = Reason.UNEXPECTED_PDU;
          outOfStep = true;
          perform(type.arrival(), null);
          throw over(Ending.PROTOCOL_ERROR);
        }
      }
    }
  }

  private PduType arrivalInTime() throws IOException {
    if (state == State.STA_6) {
      time.waiting(bounds.idle());
    }
    return arrival();
  }

  private PduType arrivalOrRelease() throws IOException {
    header.clear();
    while (true) {
      boolean established = state == State.STA_6;
      if (established) {
        time.waiting(bounds.idle());
      }
      try {
        receive();
        break;
      } catch (SocketTimeoutException e) {
        boolean still = established && state == State.STA_6; // another thread may have ended it
        if (header.position() > 0 || stopping.getAsBoolean() || !still) {
          throw lost(e, false);
        }
        if (!busy.getAsBoolean()) {
          released = Ending.TIMED_OUT;
          release();
          // The standard asks for no timer here, but a peer that is silent already may stay so.
          time.within(bounds.artim());
        }
      } catch (IOException e) {
        throw lost(e, false);
      }
    }
    return checkedType();
  }

  /// Reads a PDU's header. Its type is known and its length one we take; else it never returns.
  private PduType arrival() throws IOException {
    receiveHeader();
    return checkedType();
  }

  private PduType checkedType() throws IOException {
    PduType type = PduType.of(header.get(0)).orElse(null);
    if (type == null) {
      throw refuse(new PduException(Reason.UNRECOGNIZED_PDU, "unknown PDU-type"));
    }
    if (!fits(type)) {
      throw refuse(new PduException(Reason.INVALID_PARAMETER_VALUE, "PDU-length"));
    }
    return type;
  }

  private boolean fits(PduType type) {
    long length = Integer.toUnsignedLong(header.getInt(2));
    return switch (type) {
      case A_ASSOCIATE_RQ, A_ASSOCIATE_AC -> length <= bounds.associateBytesMax();
      case P_DATA_TF -> length >= PdvHeader.BYTES && length <= bounds.pduBytesMax();
      case A_ASSOCIATE_RJ, A_RELEASE_RQ, A_RELEASE_RP, A_ABORT -> length == SHORT_BODY_BYTES;
    };
  }

  private void receiveHeader() throws IOException {
    header.clear();
    try {
      receive();
    } catch (IOException e) {
      throw lost(e, state == State.STA_2);
    }
  }

  private void receive() throws IOException {
    while (header.hasRemaining()) {
      int count = in.read(header.array(), header.position(), header.remaining());
      if (count < 0) {
        throw new EOFException("connection closed");
      }
      header.position(header.position() + count);
    }
    header.flip();
  }

  /// The body of the PDU whose header was read. Memory grows with what arrives.
  private byte[] body() throws IOException {
    int length = header.getInt(2);
    try {
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("inside a PDU");
      }
      return body;
    } catch (IOException e) {
      throw lost(e, state == State.STA_2);
    }
  }

  /// The transport failed, or kept us waiting too long.
  private AssociationEnded lost(IOException why, boolean artim) {
    outOfStep = true;
    if (state == State.STA_13) { // another thread gave up, and said why
      performQuietly(why instanceof SocketTimeoutException ? Event.EVT_18 : Event.EVT_17);
      return over(ending);
    }
    if (stopping.getAsBoolean() && StateTable.action(Event.EVT_15, state).isPresent()) {
      performQuietly(Event.EVT_15);
      return over(Ending.STOPPED);
    }
    if (!(why instanceof SocketTimeoutException)) {
      performQuietly(Event.EVT_17);
      return over(Ending.LOST);
    }
    performQuietly(artim ? Event.EVT_18 : Event.EVT_15);
    return over(Ending.TIMED_OUT);
  }

  /// Waits under ARTIM that the peer closes, so that it can read what we sent last.
  void awaitClose() {
    byte[] scratch = new byte[16 << 10];
    try {
      while (state == State.STA_13) {
        if (outOfStep) {
          if (in.read(scratch) < 0) {
            performQuietly(Event.EVT_17);
          }
          continue;
        }
        header.clear();
        receive();
        PduType type = PduType.of(header.get(0)).orElse(null);
        outOfStep = type == null || !fits(type);
        abortReason = type == null ? Reason.UNRECOGNIZED_PDU : Reason.UNEXPECTED_PDU;
        if (!outOfStep) {
          in.skipNBytes(header.getInt(2));
        }
        performQuietly(type == null || outOfStep ? Event.EVT_19 : type.arrival());
      }
    } catch (SocketTimeoutException _) {
      performQuietly(Event.EVT_18);
    } catch (IOException _) {
      performQuietly(Event.EVT_17);
    }
  }

  private void performQuietly(Event event) {
    try {
      perform(event, null);
    } catch (IOException _) {
      // The peer can't be told any more.
    }
  }

  /// Looks the event up, changes the state, does what is to be done.
  ///
  /// @param pdu what to send, where the local user supplies it
  private Action perform(Event event, byte @Nullable [] pdu) throws IOException {
    State before = state;
    Action action =
        turn(event).orElseThrow(() -> new IllegalStateException(event + " in " + before));
    switch (action) {
      case AE_5 -> time.within(bounds.artim());
      case AE_2, AE_7, AR_1, AR_9 -> write(pdu);
      case AE_8, AR_4 -> {
        time.within(bounds.artim());
        write(pdu);
      }
      case AA_1 -> {
        time.within(bounds.artim());
        write(PduEncoder.encode(new Pdu.AAbort(Pdu.AAbort.SERVICE_USER, 0)));
      }
      case AA_7 -> write(providerAbort());
      case AA_8 -> {
        time.within(bounds.artim());
        write(providerAbort());
      }
      // Told to the user by what these methods return or throw; the owner closes the transport.
      case AE_1, AE_3, AE_4, AE_6, AR_2, AR_3, AR_5, AR_6, AR_8, AR_10 -> {}
      case AA_2, AA_3, AA_4, AA_5, AA_6, DT_2 -> {}
      // What is sent is with whoever sends it.
      case DT_1, AR_7 -> {}
    }
    return action;
  }

  /// The cell of the table; empty if it is blank, and nothing changes then.
  private Optional<Action> turn(Event event) {
    turn.lock();
    try {
      Optional<Action> action = StateTable.action(event, state);
      // Only the collision of two releases has another half that comes to pass here.
      action.ifPresent(
          found -> state = found == Action.AR_8 && requestor ? found.otherwise() : found.next());
      return action;
    } finally {
      turn.unlock();
    }
  }

  private byte[] providerAbort() {
    return PduEncoder.encode(new Pdu.AAbort(Pdu.AAbort.SERVICE_PROVIDER, abortReason.code()));
  }

  private void write(byte @Nullable [] pdu) throws IOException {
    if (pdu == null) {
      throw new IllegalStateException("nothing to send");
    }
    lock();
    try {
      out.write(pdu);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /// Whoever is within a message may be held up by a peer that takes nothing; nobody waits for that
  /// without end.
  void lock() throws IOException {
    try {
      if (!writing.tryLock(bounds.idle().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SocketTimeoutException("the peer takes nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
