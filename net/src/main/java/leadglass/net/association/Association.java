package leadglass.net.association;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import leadglass.net.association.NetEvent.ConnectionRefused.Cause;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.Services;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.Rejection;
import org.jspecify.annotations.Nullable;

/// One connection from its first byte to its last. Confined to its own thread, but for [#stop()],
/// [#dismissUnlessStanding()], [#kill()], [#giveWay()], [#proved()], [#admitted()] and
/// [#writingSince()].
final class Association<P> {
  /// A ClientHello without any extension is shorter, but no client of ours can do without.
  private static final int HELLO_BYTES_MIN = 128;

  private final long number;
  private final TimedSocket socket;
  private final InetAddress address;
  private final Parts<P> parts;
  private volatile boolean stopping;
  private volatile boolean dismissed;
  private volatile @Nullable Standing<P> standing;
  private volatile @Nullable Conversation<P> talking;
  private volatile boolean waiting = true;
  private volatile boolean proved;
  private volatile boolean admitted;
  private volatile boolean gaveWay;
  private volatile boolean over;
  private @Nullable Object counted;
  private boolean rejected;

  /// What all associations of an acceptor share.
  record Parts<P>(
      Transport transport,
      Admission<P> admission,
      Services<P> services,
      AcceptorSettings settings,
      Places places,
      InstantSource clock,
      Consumer<? super NetEvent> events) {}

  /// Who is here, and how they came.
  private record Standing<P>(Admission.Arrival arrival, P peer) {}

  /// An admitted peer, and what its association did so far.
  private static final class Open<P> {
    final String name;
    final Conversation<P> conversation;

    Open(Admission.Admitted<P> admitted, Conversation<P> conversation) {
      this.name = admitted.name();
      this.conversation = conversation;
    }
  }

  /// How much a stranger has said, those first who give way first.
  enum Said {
    /// Less than any handshake begins with, which comes in one piece.
    A_LITTLE,
    /// It may have connected just now.
    NOTHING,
    A_HELLO
  }

  /// @param number counts connections in the order they came
  Association(long number, TimedSocket socket, Parts<P> parts) {
    this.number = number;
    this.socket = socket;
    this.address = socket.getInetAddress();
    this.parts = parts;
  }

  /// Serves the connection to its end. Never throws what a peer can cause.
  void run() {
    Transport.Link link;
    try {
      socket.within(parts.settings.handshake());
      link = parts.transport.secure(socket);
      if (!link.certificates().isEmpty()) {
        prove();
      }
    } catch (IOException e) {
      kill();
      parts.events.accept(new NetEvent.ConnectionRefused(gaveWay ? Cause.GAVE_WAY : cause(e)));
      return;
    }
    try (link) {
      serve(link);
    } catch (IOException _) {
      // The peer did not wait for the end of the conversation; why it ended has been told.
    } finally {
      kill();
    }
  }

  private static Cause cause(IOException e) {
    return switch (e) {
      case SocketTimeoutException _ -> Cause.TIMED_OUT;
      case SSLException _ -> Cause.NOT_SECURED;
      default -> Cause.LOST;
    };
  }

  private void serve(Transport.Link link) {
    UpperLayer upperLayer =
        new UpperLayer(
            socket, link, parts.settings.bounds(), false, this::isStopping, this::isBusy);
    Instant since = parts.clock.instant();
    Open<P> open = null;
    Ending ending = Ending.LOST;
    try {
      open = open(upperLayer, link);
      if (open != null) {
        Conversation<P> conversation = open.conversation;
        talking = conversation;
        conversation.readOn(() -> awaitMessage(upperLayer));
      }
    } catch (AssociationEnded e) {
      ending = e.ending();
    } catch (IOException _) {
      // A write failed: the peer is gone.
    } catch (RuntimeException | Error e) {
      ending = Ending.SERVICE_FAILED;
      upperLayer.abort(ending);
      parts.events.accept(new NetEvent.ServiceFailed(e.getClass().getName()));
    }
    if (dismissed && ending == Ending.STOPPED) {
      ending = Ending.DISMISSED;
    }
    if (open != null) {
      Duration duration = Duration.between(since, parts.clock.instant());
      parts.events.accept(
          new NetEvent.AssociationClosed(
              open.name,
              open.conversation.answered(),
              open.conversation.receivedBytes(),
              duration,
              ending));
    } else if (!rejected) {
      parts.events.accept(new NetEvent.AssociationNotOpened(ending));
      parts.admission.told(new Admission.Outcome.NotOpened<>(link.certificates(), address, ending));
    }
    over = true;
    if (counted != null) {
      parts.places.end(counted); // it may open the next one before it closes
    }
    Standing<P> stood = standing;
    if (stood != null) {
      parts.admission.told(new Admission.Outcome.Closed<>(stood.arrival(), stood.peer(), ending));
    }
    upperLayer.awaitClose();
  }

