package leadglass.net.association;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.testkit.RawScu;

/// An acceptor on loopback in its own thread, and what it told.
final class RunningAcceptor implements AutoCloseable {
  static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");
  static final Uid MR = new Uid("1.2.840.10008.5.1.4.1.1.4");
  static final List<Uid> SYNTAXES =
      List.of(
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
          TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid());

  /// Without TLS: for tests of what is above it.
  static final Transport PLAIN =
      socket ->
          new Transport.Link(socket.getInputStream(), socket.getOutputStream(), List.of(), socket);

  /// A service that knows the outcome once it has read.
  @FunctionalInterface
  interface Storing {
    Status store(String peer, StoreScp.Request request, InputStream dataSet) throws IOException;
  }

  final Acceptor<String> acceptor;
  final BlockingQueue<NetEvent> events = new LinkedBlockingQueue<>();
  private final Thread thread;

  RunningAcceptor(
      Transport transport, Admission<String> admission, Storing store, AcceptorSettings settings) {
    this(_ -> true, transport, admission, store, settings);
  }

  RunningAcceptor(
      Predicate<InetAddress> near,
      Transport transport,
      Admission<String> admission,
      Storing store,
      AcceptorSettings settings) {
    this(
        near,
        transport,
        admission,
        Services.<String>builder()
            .echo(peer -> Status.success())
            .store(
                CT,
                (peer, request, dataSet) -> StoreScp.Taken.at(store.store(peer, request, dataSet)))
            .build(),
        settings);
  }

  RunningAcceptor(
      Predicate<InetAddress> near,
      Transport transport,
      Admission<String> admission,
      Services<String> services,
      AcceptorSettings settings) {
    try {
      this.acceptor =
          new Acceptor<>(
              new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
              near,
              transport,
              admission,
              services,
              settings,
              InstantSource.system(),
              events::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                acceptor.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  static RunningAcceptor plain(Storing store, AcceptorSettings settings) {
    return new RunningAcceptor(PLAIN, RunningAcceptor::everyone, store, settings);
  }

  static Admission.Answer<String> everyone(Admission.Arrival arrival) {
    return new Admission.Admitted<>("peer", "enrolled", RunningAcceptor::everything);
  }

  static ContextPolicy.Verdict everything(Uid abstractSyntax) {
    return new ContextPolicy.Accepted(SYNTAXES, ContextPolicy.Preference.PROPOSED);
  }

  /// Short waits, so that tests of slow peers are quick.
  static AcceptorSettings settings(Duration artim, Duration idle) {
    return new AcceptorSettings(
        8,
        8,
        64 << 10,
        1 << 20,
        Duration.ofSeconds(10),
        artim,
        idle,
        Duration.ofSeconds(5),
        new Uid("2.25.7"),
        "TEST");
  }

  static AcceptorSettings patient() {
    return settings(Duration.ofSeconds(20), Duration.ofSeconds(20));
  }

  RawScu.Builder scu() {
    return RawScu.to(acceptor.port())
        .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)
        .propose(CT.value(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN);
  }

  /// The next event of this kind, others passed over.
  <E extends NetEvent> E await(Class<E> kind) throws InterruptedException {
    while (true) {
      NetEvent event = events.poll(20, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no " + kind.getSimpleName());
      }
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
