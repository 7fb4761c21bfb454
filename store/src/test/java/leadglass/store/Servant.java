package leadglass.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leadglass.store.pack.FileDisk;

/// A process that opens a store and does the acts it reads, each on a thread of its own: `WARD ACT`
/// a line. Says `WARD REPLY` of each when it is done, and not before. Meant to be killed.
final class Servant {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Servant() {}

  public static void main(String[] arguments) throws IOException {
    Grounds grounds = new Grounds(Path.of(arguments[0]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    TestVolume volume = new TestVolume();
    try (Store store =
        grounds.open(
            Integer.parseInt(arguments[1]), volume, FileDisk::new, step -> say("step " + step))) {
      SiteId site = Grounds.site(store);
      SafePlace place = grounds.safePlace();
      Actor actor = new Actor(store, site, volume, () -> place.order(place.to()));
      say("ready " + site.value());
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (String line = in.readLine(); line != null && !line.equals("end"); ) {
          String asked = line;
          var _ = threads.submit(() -> perform(actor, asked));
          line = in.readLine();
        }
      }
    }
    say("closed -");
  }

  private static void perform(Actor actor, String line) {
    int space = line.indexOf(' ');
    String ward = line.substring(0, space);
    try {
      say(ward + " " + actor.perform(Act.of(line.substring(space + 1))).line());
    } catch (IOException | RuntimeException | Error e) {
      say("failed " + ward + " " + Tally.causes(e));
    }
  }

  private static synchronized void say(String line) {
    OUT.println(line);
  }
}
