package leadglass.net.association;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import leadglass.net.association.NetEvent.ConnectionRefused.Cause;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.Dispatcher;
import leadglass.net.dimse.Message;
import leadglass.net.dimse.MessageReader;
import leadglass.net.dimse.Response;
import leadglass.net.dimse.Services;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PduEncoder;
import leadglass.net.ul.PduException;
import leadglass.net.ul.Rejection;
import org.jspecify.annotations.Nullable;

/// One connection from its first byte to its last. Confined to its own thread, but for [#stop()],
/// [#dismissUnlessStanding()], [#kill()], [#admitted()] and [#writingSince()].
final class Association<P> {
  private final long number;
  private final TimedSocket socket;
  private final Parts<P> parts;
  private volatile boolean stopping;
  private volatile boolean dismissed;
  private volatile @Nullable Standing<P> standing;
  private volatile boolean waiting = true;
  private volatile boolean admitted;
  private boolean rejected;

  /// What all associations of an acceptor share.
  record Parts<P>(
      Transport transport,
      Admission<P> admission,
      Services<P> services,
      AcceptorSettings settings,
      InstantSource clock,
      Consumer<? super NetEvent> events) {}

  /// Who is here, and how they came.
  private record Standing<P>(Admission.Arrival arrival, P peer) {}

  /// An admitted peer, and what its association did so far.
  private static final class Open<P> {
    final P peer;
    final String name;
    final Negotiation negotiation;
    final long peerPduBytesMax;
    int messages;
    long receivedBytes;

    Open(Admission.Admitted<P> admitted, Negotiation negotiation, long peerPduBytesMax) {
      this.peer = admitted.peer();
      this.name = admitted.name();
      this.negotiation = negotiation;
      this.peerPduBytesMax = peerPduBytesMax;
    }
  }

  /// @param number counts connections in the order they came
  Association(long number, TimedSocket socket, Parts<P> parts) {
    this.number = number;
    this.socket = socket;
    this.parts = parts;
  }

  /// Serves the connection to its end. Never throws what a peer can cause.
  void run() {
    Transport.Link link;
    try {
      socket.within(parts.settings.handshake());
      link = parts.transport.secure(socket);
    } catch (IOException e) {
      kill();
      parts.events.accept(new NetEvent.ConnectionRefused(cause(e)));
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
        new UpperLayer(socket, link.in(), link.out(), parts.settings, () -> stopping);
    Instant since = parts.clock.instant();
    Open<P> open = null;
    Ending ending = Ending.LOST;
    try {
      open = open(upperLayer, link);
      if (open != null) {
        exchange(upperLayer, open);
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
              open.name, open.messages, open.receivedBytes, duration, ending));
    } else if (!rejected) {
      parts.events.accept(new NetEvent.AssociationNotOpened(ending));
    }
    upperLayer.awaitClose();
  }

  /// Null if it was rejected.
  private @Nullable Open<P> open(UpperLayer upperLayer, Transport.Link link) throws IOException {
    Pdu.AAssociateRq request = upperLayer.awaitAssociateRq();
    Rejection refusal = Negotiation.refusal(request).orElse(null);
    if (refusal != null) {
      reject(upperLayer, refusal);
      return null;
    }
    Admission.Arrival arrival =
        new Admission.Arrival(link.certificates(), socket.getInetAddress(), request);
    return switch (parts.admission.admit(arrival)) {
      case Admission.Refused<P>(Rejection why) -> {
        reject(upperLayer, why);
        yield null;
      }
      case Admission.Admitted<P> known -> {
        admitted = true;
        standing = new Standing<>(arrival, known.peer());
        Negotiation negotiation =
            Negotiation.of(request, parts.services.sopClasses(), known.contexts(), parts.settings);
        upperLayer.accept(negotiation.answer());
        parts.events.accept(
            new NetEvent.AssociationOpened(
                known.name(), negotiation.contexts().size(), request.contexts().size()));
        yield new Open<>(known, negotiation, request.userInformation().pduBytesMax());
      }
    };
  }

  private void reject(UpperLayer upperLayer, Rejection why) throws IOException {
    rejected = true;
    parts.events.accept(new NetEvent.AssociationRejected(why));
    upperLayer.reject(new Pdu.AAssociateRj(why));
  }

  /// One message after the other, until the association ends, which is an exception.
  private void exchange(UpperLayer upperLayer, Open<P> open) throws IOException {
    Map<Integer, AcceptedContext> contexts = open.negotiation.contexts();
    MessageReader reader = new MessageReader(upperLayer, contexts::containsKey);
    Dispatcher<P> dispatcher = new Dispatcher<>(parts.services);
    while (true) {
      awaitMessage(upperLayer);
      Message message = reader.next();
      AcceptedContext context = Objects.requireNonNull(contexts.get(message.contextId()));
      try {
        Optional<Response> response = dispatcher.serve(open.peer, context, message);
        if (response.isPresent()) {
          byte[] command = response.get().command().encode();
          upperLayer.send(PduEncoder.encodeCommand(context.id(), command, open.peerPduBytesMax));
          open.messages++;
        }
      } catch (PduException e) {
        throw upperLayer.refuse(e);
      } finally {
        open.receivedBytes += message.receivedBytes();
      }
    }
  }

  private void awaitMessage(UpperLayer upperLayer) throws IOException {
    waiting = true;
    if (stopping) {
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
