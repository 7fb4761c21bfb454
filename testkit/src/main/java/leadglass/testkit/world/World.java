package leadglass.testkit.world;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Thousands of small servers on loopback addresses of their own, to be surveyed.
///
/// In its folder it writes `targets.csv` for whoever surveys, `truth.tsv` and the canaries for
/// whoever judges that, and at the end `visits.tsv`: what strangers did.
public final class World implements Closeable {
  private static final byte[] TRAPPED =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final Plan plan;
  private final Papers papers;
  private final Listeners listeners = new Listeners();
  private final Map<String, AtomicInteger> trapped = new LinkedHashMap<>();

  private World(Plan plan, Papers papers) {
    this.plan = plan;
    this.papers = papers;
  }

  /// Prints `ready` when all hosts are there, and ends when its standard input does.
  public static void main(String... arguments) throws IOException {
    try (World _ = open(Census.of(arguments), Census.folder(arguments))) {
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Whatever is said, only the end counts.
      }
    }
  }

  /// All listen, and the files are written.
  public static World open(Census census, Path folder) throws IOException {
    Files.createDirectories(folder);
    World world = new World(Plan.of(census), new Papers(folder));
    try {
      List<String> traps = world.openTraps();
      List<Papers.OpenDoor> doors = world.openHosts(traps);
      world.papers.truth(world.plan.hosts());
      world.papers.canaries(world.plan.hosts(), world.plan.certificates().subjects());
      world.papers.targets(doors, census.seed());
      return world;
    } catch (IOException e) {
      world.listeners.close();
      throw e;
    }
  }

  private List<String> openTraps() throws IOException {
    List<String> traps = new ArrayList<>();
    for (String address : plan.traps()) {
      AtomicInteger count = new AtomicInteger();
      trapped.put(address, count);
      Behaviour behaviour =
          socket -> {
            socket.getOutputStream().write(TRAPPED);
            Sockets.farewell(socket);
          };
      int port = listeners.open(address, new Door.Serves(behaviour), count::incrementAndGet);
      traps.add(address + ":" + port);
    }
    return traps;
  }

  /// All at a time: those that never answer take a third of a second to be sure of it.
  private List<Papers.OpenDoor> openHosts(List<String> traps) throws IOException {
    List<Callable<List<Papers.OpenDoor>>> tasks = new ArrayList<>();
    for (Host host : plan.hosts()) {
      Doors doors = new Doors(host, plan.certificates(), traps.get(host.number() % traps.size()));
      tasks.add(() -> openDoors(host, doors));
    }
    List<Papers.OpenDoor> all = new ArrayList<>();
    try (ExecutorService scope = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<Papers.OpenDoor>> each : scope.invokeAll(tasks)) {
        all.addAll(each.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IOException("a host can't be opened", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private List<Papers.OpenDoor> openDoors(Host host, Doors doors) throws IOException {
    List<Papers.OpenDoor> open = new ArrayList<>();
    for (Door door : doors.all()) {
      int port = listeners.open(host.address(), door.means(), host.visits()::connected);
      open.add(new Papers.OpenDoor(host, port, door.service()));
    }
    return open;
  }

  /// All is closed, and `visits.tsv` is written.
  @Override
  public void close() throws IOException {
    listeners.close();
    Map<String, Integer> traps = new LinkedHashMap<>();
    trapped.forEach((address, count) -> traps.put(address, count.get()));
    papers.visits(plan.hosts(), traps);
  }
}
