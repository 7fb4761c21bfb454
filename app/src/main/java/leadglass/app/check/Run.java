package leadglass.app.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import leadglass.survey.Checker;
import leadglass.survey.Declared;
import leadglass.survey.Limits;
import leadglass.survey.Probes;
import leadglass.survey.Survey;
import leadglass.survey.Target;
import leadglass.survey.list.Ledger;
import leadglass.survey.list.Result;

/// Carries a plan out.
///
/// @param hostsAtOnce looked at side by side
/// @param ledger where results go as they come, and what stands there is not asked again
public record Run(
    Probes probes,
    Limits limits,
    Declared declared,
    int hostsAtOnce,
    RandomGenerator random,
    InstantSource clock,
    Optional<Ledger> ledger) {

  /// @param each told of each new result and how many are done
  /// @return all results, those that stood in the ledger included
  public List<Result> carryOut(Plan plan, BooleanSupplier stopped, BiConsumer<Result, Integer> each)
      throws InterruptedException, IOException {
    Set<String> wanted = new HashSet<>();
    plan.targets().forEach(target -> wanted.add(key(target)));
    plan.notAsked().forEach(result -> wanted.add(result.key()));
    List<Result> results = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (Result before : ledger.map(Ledger::found).orElse(List.of())) {
      if (wanted.contains(before.key()) && before.asked() && done.add(before.key())) {
        results.add(before);
      }
    }
    for (Result not : plan.notAsked()) {
      results.add(not);
    }
    List<Target> left =
        plan.targets().stream().filter(target -> !done.contains(key(target))).toList();
    Checker checker = new Checker(probes, limits, declared, random, clock);
    try {
      new Survey(checker, hostsAtOnce)
          .run(
              left,
              stopped,
              report -> {
                Result result = Result.of(report);
                results.add(result);
                keep(result);
                each.accept(result, results.size());
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return results;
  }

  private void keep(Result result) {
    ledger.ifPresent(file -> {
      try {
        file.add(result);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static String key(Target target) {
    return target.given() + " " + Result.ports(target.doors());
  }

  /// How long it takes at least, if every host answers at once.
  public static Duration atLeast(int hosts, int doors, Limits limits, int hostsAtOnce) {
    long rounds = (hosts + hostsAtOnce - 1L) / hostsAtOnce;
    return limits.pause().multipliedBy(rounds * doors);
  }
}
