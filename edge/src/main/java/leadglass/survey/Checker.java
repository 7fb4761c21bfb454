package leadglass.survey;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import leadglass.survey.wire.WireFault;

/// Looks at one host: door after door, probe after probe, one connection at a time. Safe for many
/// threads, each with a host of its own.
public final class Checker {
  /// Stands for the door itself where no probe could ask.
  static final String DOOR = "door";

  private final List<Probe> probes;
  private final Limits limits;
  private final Declared declared;
  private final RandomGenerator random;
  private final InstantSource clock;

  /// @param random for what can't exist; safe for many threads
  public Checker(
      Probes probes,
      Limits limits,
      Declared declared,
      RandomGenerator random,
      InstantSource clock) {
    this.probes = probes.all();
    this.limits = limits;
    this.declared = declared;
    this.random = random;
    this.clock = clock;
  }

  /// Looks at all of a host's doors.
  public HostReport check(Target target) {
    Instant began = clock.instant();
    Round round = new Round(target.approved(), limits, declared, random, clock);
    List<Looked> looked = new ArrayList<>();
    for (Door door : target.doors().isEmpty() ? usual() : target.doors()) {
      looked.add(look(round, door));
    }
    return new HostReport(
        target,
        began,
        Duration.between(began, clock.instant()),
        looked.stream().map(each -> each.report(round.answered())).toList(),
        round.meter().received(),
        round.meter().connections());
  }

  private static List<Door> usual() {
    return Service.usualPorts().stream()
        .map(port -> new Door(port, Optional.empty(), false))
        .toList();
  }

  /// A door, and why nothing could be asked; that waits until it is known whether the host is up.
  private record Looked(
      Door door, Service service, Optional<WireFault.Kind> fault, List<Finding> findings) {
    DoorReport report(boolean hostIsUp) {
      List<Finding> all = new ArrayList<>(findings);
      fault
          .map(kind -> new Finding(DOOR, DoorDecisions.of(kind, hostIsUp)))
          .ifPresent(all::addFirst);
      return new DoorReport(door, service, all);
    }
  }

  private Looked look(Round round, Door door) {
    long before = round.meter().received();
    Recognition.Recognised recognised;
    try {
      recognised = Recognition.of(round, door);
    } catch (IOException _) {
      return new Looked(
          door, Service.UNKNOWN, Optional.of(WireFault.Kind.NOT_THE_PROTOCOL), List.of());
    } catch (RuntimeException _) {
      return new Looked(
          door,
          Service.UNKNOWN,
          Optional.empty(),
          List.of(new Finding(DOOR, DoorDecisions.CHECK_FAILED)));
    }
    Visit visit = recognised.visit();
    recognised.fault().ifPresent(visit::note);
    List<Finding> findings = new ArrayList<>();
    for (Probe probe : probes) {
      boolean asks = recognised.fault().map(probe::asksDespite).orElse(true);
      if (asks && probe.services().contains(visit.service())) {
        ask(probe, visit, round, findings, before);
        before = round.meter().received();
      }
    }
    Optional<WireFault.Kind> fault = recognised.fault();
    if (fault.isEmpty() && findings.isEmpty()) {
      fault = Optional.of(WireFault.Kind.NOT_THE_PROTOCOL);
    }
    return new Looked(door, visit.service(), fault, findings);
  }

  private static void ask(
      Probe probe, Visit visit, Round round, List<Finding> findings, long before) {
    List<Finding> found;
    try {
      found = probe.ask(visit);
      round.went();
    } catch (WireFault e) {
      round.ended(e.kind());
      found = List.of(new Finding(probe.name(), DoorDecisions.during(e.kind())));
    } catch (IOException _) {
      found =
          List.of(new Finding(probe.name(), DoorDecisions.during(WireFault.Kind.NOT_THE_PROTOCOL)));
    } catch (RuntimeException _) {
      // A fault of ours that an answer brought out must not take the host out of the report; its
      // message might quote the answer.
      found = List.of(new Finding(probe.name(), DoorDecisions.CHECK_FAILED));
    }
    long bytes = round.meter().received() - before;
    for (Finding each : found) {
      findings.add((round.declared().estimateImages() ? each.estimated() : each).received(bytes));
      bytes = 0;
    }
  }
}
