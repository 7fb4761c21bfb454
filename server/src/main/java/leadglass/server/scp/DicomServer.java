package leadglass.server.scp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.Cause;
import leadglass.archive.Devices;
import leadglass.archive.Doctor;
import leadglass.archive.Ingest;
import leadglass.archive.StoreOutcome;
import leadglass.archive.StoreRequest;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
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

/// The DIMSE door: C-ECHO, C-STORE and what [Scp] lists over TLS, for enrolled devices.
///
/// Threads: one that accepts, virtual ones for associations and operations; none outlives
/// [#close()].
public final class DicomServer implements AutoCloseable {
  private static final int BACKLOG = 64;

  private final Acceptor<Peer> acceptor;
  private final Keyed transport;
  private final Optional<CommitmentReports> reports;
  private final Thread thread;

  /// Somebody came who did not show what an enrolled device does, or did not come so far in time.
  @FunctionalInterface
  private interface Unproved {
    void came(InetAddress from, IOException thrown) throws IOException;
  }

  /// Enrolled certificates, and for a while those that have ended: what comes with one is kept
  /// apart.
  private record Known(Archive house) implements PeerTrust {
    @Override
    public boolean accepts(List<X509Certificate> chain) {
      return DeviceAdmission.isKnown(house, chain.getFirst());
    }

    @Override
    public Duration endedMax() {
      return Devices.ENDED_MAX;
    }
  }

  /// A transport whose certificates can be others from the next handshake on.
  private static final class Keyed implements Transport {
    private final PeerTrust trust;
    private final InstantSource clock;
    private final Unproved unproved;
    private volatile SecureTransport now;
    private volatile Authority.Identity shown;

    Keyed(Authority.Identity identity, PeerTrust trust, InstantSource clock, Unproved unproved) {
      this.trust = trust;
      this.clock = clock;
      this.shown = identity;
      this.unproved = unproved;
      this.now = transport(identity, trust, clock);
    }

    void show(Authority.Identity identity) {
      shown = identity;
      now = transport(identity, trust, clock);
    }

    Authority.Identity shown() {
      return shown;
    }

    @Override
    public Link secure(Socket socket) throws IOException {
      try {
        return now.secure(socket);
      } catch (SSLException | SocketTimeoutException e) {
        unproved.came(socket.getInetAddress(), e);
        throw e;
      }
    }
  }

  private DicomServer(
      Acceptor<Peer> acceptor,
      Keyed transport,
      Optional<CommitmentReports> reports,
      Consumer<? super NetEvent> events) {
    this.acceptor = acceptor;
    this.transport = transport;
    this.reports = reports;
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
    Keyed transport =
        new Keyed(
            identity,
            new Known(archive),
            clock,
            (address, thrown) -> {
              Cases.unsecured(archive, address, thrown);
              if (thrown instanceof SSLException) {
                DeviceAdmission.unproved(archive, address);
              }
            });
    Outgoing outgoing =
        new Outgoing(archive, settings.aeTitle(), transport::shown, clock, events::accept);
    CommitmentReports reports = new CommitmentReports(archive, outgoing, events);
    List<Scp> scps = Scp.all(outgoing, Pace.of(clock, settings.idle()), reports);
    return start(
        settings,
        from -> near.test(from) || isFar(archive, from),
        transport,
        new DeviceAdmission(
            archive,
            settings.aeTitle(),
            verbs(),
            settings.storage(),
            new UserIdentities(settings.tokens())),
        services(settings.storage(), scps),
        Optional.of(reports),
        clock,
        events);
  }

  /// @return false
  private static boolean isFar(Archive house, InetAddress from) {
    house.doctor().met(Doctor.Met.at(from, Cause.NOT_NEAR, List.of()));
    return false;
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
        new Keyed(identity, _ -> true, clock, (_, _) -> {}),
        _ -> new Admission.Refused<>(Rejection.TEMPORARY_CONGESTION),
        Services.<Peer>builder().build(),
        Optional.empty(),
        clock,
        events);
  }

  private static DicomServer start(
      DicomSettings settings,
      Predicate<InetAddress> near,
      Keyed transport,
      Admission<Peer> admission,
      Services<Peer> services,
      Optional<CommitmentReports> reports,
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
              listener,
              near,
              transport,
              admission,
              services,
              bounds(settings, settings.associationsMax()),
              clock,
              events);
      DicomServer server = new DicomServer(acceptor, transport, reports, events);
      server.thread.start();
      reports.ifPresent(CommitmentReports::start);
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

  static AcceptorSettings bounds(DicomSettings settings, int associationsMax) {
    AcceptorSettings usual =
        AcceptorSettings.defaults(
            associationsMax, PartTen.IMPLEMENTATION_CLASS, PartTen.IMPLEMENTATION_VERSION);
    return new AcceptorSettings(
        usual.associationsMax(),
        usual.associationsPerPeerMax(),
        usual.pduBytesMax(),
        usual.associateBytesMax(),
        usual.handshake(),
        settings.artim(),
        settings.idle(),
        usual.grace(),
        usual.implementationClass(),
        usual.implementationVersion());
  }

  /// What takes and gives nothing: C-ECHO and C-STORE.
  static Services.Builder<Peer> storing(Set<Uid> storage) {
    Services.Builder<Peer> services = Services.builder();
    services.echo(_ -> Status.success());
    for (Uid sopClass : storage) {
      services.store(sopClass, DicomServer::storage);
    }
    return services;
  }

  private static Services<Peer> services(Set<Uid> storage, List<Scp> scps) {
    Services.Builder<Peer> services = storing(storage);
    for (Scp each : scps) {
      services.operations(each.sopClass(), each.fields(), each.answers());
    }
    return services.build();
  }

  /// What a device needs for each SOP class served that is not of storage.
  public static Map<Uid, Verb> verbs() {
    return Scp.verbs();
  }

  private static StoreScp.Taken storage(Peer peer, StoreScp.Request request, InputStream dataSet)
      throws IOException {
    StoreRequest offered =
        new StoreRequest(
            request.transferSyntax(),
            Optional.of(request.sopClass()),
            Optional.of(request.sopInstance()),
            Optional.empty());
    Ingest.Received received = peer.site().ingest().receive(peer.device(), offered, dataSet);
    return () -> {
      StoreOutcome outcome = received.outcome();
      Cases.stored(peer, request.sopClass(), outcome);
      return StorageStatus.of(outcome);
    };
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
    reports.ifPresent(CommitmentReports::close);
    acceptor.close();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
