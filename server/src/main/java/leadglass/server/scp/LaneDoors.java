package leadglass.server.scp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.archive.Archive;
import leadglass.archive.LaneTerms;
import leadglass.archive.Lanes;
import leadglass.archive.Origin;
import leadglass.archive.WorklistScope;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.association.Acceptor;
import leadglass.net.association.NetEvent;
import leadglass.net.association.Transport;
import leadglass.net.dimse.Services;

/// The doors of all lanes: C-ECHO and C-STORE without TLS, each for one device. They open and close
/// as lanes come, end and go, while everything else goes on; without a lane there is none.
///
/// Safe for use by several threads. Threads: one that accepts for each lane, virtual ones for
/// associations; none outlives [#close()].
public final class LaneDoors implements AutoCloseable {
  /// Of one lane; a device that has no TLS has no use for more.
  static final int ASSOCIATIONS_MAX = 8;

  private static final int BACKLOG = 16;

  /// Any port of which it is asked by which of our addresses another one is reached; nothing is
  /// sent.
  private static final int NO_PORT = 9;

  /// What answers over a lane that has the worklist's switch, and over no other: one row for the
  /// SOP class of the worklist, bound to the entries of the station that asks.
  private static final List<Scp> WORKLIST = List.of(Scp.worklist(WorklistScope::narrow));

  private static final Set<Uid> STANDARD = Set.copyOf(Uids.storageSopClasses());

  private final Supplier<List<Archive>> sites;
  private final DicomSettings settings;
  private final InstantSource clock;
  private final Consumer<Object> events;
  private final ReentrantLock settling = new ReentrantLock();
  private final Map<Key, Open> open = new HashMap<>();
  private final Set<Key> failed = new HashSet<>();
  private final Set<Archive> watched = new HashSet<>();
  private boolean closed;

  /// A lane of a site.
  private record Key(Archive site, String aeTitle) {}

  private record Open(Lanes.Door door, Acceptor<Peer> acceptor, Thread thread) {}

  private LaneDoors(
      Supplier<List<Archive>> sites,
      DicomSettings settings,
      InstantSource clock,
      Consumer<Object> events) {
    this.sites = sites;
    this.settings = settings;
    this.clock = clock;
    this.events = events;
  }

  /// Every SOP class that a lane may have, one with the worklist's switch; private ones that the
  /// configuration names come beside.
  public static Set<Uid> sopClasses() {
    Set<Uid> all = new HashSet<>(DicomServer.storing(STANDARD).build().sopClasses());
    WORKLIST.forEach(each -> all.add(each.sopClass()));
    return all;
  }

  /// Opens the doors of all lanes there are, of every site, and from then on as they come.
  public static LaneDoors start(
      Archive house, DicomSettings settings, InstantSource clock, Consumer<Object> events) {
    LaneDoors doors =
        new LaneDoors(
            () -> {
              List<Archive> all = new ArrayList<>(house.tenants().all());
              all.addFirst(house);
              return all;
            },
            settings,
            clock,
            events);
    house.tenants().watch(doors::settle);
    doors.settle();
    return doors;
  }

  /// The address of this machine by which another one is reached: where a lane for it listens
  /// unless somebody says otherwise. Nothing is sent.
  static Optional<InetAddress> facing(InetAddress from) {
    try (DatagramSocket asking = new DatagramSocket()) {
      asking.connect(from, NO_PORT);
      InetAddress ours = asking.getLocalAddress();
      return ours.isAnyLocalAddress() ? Optional.empty() : Optional.of(ours);
    } catch (IllegalArgumentException | SocketException | UncheckedIOException _) {
      return Optional.empty();
    }
  }

