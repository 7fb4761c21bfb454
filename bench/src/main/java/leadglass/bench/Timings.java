package leadglass.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/// How often methods of a server ran and how long, by Java's own method timing (JEP 520). Each call
/// costs the server some ten nanoseconds more.
///
/// @param pid of a server started with [#flag]
/// @param folder where recordings may lie for a moment
record Timings(long pid, Path folder) {

  /// @param calls so far
  /// @param nanos by the clock, of all calls together
  record Time(long calls, long nanos) {
    static final Time NONE = new Time(0, 0);

    Time since(Time before) {
      return new Time(calls - before.calls, nanos - before.nanos);
    }
  }

  /// What the server's Java has to be told.
  ///
  /// @param methods `package.Class::method`
  static List<String> flag(List<String> methods) {
    return List.of(
        "-XX:StartFlightRecording:method-timing=" + String.join(";", methods), "-Xlog:jfr*=off");
  }

  /// All calls since the server began, by `Class.method`; methods of the same name together.
  Map<String, Time> all() throws IOException, InterruptedException {
    Path file = Files.createTempFile(folder, "timing", ".jfr");
    try {
      dump(file);
      // What a later part of a recording says of a method holds all calls before it.
      Map<String, Map<String, Time>> latest = new HashMap<>();
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        if (event.getEventType().getName().equals("jdk.MethodTiming")) {
          RecordedMethod method = event.getValue("method");
          String type = method.getType().getName();
          String name = type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
          long calls = event.getLong("invocations");
          long each = calls == 0 ? 0 : event.getDuration("average").toNanos();
          latest
              .computeIfAbsent(name, _ -> new HashMap<>())
              .merge(
                  method.getDescriptor(),
                  new Time(calls, calls * each),
                  (a, b) -> a.calls() > b.calls() ? a : b);
        }
      }
      Map<String, Time> all = new HashMap<>();
      latest.forEach((name, each) ->
          all.put(
              name,
              each.values().stream()
                  .reduce(
                      Time.NONE,
                      (a, b) -> new Time(a.calls() + b.calls(), a.nanos() + b.nanos()))));
      return all;
    } finally {
      Files.delete(file);
    }
  }

  private void dump(Path file) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "JFR.dump",
                "filename=" + file)
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0 || Files.size(file) == 0) {
      throw new IOException("no recording: " + said.strip());
    }
  }
}
