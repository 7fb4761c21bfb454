package leadglass.net.association;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import leadglass.dicom.data.Uid;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.DataSetSource;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Services;
import leadglass.net.ul.AnsweredContext;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PdvHeader;
import leadglass.net.ul.ProposedContext;
import leadglass.net.ul.UserInformation;
import leadglass.net.ul.UserInformation.AsynchronousOperations;
import leadglass.net.ul.UserInformation.ExtendedNegotiation;
import leadglass.net.ul.UserInformation.RoleSelection;
import org.jspecify.annotations.Nullable;

/// An association that we asked for (PS3.8 §7.1). Safe for use by several threads.
///
/// Threads: a virtual one that reads, one that watches over writes, and one an operation that the
/// peer asks for; none outlives [#close()].
public final class RequestedAssociation implements Invoker, AutoCloseable {
  private static final Duration GLANCE = Duration.ofSeconds(1);

  /// A fragment must fit.
  private static final int PDU_BYTES_MIN = PdvHeader.BYTES + 2;

  private final TimedSocket socket;
  private final Transport.Link link;
  private final UpperLayer upperLayer;
  private final Conversation<?> conversation;
  private final RequestorSettings settings;
  private final InstantSource clock;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable Ending ending;

  private RequestedAssociation(
      TimedSocket socket,
      Transport.Link link,
      UpperLayer upperLayer,
      Conversation<?> conversation,
      RequestorSettings settings,
      InstantSource clock) {
    this.socket = socket;
    this.link = link;
    this.upperLayer = upperLayer;
    this.conversation = conversation;
    this.settings = settings;
    this.clock = clock;
  }

