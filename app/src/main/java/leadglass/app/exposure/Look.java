package leadglass.app.exposure;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import leadglass.archive.Archive;
import leadglass.archive.ExposureCheck;
import leadglass.survey.Checker;
import leadglass.survey.Decision;
import leadglass.survey.Declared;
import leadglass.survey.DoorReport;
import leadglass.survey.Finding;
import leadglass.survey.HostReport;
import leadglass.survey.Limits;
import leadglass.survey.Probes;
import leadglass.survey.Service;
import leadglass.survey.Target;
import leadglass.survey.scope.Approved;
import leadglass.survey.scope.Ruling;
import leadglass.survey.scope.Scope;
import org.jspecify.annotations.Nullable;

/// One look at every listener, from this machine.
final class Look {
  static final String INSIDE = "inside";
  private static final Decision NOT_ASKED =
      Decision.cantTell("not-asked", "listens on an address that no interface has any more");

  private final Listeners listeners;
  private final RandomGenerator random;
  private final InstantSource clock;

  /// @param random for what can't exist
  Look(Listeners listeners, RandomGenerator random, InstantSource clock) {
    this.listeners = listeners;
    this.random = random;
    this.clock = clock;
  }

  /// What was found so far.
  private static final class Found {
    private final List<DoorReport> reports = new ArrayList<>();
    private final List<ExposureCheck.Door> doors = new ArrayList<>();
    private int connections;
    private long bytes;
    private @Nullable Target any;
  }

  /// @param stopped asked before each listener
  ExposureCheck all(BooleanSupplier stopped) {
    Instant began = clock.instant();
    Probes probes = Probes.own();
    Checker checker = new Checker(probes, Limits.USUAL, Declared.NOTHING, random, clock);
    List<Listener> all = listeners.all();
    Found found = new Found();
    List<Archive> sites = listeners.sites();
    Set<String> own = own(all);
    sites.forEach(site -> site.doctor().looking(own));
    try {
      for (Listener each : all) {
        if (stopped.getAsBoolean()) {
          throw new IllegalStateException("stopped");
        }
        at(each, checker, found);
      }
    } finally {
      sites.forEach(site -> site.doctor().looked());
    }
    Duration took = Duration.between(began, clock.instant());
    HostReport whole =
        new HostReport(any(found), began, took, found.reports, found.bytes, found.connections);
    return new ExposureCheck(
        began.toEpochMilli(),
        took.toMillis(),
        INSIDE,
        whole.grade().letter(),
        whole.worst().number(),
        found.connections,
        found.bytes,
        probes.hash(),
        found.doors);
  }

  private static Target any(Found found) {
    if (found.any == null) {
      throw new IllegalStateException("no listener could be asked");
    }
    return found.any;
  }

  /// By which a door sees us come: its own, or this machine's to all of its loopback ones.
  private static Set<String> own(List<Listener> all) {
    Set<String> own = new HashSet<>();
    own.add(InetAddress.getLoopbackAddress().getHostAddress());
    all.forEach(each -> own.add(each.address().getHostAddress()));
    return own;
  }

  private void at(Listener listener, Checker checker, Found found) {
    DoorReport report = listener.asked() ? knocked(listener, checker, found) : known(listener);
    List<Finding> findings = new ArrayList<>(report.findings());
    listener.known().ifPresent(findings::add);
    DoorReport whole = new DoorReport(report.door(), report.service(), findings);
    found.reports.add(whole);
    found.doors.add(
        new ExposureCheck.Door(
            listener.name(),
            whole.door().port(),
            whole.service().word(),
            whole.door().named(),
            whole.findings().stream().map(Look::finding).toList()));
  }

  private static DoorReport known(Listener listener) {
    return new DoorReport(listener.door(), listener.door().hint().orElseThrow(), List.of());
  }

  private static DoorReport knocked(Listener listener, Checker checker, Found found) {
    return switch (Scope.own(listener.address(), listener.host())) {
      case Ruling.Allowed(var approved) -> asked(listener, approved, checker, found);
      case Ruling.NotAsked _ ->
          new DoorReport(listener.door(), Service.UNKNOWN, List.of(new Finding("door", NOT_ASKED)));
    };
  }

  private static DoorReport asked(
      Listener listener, Approved approved, Checker checker, Found found) {
    Target target = new Target(listener.name(), approved, List.of(listener.door()), "", "", "");
    HostReport report = checker.check(target);
    found.any = target;
    found.connections += report.connections();
    found.bytes += report.bytesReceived();
    return report.doors().getFirst();
  }

  private static ExposureCheck.Finding finding(Finding finding) {
    Decision decision = finding.decision();
    return new ExposureCheck.Finding(
        finding.probe(),
        decision.id(),
        decision.verdict().words(),
        decision.level().number(),
        decision.words());
  }
}