  /// Whether an interface of this machine has an address.
  private static boolean isOurs(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException _) {
      return false;
    }
  }

  /// What somebody types, with the address that faces the device where none is named.
  ///
  /// @param from and `listen`: IP addresses
  /// @param until a day
  public static LaneTerms.Parsed terms(
      String owner, String from, String listen, String until, boolean worklist) {
    String here = listen.strip();
    if (here.isEmpty()) {
      here =
          LaneTerms.address(from)
              .flatMap(LaneDoors::facing)
              .map(InetAddress::getHostAddress)
              .orElse("");
    }
    LaneTerms.Parsed parsed =
        LaneTerms.parse(new LaneTerms.Typed(owner, from, here, until, worklist));
    return parsed instanceof LaneTerms.Parsed.Terms(var terms) && !isOurs(terms.listen())
        ? new LaneTerms.Parsed.Wrong("This machine has no such address to listen on.")
        : parsed;
  }

  /// Opens what should be open and closes what should not.
  void settle() {
    settling.lock();
    try {
      if (closed) {
        return;
      }
      Map<Key, Lanes.Door> wanted = new HashMap<>();
      for (Archive site : sites.get()) {
        if (watched.add(site)) {
          site.lanes().watch(this::settle);
        }
        site.lanes().doors().forEach(door -> wanted.put(new Key(site, door.aeTitle()), door));
      }
      for (Key key : List.copyOf(open.keySet())) {
        Open there = open.get(key);
        if (there != null && !there.door().equals(wanted.get(key))) {
          open.remove(key);
          there.acceptor().close();
          events.accept(new LaneEvent.LaneClosed(key.aeTitle()));
        }
      }
      failed.retainAll(wanted.keySet());
      wanted.forEach((key, door) -> {
        if (!open.containsKey(key)) {
          open(key, door);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException("a lane can't be closed", e);
    } finally {
      settling.unlock();
    }
  }

  private void open(Key key, Lanes.Door door) {
    try {
      ServerSocket listener = new ServerSocket();
      try {
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(door.listen(), door.port()), BACKLOG);
        Acceptor<Peer> acceptor = acceptor(key, door, listener);
        Thread thread =
            Thread.ofPlatform().name("lane-acceptor").unstarted(() -> run(key, acceptor));
        int port = acceptor.port();
        open.put(
            key,
            new Open(
                new Lanes.Door(door.aeTitle(), door.from(), door.listen(), port, door.worklist()),
                acceptor,
                thread));
        key.site().lanes().listening(key.aeTitle(), port);
        thread.start();
        failed.remove(key);
        events.accept(new LaneEvent.LaneOpened(key.aeTitle(), port));
      } catch (IOException | RuntimeException e) {
        open.remove(key);
        listener.close();
        throw e;
      }
    } catch (IOException e) {
      key.site().lanes().deaf(key.aeTitle());
      if (failed.add(key)) {
        events.accept(new LaneEvent.LaneFailed(key.aeTitle(), e.getClass().getSimpleName()));
      }
    }
  }

  private Acceptor<Peer> acceptor(Key key, Lanes.Door door, ServerSocket listener) {
    Transport plain =
        socket ->
            new Transport.Link(
                socket.getInputStream(), socket.getOutputStream(), List.of(), socket);
    List<Scp> asked = door.worklist() ? WORKLIST : List.of();
    Services.Builder<Peer> services = DicomServer.storing(settings.storage());
    Set<Uid> classes = new HashSet<>();
    for (Scp each : asked) {
      services.operations(each.sopClass(), each.fields(), each.answers());
      classes.add(each.sopClass());
    }
    return new Acceptor<>(
        listener,
        from -> isFrom(key, door, from),
        plain,
        new LaneAdmission(key.site(), key.aeTitle(), settings.storage(), classes),
        services.build(),
        DicomServer.bounds(settings, ASSOCIATIONS_MAX),
        clock,
        event -> told(key, event));
  }

  private static boolean isFrom(Key key, Lanes.Door door, InetAddress from) {
    if (door.from().equals(from)) {
      return true;
    }
    Cases.laneAddress(key.site(), from, key.aeTitle());
    try {
      key.site().lanes().elsewhere(new Origin(Origin.Door.DIMSE, from.getHostAddress()));
    } catch (IOException | UncheckedIOException _) {
      // Nothing can be written: the store says so itself, and nobody was let in.
    }
    return false;
  }

  private void told(Key key, NetEvent event) {
    events.accept(
        event instanceof NetEvent.ConnectionFromOutside
            ? new LaneEvent.LaneKnocked(key.aeTitle())
            : event);
  }

  private void run(Key key, Acceptor<Peer> acceptor) {
    try {
      acceptor.run();
    } catch (IOException e) {
      events.accept(new LaneEvent.LaneFailed(key.aeTitle(), e.getClass().getSimpleName()));
    }
  }

  /// Takes no further association and lets open ones end within their grace.
  @Override
  public void close() throws IOException {
    List<Open> last;
    settling.lock();
    try {
      closed = true;
      last = List.copyOf(open.values());
      open.clear();
    } finally {
      settling.unlock();
    }
    for (Open each : last) {
      each.acceptor().close();
    }
    for (Open each : last) {
      try {
        each.thread().join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