  /// Connects and asks for an association.
  ///
  /// @param transport secures the connection
  /// @param services what the peer may ask of us, in the roles that are negotiated
  /// @param peer handed to them
  /// @throws AssociationRejected if the peer does not want it
  /// @throws IOException if it can't be reached, can't be spoken with, or breaks PS3.8
  public static <P> RequestedAssociation open(
      InetSocketAddress address,
      Transport transport,
      Proposal proposal,
      Services<P> services,
      P peer,
      RequestorSettings settings,
      InstantSource clock,
      Consumer<? super NetEvent> events)
      throws IOException {
    Socket plain = new Socket();
    try {
      plain.connect(address, Math.toIntExact(settings.connect().toMillis()));
      TimedSocket socket = new TimedSocket(plain, clock);
      socket.within(settings.handshake());
      Transport.Link link = transport.secure(socket);
      UpperLayer upperLayer =
          new UpperLayer(socket, link, settings.bounds(), true, () -> false, () -> true);
      Pdu.AAssociateRq request =
          proposal.request(
              settings.pduBytesMax(),
              settings.implementationClass(),
              settings.implementationVersion());
      Agreed agreed = agreed(proposal, request, upperLayer.associate(request));
      long peerMax = agreed.peerPduBytesMax();
      if (peerMax != 0 && peerMax < PDU_BYTES_MIN) {
        upperLayer.abort(Ending.PROTOCOL_ERROR);
        throw new AssociationEnded(Ending.PROTOCOL_ERROR);
      }
      Conversation<P> conversation =
          new Conversation<>(upperLayer, agreed, services, peer, settings.idle(), events);
      RequestedAssociation association =
          new RequestedAssociation(socket, link, upperLayer, conversation, settings, clock);
      Thread.ofVirtual().name("association-reader").start(association::read);
      Thread.ofVirtual().name("association-watch").start(association::watch);
      return association;
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  /// What the peer may not answer is not taken: contexts, roles and windows that were not proposed.
  static Agreed agreed(Proposal proposal, Pdu.AAssociateRq request, Pdu.AAssociateAc answer) {
    UserInformation user = answer.userInformation();
    Map<String, RoleSelection> roles = new HashMap<>();
    user.roles().forEach(role -> roles.putIfAbsent(role.sopClass(), role));
    Map<Integer, ProposedContext> proposed = new HashMap<>();
    request.contexts().forEach(context -> proposed.put(context.id(), context));
    Map<Integer, AcceptedContext> contexts = new LinkedHashMap<>();
    for (AnsweredContext each : answer.contexts()) {
      ProposedContext asked = proposed.get(each.id());
      if (asked != null
          && each.accepted()
          && asked.transferSyntaxes().contains(each.transferSyntax())) {
        Uid sopClass = new Uid(asked.abstractSyntax());
        ContextPolicy.Roles role =
            role(proposal.roles().get(sopClass), roles.get(sopClass.value()));
        contexts.put(
            each.id(),
            new AcceptedContext(
                each.id(), sopClass, new Uid(each.transferSyntax()), role.scu(), role.scp()));
      }
    }
    Map<Uid, String> extended = new LinkedHashMap<>();
    for (ExtendedNegotiation each : user.extended()) {
      Uid.parse(each.sopClass())
          .filter(proposal.extended()::containsKey)
          .ifPresent(sopClass -> extended.putIfAbsent(sopClass, each.information()));
    }
    AsynchronousOperations window = user.asynchronousOperations();
    return new Agreed(
        contexts,
        user.pduBytesMax(),
        window == null ? 1 : least(window.invokedMax(), proposal.invokedMax()),
        window == null ? 1 : least(window.performedMax(), proposal.performedMax()),
        extended,
        true);
  }

  /// Without an answer it is the usual one.
  private static ContextPolicy.Roles role(
      ContextPolicy.@Nullable Roles wanted, @Nullable RoleSelection given) {
    return wanted == null || given == null
        ? new ContextPolicy.Roles(true, false)
        : new ContextPolicy.Roles(wanted.scu() && given.scu(), wanted.scp() && given.scp());
  }

  private static int least(int theirs, int ours) {
    return theirs == 0 ? ours : Math.min(theirs, ours);
  }

  private void read() {
    try {
      conversation.readOn(upperLayer::awaitMessage);
    } catch (AssociationEnded e) {
      ending = e.ending();
    } catch (IOException | RuntimeException _) {
      ending = Ending.LOST;
    } finally {
      upperLayer.awaitClose();
      kill();
      over.countDown();
    }
  }

  /// A write has no timeout of its own: a peer that takes nothing is cut off here.
  private void watch() {
    try {
      while (!over.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
        Instant since = socket.writingSince();
        if (since != null && since.plus(settings.idle()).isBefore(clock.instant())) {
          kill();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The certificates that the peer proved to hold the key of, its own first.
  public List<X509Certificate> certificates() {
    return link.certificates();
  }

  @Override
  public Collection<AcceptedContext> contexts() {
    return conversation.contexts();
  }

  @Override
  public Invocation invoke(
      AcceptedContext context, CommandSet.Builder command, @Nullable DataSetSource dataSet)
      throws IOException {
    return conversation.invoke(context, command, dataSet);
  }

  @Override
  public int window() {
    return conversation.window();
  }

  @Override
  public byte[] extended(Uid sopClass) {
    return conversation.extended(sopClass);
  }

  /// C-ECHO.
  ///
  /// @return its status
  /// @throws IOException if the association is over, or Verification was not accepted
  public int echo(Duration timeout) throws IOException {
    AcceptedContext context =
        contexts(Services.VERIFICATION).stream()
            .findFirst()
            .orElseThrow(() -> new IOException("the peer did not accept Verification"));
    return invoke(context, Requests.echo(), null).next(timeout).status();
  }

  /// How it ended; null while it has not.
  public @Nullable Ending ending() {
    return ending;
  }

  /// Awaits that it is over.
  ///
  /// @return whether it is
  public boolean await(Duration patience) throws InterruptedException {
    return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Gives up at once.
  public void abort() {
    upperLayer.abort(Ending.STOPPED);
    kill();
  }

  /// Releases the association, unless it is over, and waits that it is, for ARTIM at most.
  @Override
  public void close() {
    try {
      upperLayer.release();
    } catch (IOException | IllegalStateException _) {
      // It ended, or is about to.
    }
    try {
      if (!await(settings.artim())) {
        kill();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  private void kill() {
    try {
      socket.close();
      link.close();
    } catch (IOException _) {
      // Nothing is left to free.
    }
  }
}
