package leadglass.server.scp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.StoreRequest;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.dicom.io.PartTen;
import leadglass.net.association.Acceptor;
import leadglass.net.association.AcceptorSettings;
import leadglass.net.association.Admission;
import leadglass.net.association.NetEvent;
import leadglass.net.association.Transport;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.net.tls.PeerTrust;
import leadglass.net.tls.SecureTransport;
import leadglass.net.ul.Rejection;

/// The DIMSE door: C-ECHO, C-STORE and C-FIND over TLS, for enrolled devices.
///
/// Threads: one that accepts, one virtual one an association; none outlives [#close()].
public final class DicomServer implements AutoCloseable {
  private static final int BACKLOG = 64;

  private final Acceptor<Peer> acceptor;
  private final Keyed transport;
  private final Thread thread;

  /// A transport whose certificates can be others from the next handshake on.
  private static final class Keyed implements Transport {
    private final PeerTrust trust;
    private final InstantSource clock;
    private volatile SecureTransport now;

    Keyed(Authority.Identity identity, PeerTrust trust, InstantSource clock) {
      this.trust = trust;
      this.clock = clock;
      this.now = transport(identity, trust, clock);
    }

    void show(Authority.Identity identity) {
      now = transport(identity, trust, clock);
    }

    @Override
    public Link secure(Socket socket) throws IOException {
      return now.secure(socket);
    }
  }

  private DicomServer(Acceptor<Peer> acceptor, Keyed transport, Consumer<? super NetEvent> events) {
    this.acceptor = acceptor;
    this.transport = transport;
    this.thread = Thread.ofPlatform().name("dicom-acceptor").unstarted(() -> run(acceptor, events));
  }

  private static void run(Acceptor<Peer> acceptor, Consumer<? super NetEvent> events) {
    try {
      acceptor.run();
    } catch (IOException e) {
      events.accept(new NetEvent.ServiceFailed(e.getClass().getSimpleName()));
    }
  }

  /// Listens and serves until closed.
  ///
  /// @param near whose connections are accepted at all
  /// @throws IOException if the address can't be listened on
  public static DicomServer start(
      DicomSettings settings,
      Predicate<InetAddress> near,
      Authority.Identity identity,
      Archive archive,
      InstantSource clock,
      Consumer<? super NetEvent> events)
      throws IOException {
    return start(
        settings,
        near,
        new Keyed(identity, chain -> DeviceAdmission.isKnown(archive, chain.getFirst()), clock),
        new DeviceAdmission(archive, settings.aeTitle(), verbs()),
        services(),
        clock,
        events);
  }

  /// Listens and takes nobody: every association is rejected for now, whoever asks.
  ///
  /// @throws IOException if the address can't be listened on
  public static DicomServer locked(
      DicomSettings settings,
      Predicate<InetAddress> near,
      Authority.Identity identity,
      InstantSource clock,
      Consumer<? super NetEvent> events)
      throws IOException {
    return start(
        settings,
        near,
        new Keyed(identity, _ -> true, clock),
        _ -> new Admission.Refused<>(Rejection.TEMPORARY_CONGESTION),
        Services.<Peer>builder().build(),
        clock,
        events);
  }

  private static DicomServer start(
      DicomSettings settings,
      Predicate<InetAddress> near,
      Keyed transport,
      Admission<Peer> admission,
      Services<Peer> services,
      InstantSource clock,
      Consumer<? super NetEvent> events)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(
          new InetSocketAddress(InetAddress.ofLiteral(settings.listen()), settings.port()),
          BACKLOG);
      Acceptor<Peer> acceptor =
          new Acceptor<>(
              listener, near, transport, admission, services, bounds(settings), clock, events);
      DicomServer server = new DicomServer(acceptor, transport, events);
      server.thread.start();
      return server;
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  private static SecureTransport transport(
      Authority.Identity identity, PeerTrust trust, InstantSource clock) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity.keys(), identity.password());
      return SecureTransport.of(keys.getKeyManagers(), trust, clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is part of every Java", e);
    }
  }

  private static AcceptorSettings bounds(DicomSettings settings) {
    AcceptorSettings usual =
        AcceptorSettings.defaults(
            settings.associationsMax(),
            PartTen.IMPLEMENTATION_CLASS,
            PartTen.IMPLEMENTATION_VERSION);
    return new AcceptorSettings(
        usual.associationsMax(),
        usual.pduBytesMax(),
        usual.associateBytesMax(),
        usual.handshake(),
        settings.artim(),
        settings.idle(),
        usual.grace(),
        usual.implementationClass(),
        usual.implementationVersion());
  }

  private static Services<Peer> services() {
    Services.Builder<Peer> services = Services.builder();
    services.echo(_ -> Status.success());
    for (Uid sopClass : Uids.storageSopClasses()) {
      services.store(sopClass, DicomServer::storage);
    }
    for (Scp each : Scp.all()) {
      services.operations(each.sopClass(), each.fields(), each.answers());
    }
    return services.build();
  }

  /// What a device needs for each SOP class served that is not of storage.
  public static Map<Uid, Verb> verbs() {
    return Scp.all().stream().collect(Collectors.toMap(Scp::sopClass, Scp::verb));
  }

  private static StoreScp.Taken storage(Peer peer, StoreScp.Request request, InputStream dataSet)
      throws IOException {
    StoreRequest offered =
        new StoreRequest(
            request.transferSyntax(),
            Optional.of(request.sopClass()),
            Optional.of(request.sopInstance()),
            Optional.empty());
    return StoreScp.Taken.at(
        StorageStatus.of(peer.site().ingest().store(peer.device(), offered, dataSet)));
  }

  /// Shows other certificates from the next handshake on.
  public void reload(Authority.Identity identity) {
    transport.show(identity);
  }

  /// The port listened on.
  public int port() {
    return acceptor.port();
  }

  /// Every SOP class served.
  public Set<Uid> sopClasses() {
    return acceptor.services().sopClasses();
  }

  /// Takes no further association and lets open ones end within their grace.
  @Override
  public void close() throws IOException {
    acceptor.close();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
