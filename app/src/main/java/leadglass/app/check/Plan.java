package leadglass.app.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.survey.Target;
import leadglass.survey.list.Result;
import leadglass.survey.list.Wanted;
import leadglass.survey.scope.Attestation;
import leadglass.survey.scope.Range;
import leadglass.survey.scope.Ruling;
import leadglass.survey.scope.Scope;

/// What will be looked at, and what will not and why.
public record Plan(List<Target> targets, List<Result> notAsked, List<String> hints) {
  public Plan {
    targets = List.copyOf(targets);
    notAsked = List.copyOf(notAsked);
    hints = List.copyOf(hints);
  }

  /// Proves that somebody controls an address, in the ways that need more than its bits.
  public interface Prover {
    /// @param wanted whose `proof` says how
    /// @return empty if it gives none: then the address itself decides
    Optional<Ruling> prove(Wanted wanted, InetAddress address, Optional<String> name);
  }

  /// @param by who answers for private addresses
  public static Plan of(List<Wanted> all, Optional<Attestation> by, Prover prover, Instant now) {
    Making making = new Making(by, prover, now);
    all.forEach(making::add);
    return new Plan(making.targets, making.notAsked, making.hints.stream().distinct().toList());
  }

  private static final class Making {
    private final Optional<Attestation> by;
    private final Prover prover;
    private final Instant now;
    private final List<Target> targets = new ArrayList<>();
    private final List<Result> notAsked = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();

    Making(Optional<Attestation> by, Prover prover, Instant now) {
      this.by = by;
      this.prover = prover;
      this.now = now;
    }

    void add(Wanted wanted) {
      if (Range.isRange(wanted.host())) {
        range(wanted);
        return;
      }
      Optional<InetAddress> literal = literal(wanted.host());
      if (literal.isPresent()) {
        one(wanted, literal.get(), Optional.empty());
        return;
      }
      try {
        // One answer, asked for once: what a name says later takes nobody elsewhere.
        one(wanted, InetAddress.getByName(wanted.host()), Optional.of(wanted.host()));
      } catch (UnknownHostException _) {
        not(wanted, "the name says no address", "check the name, or give the address");
      }
    }

    private static Optional<InetAddress> literal(String host) {
      try {
        return Optional.of(InetAddress.ofLiteral(host));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }

    private void range(Wanted wanted) {
      Optional<List<InetAddress>> addresses = Range.addresses(wanted.host());
      if (addresses.isEmpty()) {
        not(
            wanted,
            "only a private /24 that this machine is in is looked through",
            "name the hosts one by one");
        return;
      }
      for (InetAddress each : addresses.get()) {
        one(
            new Wanted(
                wanted.line(),
                each.getHostAddress(),
                wanted.doors(),
                wanted.owner(),
                wanted.country(),
                wanted.responsible(),
                wanted.proof()),
            each,
            Optional.empty());
      }
    }

    private void one(Wanted wanted, InetAddress address, Optional<String> name) {
      Ruling ruling =
          prover.prove(wanted, address, name).orElseGet(() -> Scope.named(address, name, by));
      switch (ruling) {
        case Ruling.Allowed allowed ->
            targets.add(
                new Target(
                    wanted.host(),
                    allowed.approved(),
                    wanted.doors(),
                    wanted.owner(),
                    wanted.country(),
                    wanted.responsible()));
        case Ruling.NotAsked not -> not(wanted, not.why(), not.hint());
      }
    }

    private void not(Wanted wanted, String why, String hint) {
      notAsked.add(Result.notAsked(wanted, why, now));
      hints.add(hint);
    }
  }
}
