package leadglass.survey.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.Text;
import leadglass.survey.wire.WireFault;

/// An rsync daemon: which modules it lists, and whether it would serve one of them to a stranger.
/// The line is closed on "@RSYNCD: OK", before any file is listed. Names are asked back and zeroed.
final class RsyncProbe implements Probe {
  private static final Decision OPEN =
      Decision.open(Level.OPEN, "open-module", "serves a module's files to anyone who connects");
  private static final Decision LISTS =
      Decision.open(
          Level.EXPOSED,
          "lists-modules",
          "tells anyone the names of its modules; those asked for are not served to a stranger");
  private static final Decision NONE =
      Decision.closed("no-modules", "lists no module to a stranger; no name was guessed");
  private static final Decision REFUSES =
      Decision.closed("refuses", "refuses a stranger before any module");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "accepts-anything", "serves even a module that does not exist: a look-alike");
  private static final Decision OTHER =
      Decision.cantTell("not-rsync", "what it answers is not an rsync daemon");
  private static final String GREETING = "@RSYNCD: ";
  private static final int LINE_BYTES_MAX = 4096;
  private static final int LINES_MAX = 1000;
  private static final int MODULES_MAX = 8;
  private static final int NAME_BYTES_MAX = 255;

  @Override
  public String name() {
    return "rsync-modules";
  }

  @Override
  public String title() {
    return "Serves files by rsync (module list)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.RSYNC);
  }

  @Override
  public List<Decision> decisions() {
    return List.of(OPEN, LISTS, NONE, REFUSES, ANYTHING, OTHER);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    List<byte[]> modules = new ArrayList<>();
    try {
      return List.of(new Finding(name(), decision(visit, modules)));
    } finally {
      modules.forEach(each -> Arrays.fill(each, (byte) 0));
    }
  }

  private static Decision decision(Visit visit, List<byte[]> modules) throws IOException {
    Answer listed;
    try (Line line = visit.open()) {
      listed = asked(line, "#list".getBytes(StandardCharsets.US_ASCII), modules);
    }
    if (listed == Answer.OTHER || listed == Answer.SERVES) {
      return OTHER;
    }
    boolean real = false;
    for (byte[] module : modules) {
      try (Line line = visit.open()) {
        switch (asked(line, module, new ArrayList<>())) {
          case SERVES -> {
            return nonsenseRefused(visit) ? OPEN : ANYTHING;
          }
          case ASKS_PASSWORD, REFUSES -> real = true;
          // What looked like a module was a line of the greeting.
          case OTHER, ENDS -> {}
        }
      }
    }
    return real ? LISTS : listed == Answer.REFUSES ? REFUSES : NONE;
  }

  private static boolean nonsenseRefused(Visit visit) throws IOException {
    byte[] nonsense = visit.unknownTitle().getBytes(StandardCharsets.US_ASCII);
    try (Line line = visit.open()) {
      return asked(line, nonsense, new ArrayList<>()) != Answer.SERVES;
    }
  }

  private enum Answer {
    SERVES,
    ASKS_PASSWORD,
    REFUSES,
    ENDS,
    OTHER
  }

  /// Greets, asks, and reads until the daemon has decided.
  private static Answer asked(Line line, byte[] module, List<byte[]> modules) throws IOException {
    try (Text greeting = Text.read(line, LINE_BYTES_MAX)) {
      if (greeting.startsWith("@ERROR")) {
        return Answer.REFUSES;
      }
      if (!greeting.startsWith(GREETING)) {
        return Answer.OTHER;
      }
    }
    byte[] question = Arrays.copyOf(module, module.length + 1);
    question[module.length] = '\n';
    line.write((GREETING + "31.0\n").getBytes(StandardCharsets.US_ASCII));
    line.write(question);
    Arrays.fill(question, (byte) 0);
    for (int i = 0; i < LINES_MAX; i++) {
      try (Text text = Text.read(line, LINE_BYTES_MAX)) {
        if (text.startsWith("@RSYNCD: OK")) {
          return Answer.SERVES;
        } else if (text.startsWith("@RSYNCD: AUTHREQD")) {
          return Answer.ASKS_PASSWORD;
        } else if (text.startsWith("@RSYNCD: EXIT")) {
          return Answer.ENDS;
        } else if (text.startsWith("@ERROR: Unknown module")) {
          return Answer.OTHER;
        } else if (text.startsWith("@ERROR")) {
          return Answer.REFUSES;
        }
        noteModule(text, modules);
      }
    }
    throw new WireFault(WireFault.Kind.TOO_MUCH);
  }

  /// A module is a name, padded, a tab and a comment; a message of the day seldom has a tab.
  private static void noteModule(Text text, List<byte[]> modules) {
    int end = text.indexOf('\t');
    while (end > 0 && text.at(end - 1) == ' ') {
      end--;
    }
    if (end > 0 && end <= NAME_BYTES_MAX && text.at(0) != '#' && modules.size() < MODULES_MAX) {
      modules.add(text.start(end));
    }
  }
}
