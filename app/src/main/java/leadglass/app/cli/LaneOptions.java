package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import leadglass.app.console.Reply;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// A lane in the place of a certificate: for a device without TLS.
final class LaneOptions {
  @Option(
      names = "--lane",
      description =
          "Opens a lane, for a device that has no TLS: it may store and nothing else, not"
              + " encrypted, from one address, until a day.")
  private boolean lane;

  @Option(
      names = "--from",
      paramLabel = "IP",
      description = "Of a lane: the one address the device comes from, in a private range.")
  private String from = "";

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "Of a lane: its last day, at most 12 months from now.")
  private String until = "";

  @Option(
      names = "--listen",
      paramLabel = "IP",
      description =
          "Of a lane: the private address of this machine where it listens. Default: the one that"
              + " faces the device.")
  private String listen = "";

  @Option(
      names = "--worklist",
      description = "Of a lane: the device may ask for the worklist of its own station too.")
  private boolean worklist;

  LaneOptions() {}

  boolean asked() {
    return lane;
  }

  Map<String, String> words(String ae, String owner) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("ae", ae);
    words.put("owner", owner);
    words.put("from", from);
    words.put("until", until);
    words.put("listen", listen);
    words.put("worklist", worklist ? "yes" : "");
    return words;
  }

  /// What came of it.
  void print(CommandSpec spec, Reply reply) {
    show(spec.commandLine().getOut(), reply);
    spec.commandLine()
        .getErr()
        .println(
            reply.values().get("lane")
                + " has a lane. What goes over it is not encrypted, and nothing proves who sends:"
                + " its images say so until a technologist confirms them.");
  }

  /// What is typed at the device.
  static void show(PrintWriter out, Reply reply) {
    Map<String, Object> lane = reply.values();
    String port = String.valueOf(lane.get("port"));
    out.println("device's own AE title  " + lane.get("lane"));
    out.println("called AE title        " + lane.get("called"));
    out.println("host                   " + lane.get("listen"));
    out.println(
        "port                   " + (port.equals("0") ? "chosen when the archive serves" : port));
    out.println("it comes from          " + lane.get("from"));
    out.println("last day               " + lane.get("until"));
    out.println("may                    " + lane.get("may"));
    out.println("answers for it         " + lane.get("owner"));
    out.println("state                  " + lane.get("state"));
  }
}
