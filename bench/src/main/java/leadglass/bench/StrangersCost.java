package leadglass.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.testkit.RawScu;

/// What strangers at the DICOM port cost an enrolled device: it stores the same with them and
/// without, by turns, over associations of a few instances each, so that it has to come in again
/// and again.
///
/// @param strangers connections at a time
/// @param threads whether to tell what each thread used
record StrangersCost(
    Program program, Holdings holdings, int strangers, boolean threads, PrintWriter out) {
  private static final int INSTANCES_AN_ASSOCIATION = 10;
  private static final Shape SHAPE = Shape.MR;

  /// One turn.
  ///
  /// @param cpuMillis of the server, without Java's compilers, for each instance that was stored
  private record Turn(
      int started, int completed, double cpuMillis, double perSecond, Meter.Spent spent) {
    double ratio() {
      return (double) completed / started;
    }
  }

  /// @param atATime associations
  /// @param count instances a turn
  void measure(int atATime, int count, int turns) throws IOException, InterruptedException {
    turn(atATime, 3 * count); // so that most of it is compiled
    try (Strangers come = Strangers.come(program.dicomPort(), strangers)) {
      come.settle();
      turn(atATime, count); // what strangers go through is compiled too
    }
    List<Turn> quiet = new ArrayList<>();
    List<Turn> flooded = new ArrayList<>();
    out.println("turn  strangers  connections  started  completed  CPU ms each  per s");
    for (int i = 0; i < turns; i++) {
      boolean first = i % 2 == 0; // whoever comes second gains nothing by it
      if (first) {
        quiet.add(told(i, 0, 0, turn(atATime, count)));
      }
      try (Strangers come = Strangers.come(program.dicomPort(), strangers)) {
        come.settle();
        Turn turn = turn(atATime, count);
        flooded.add(told(i, strangers, come.connected(), turn));
      }
      if (!first) {
        quiet.add(told(i, 0, 0, turn(atATime, count)));
      }
    }
    out.printf(
        Locale.ROOT,
        "medians of %d: CPU ms each %.3f without, %.3f with %d strangers;"
            + " completed/started %.4f and %.4f; per s %.1f and %.1f%n",
        turns,
        median(quiet.stream().map(Turn::cpuMillis).toList()),
        median(flooded.stream().map(Turn::cpuMillis).toList()),
        strangers,
        median(quiet.stream().map(Turn::ratio).toList()),
        median(flooded.stream().map(Turn::ratio).toList()),
        median(quiet.stream().map(Turn::perSecond).toList()),
        median(flooded.stream().map(Turn::perSecond).toList()));
    out.flush();
  }

  private Turn told(int number, int present, int connections, Turn turn) {
    out.printf(
        Locale.ROOT,
        "%4d  %9d  %11d  %7d  %9d  %11.3f  %5.1f%n",
        number + 1,
        present,
        connections,
        turn.started(),
        turn.completed(),
        turn.cpuMillis(),
        turn.perSecond());
    if (threads) {
      out.println(Row.threads(turn.spent(), turn.completed()));
    }
    out.flush();
    return turn;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private Turn turn(int atATime, int count) throws IOException {
    int group = holdings.freshGroup();
    AtomicInteger next = new AtomicInteger();
    AtomicInteger completed = new AtomicInteger();
    Meter meter = Meter.start(program.pid());
    try (ExecutorService threads = Executors.newFixedThreadPool(atATime)) {
      for (int i = 0; i < atATime; i++) {
        threads.execute(() -> {
          for (int from = next.getAndAdd(INSTANCES_AN_ASSOCIATION);
              from < count;
              from = next.getAndAdd(INSTANCES_AN_ASSOCIATION)) {
            store(group, from, Math.min(count, from + INSTANCES_AN_ASSOCIATION), completed);
          }
        });
      }
    }
    Meter.Spent spent = meter.stop();
    return new Turn(
        count,
        completed.get(),
        1000 * Meter.withoutCompilers(spent.threads()) / Math.max(1, completed.get()),
        completed.get() / spent.seconds(),
        spent);
  }

  /// What fails counts as started.
  private void store(int group, int from, int to, AtomicInteger completed) {
    try (RawScu scu =
        RawScu.to(program.dicomPort())
            .tls(program.tls())
            .called(Program.CALLED)
            .calling(Program.CALLING)
            .propose(SHAPE.sopClass(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .open()) {
      int context = scu.context(SHAPE.sopClass(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN);
      for (int i = from; i < to; i++) {
        Naming naming = Storing.naming(group, i);
        byte[] dataSet = DataSets.whole(SHAPE, naming, i % 16);
        if (scu.store(context, SHAPE.sopClass(), naming.sopInstanceUid(), dataSet).status() == 0) {
          completed.incrementAndGet();
        }
      }
      scu.release();
    } catch (IOException e) {
      out.println("an association failed: " + e.getMessage());
    }
  }
}