  private void prove() {
    proved = true;
    parts.places.proved();
  }

  /// Null if it was rejected.
  private @Nullable Open<P> open(UpperLayer upperLayer, Transport.Link link) throws IOException {
    Pdu.AAssociateRq request = upperLayer.awaitAssociateRq();
    Admission.Arrival arrival = new Admission.Arrival(link.certificates(), address, request);
    Rejection refusal = Negotiation.refusal(request).orElse(null);
    if (refusal != null) {
      parts.admission.told(new Admission.Outcome.Malformed<>(arrival, refusal));
      reject(upperLayer, refusal);
      return null;
    }
    return switch (parts.admission.admit(arrival)) {
      case Admission.Refused<P>(Rejection why) -> {
        reject(upperLayer, why);
        yield null;
      }
      case Admission.Admitted<P> known -> {
        if (!proved) {
          prove();
        }
        if (!isWithinShare(arrival, known.name())) {
          parts.admission.told(new Admission.Outcome.Crowded<>(arrival, known.peer()));
          reject(upperLayer, Rejection.LOCAL_LIMIT_EXCEEDED);
          yield null;
        }
        admitted = true;
        standing = new Standing<>(arrival, known.peer());
        Negotiation negotiation =
            Negotiation.of(
                request,
                parts.services.sopClasses(),
                known.contexts(),
                known.identified(),
                parts.settings);
        parts.admission.told(
            new Admission.Outcome.Opened<>(arrival, known.peer(), negotiation.answer().contexts()));
        upperLayer.accept(negotiation.answer());
        parts.events.accept(
            new NetEvent.AssociationOpened(
                known.name(), negotiation.agreed().contexts().size(), request.contexts().size()));
        yield new Open<>(
            known,
            new Conversation<>(
                upperLayer,
                negotiation.agreed(),
                parts.services,
                known.peer(),
                parts.settings.idle(),
                parts.events));
      }
    };
  }

  /// By its certificate: two sites may have a device of the same name.
  private boolean isWithinShare(Admission.Arrival arrival, String name) {
    Object peer = arrival.certificates().isEmpty() ? name : arrival.certificates().getFirst();
    if (!parts.places.begin(peer)) {
      return false;
    }
    counted = peer;
    return true;
  }

  private void reject(UpperLayer upperLayer, Rejection why) throws IOException {
    rejected = true;
    parts.events.accept(new NetEvent.AssociationRejected(why));
    upperLayer.reject(new Pdu.AAssociateRj(why));
  }

  /// What was read is answered before the peer is told that it is over.
  private boolean isStopping() {
    Conversation<P> now = talking;
    if (stopping && now != null) {
      now.settle(parts.settings.grace());
    }
    return stopping;
  }

  private boolean isBusy() {
    Conversation<P> now = talking;
    return now != null && now.busy();
  }

  private void awaitMessage(UpperLayer upperLayer) throws IOException {
    waiting = true;
    if (isStopping()) {
      upperLayer.abort(Ending.STOPPED);
      throw new AssociationEnded(Ending.STOPPED);
    }
    upperLayer.awaitMessage();
    waiting = false;
  }

  /// Ends the association with A-ABORT once it has answered the message it is at.
  void stop() {
    stopping = true;
    if (waiting) {
      try {
        socket.wake();
      } catch (IOException _) {
        // It is closed already.
      }
    }
  }

  /// Ends the association if its peer may not be here any more: once it has answered the message it
  /// is at, or at once if it was told so before.
  void dismissUnlessStanding() {
    Standing<P> now = standing;
    if (now == null || parts.admission.stands(now.arrival(), now.peer())) {
      return;
    }
    if (dismissed) {
      kill();
    } else {
      dismissed = true;
      stop();
    }
  }

  /// Ends it at once.
  void kill() {
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing is left to free.
    }
  }

  /// Ends it at once, because another connection needs its place.
  void giveWay() {
    gaveWay = true;
    kill();
  }

  InetAddress address() {
    return address;
  }

  /// What the peer has said so far.
  Said said() {
    long bytes = socket.heard();
    return bytes == 0 ? Said.NOTHING : bytes < HELLO_BYTES_MIN ? Said.A_LITTLE : Said.A_HELLO;
  }

  /// Whether nothing is left but that the peer closes.
  boolean over() {
    return over;
  }

  /// Whether the peer has shown who it is, by its certificate or by being admitted.
  boolean proved() {
    return proved;
  }

  long number() {
    return number;
  }

  /// Whether the peer is one that may be here.
  boolean admitted() {
    return admitted;
  }

  /// Since when the peer has not taken what we write; null if it has.
  @Nullable Instant writingSince() {
    return socket.writingSince();
  }
}
