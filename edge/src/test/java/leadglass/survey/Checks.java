package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leadglass.survey.scope.Ruling;
import leadglass.survey.scope.Scope;

/// Checks of this machine, as tests make them.
public final class Checks {
  /// Without a pause, and with less patience than a network needs.
  public static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ZERO,
          Limits.USUAL.connectionsMax(),
          Limits.USUAL.bytesMax(),
          Limits.USUAL.rowsMax(),
          1000);

  private Checks() {}

  /// @param doors such as `11112/dicom`
  public static HostReport of(Declared declared, String... doors) {
    return of(LIMITS, declared, doors);
  }

  /// Likewise, with patience of one's own.
  public static HostReport of(Limits limits, Declared declared, String... doors) {
    return of(Optional.empty(), limits, declared, doors);
  }

  /// This machine, as if it were given by that name.
  public static HostReport named(String name, String... doors) {
    return of(Optional.of(name), LIMITS, Declared.NOTHING, doors);
  }

  private static HostReport of(
      Optional<String> name, Limits limits, Declared declared, String... doors) {
    InetAddress address = InetAddress.getLoopbackAddress();
    if (!(Scope.named(address, name, Optional.empty()) instanceof Ruling.Allowed allowed)) {
      throw new AssertionError("loopback is always allowed");
    }
    List<Door> parsed = Stream.of(doors).map(each -> Door.parse(each).orElseThrow()).toList();
    return of(limits, declared, new Target("localhost", allowed.approved(), parsed, "", "", ""));
  }

  /// Of a target of one's own.
  static HostReport of(Target target) {
    return of(LIMITS, Declared.NOTHING, target);
  }

  private static HostReport of(Limits limits, Declared declared, Target target) {
    Probes probes = Probes.own();
    HostReport report =
        new Checker(probes, limits, declared, new SecureRandom(), InstantSource.system())
            .check(target);
    report.doors().stream()
        .flatMap(each -> each.findings().stream())
        .forEach(each -> assertThat(known(probes, each.probe())).contains(each.decision()));
    return report;
  }

  /// What a probe says that it may decide, and what any may.
  private static Set<Decision> known(Probes probes, String probe) {
    return Stream.concat(
            DoorDecisions.all().stream(),
            probes.all().stream()
                .filter(each -> each.name().equals(probe))
                .flatMap(each -> each.decisions().stream()))
        .collect(Collectors.toSet());
  }

  /// The decision of a probe, by its id.
  public static String decision(HostReport report, String probe) {
    return report.doors().stream()
        .flatMap(each -> each.findings().stream())
        .filter(each -> each.probe().equals(probe))
        .map(each -> each.decision().id())
        .reduce((one, other) -> one + "," + other)
        .orElse("(not asked)");
  }
}
