package leadglass.net.association;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PdvHeader;
import leadglass.net.ul.Rejection;
import leadglass.net.ul.State;
import leadglass.testkit.RawPdu;

/// A running upper layer of either side, over a connection whose other end is the test's. Its local
/// user is the test too: it accepts, rejects, sends, releases and aborts when it is told to.
final class DrivenUpperLayer implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(20);
  static final Duration SHORT = Duration.ofMillis(150);

  private static final Pdu.AAssociateRq REQUEST =
      WireFuzz.PROPOSAL.request(16 << 10, new leadglass.dicom.data.Uid("2.25.7"), "TEST");

  /// What the local user does with a request.
  enum Answer {
    ACCEPT,
    REJECT,
    /// It can't decide: the admission threw.
    GIVE_UP
  }

  final UpperLayer layer;
  final Socket peer;
  final CompletableFuture<Answer> answer = new CompletableFuture<>();

  /// Lengths of the fragments that the local user was given.
  final BlockingQueue<Integer> indicated = new LinkedBlockingQueue<>();

  private final Socket own;
  private final BlockingQueue<State> reading = new LinkedBlockingQueue<>();
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();
  private final Thread reader;

  private DrivenUpperLayer(boolean requestor, Duration artim) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.peer = new Socket(listener.getInetAddress(), listener.getLocalPort());
      this.own = listener.accept();
    }
    peer.setSoTimeout((int) LONG.toMillis());
    TimedSocket timed = new TimedSocket(own, InstantSource.system());
    Transport.Link link =
        new Transport.Link(
            new Watched(timed.getInputStream()), timed.getOutputStream(), List.of(), timed);
    this.layer =
        new UpperLayer(
            timed,
            link,
            new UpperLayer.Bounds(64 << 10, 64 << 10, artim, LONG),
            requestor,
            () -> false,
            () -> false);
    this.reader =
        Thread.ofVirtual().start(() -> run(requestor ? this::associate : this::awaitRequest));
  }

  static DrivenUpperLayer acceptor(Duration artim) throws IOException {
    return new DrivenUpperLayer(false, artim);
  }

  static DrivenUpperLayer requestor(Duration artim) throws IOException {
    return new DrivenUpperLayer(true, artim);
  }

  /// Tells in which state it waits for the peer.
  private final class Watched extends FilterInputStream {
    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      reading.add(layer.state());
      return super.read(into, offset, length);
    }
  }

  @FunctionalInterface
  private interface Beginning {
    void begin() throws IOException;
  }

  private void associate() throws IOException {
    layer.associate(REQUEST);
  }

  private void awaitRequest() throws IOException {
    Pdu.AAssociateRq request = layer.awaitAssociateRq();
    reading.add(layer.state());
    switch (answer.join()) {
      case ACCEPT ->
          layer.accept(
              Negotiation.of(
                      request,
                      WireFuzz.SERVICES.sopClasses(),
                      WireFuzz.POLICY,
                      false,
                      WireFuzz.SETTINGS)
                  .answer());
      case REJECT -> {
        layer.reject(new Pdu.AAssociateRj(Rejection.LOCAL_LIMIT_EXCEEDED));
        throw new AssociationEnded(Ending.RELEASED);
      }
      case GIVE_UP -> {
        layer.abort(Ending.SERVICE_FAILED);
        throw new AssociationEnded(Ending.SERVICE_FAILED);
      }
    }
  }

  /// As the owners of an upper layer do it.
  private void run(Beginning beginning) {
    try {
      beginning.begin();
      byte[] fragment = new byte[1 << 10];
      while (true) {
        layer.awaitMessage();
        PdvHeader header = layer.next();
        int length = 0;
        for (int read = layer.read(fragment, 0, fragment.length);
            read >= 0;
            read = layer.read(fragment, 0, fragment.length)) {
          length += read;
        }
        if (length != header.fragmentBytes()) {
          throw new AssertionError(length + " bytes of " + header.fragmentBytes());
        }
        indicated.add(length);
      }
    } catch (AssociationEnded e) {
      ended.complete(e.ending());
    } catch (IOException e) {
      ended.completeExceptionally(e);
    }
    layer.awaitClose();
    try {
      own.close();
    } catch (IOException _) {
      // Nothing is left to free.
    }
  }

  /// Waits until it waits for the peer in this state.
  void awaits(State state) throws InterruptedException {
    while (true) {
      State next = reading.poll(LONG.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("never waits in " + state + ", but is in " + layer.state());
      }
      if (next == state) {
        return;
      }
    }
  }

  /// What its local user is told of the end.
  Ending ending() throws Exception {
    try {
      return ended.get(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("it goes on in " + layer.state(), e);
    }
  }

  void send(int type, byte... body) throws IOException {
    peer.getOutputStream().write(new RawPdu(type, body).encode());
  }

  /// The next PDU that comes from it.
  RawPdu receive() throws IOException {
    byte[] header = peer.getInputStream().readNBytes(6);
    if (header.length < 6) {
      throw new AssertionError("closed instead of a PDU, in " + layer.state());
    }
    int length = java.nio.ByteBuffer.wrap(header).getInt(2);
    return new RawPdu(header[0], peer.getInputStream().readNBytes(length));
  }

  /// Whether it closes the connection without another word.
  boolean closes() throws IOException {
    return peer.getInputStream().read() < 0;
  }

  /// Its thread has ended.
  void join() throws InterruptedException {
    if (!reader.join(LONG)) {
      throw new AssertionError("it goes on in " + layer.state());
    }
  }

  @Override
  public void close() throws IOException {
    answer.complete(Answer.REJECT);
    peer.close();
    own.close();
  }
}
