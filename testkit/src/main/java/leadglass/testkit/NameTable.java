package leadglass.testkit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Names that nobody bears, and how common each is: the share of the name at rank r falls with the
/// root of r. The commonest is three times as common as the commonest full names of real people, so
/// that an attack that does nothing but guess is as good here as it gets.
///
/// @param names `FAMILY^GIVEN`, the commonest first
/// @param shares of the names, in the same order; they add up to 1
public record NameTable(List<String> names, List<Double> shares) {
  private static final String[] ONSETS = {
    "b", "br", "d", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "v", ""
  };
  private static final String[] CORES = {"a", "e", "i", "o", "u", "ai", "ei", "ou", "ä", "ö"};
  private static final String[] ENDS = {"", "n", "r", "s", "l", "nd", "rt", "nn"};
  private static final double FALL = 0.5;

  /// So many names, the same for the same seed.
  public static NameTable of(int names, long seed) {
    Random random = new Random(seed);
    Set<String> all = new LinkedHashSet<>();
    while (all.size() < names) {
      all.add(part(random, 1 + random.nextInt(4)) + "^" + part(random, 1 + random.nextInt(3)));
    }
    List<Double> weights = new ArrayList<>();
    double sum = 0;
    for (int rank = 1; rank <= names; rank++) {
      double weight = Math.pow(rank, -FALL);
      weights.add(weight);
      sum += weight;
    }
    double whole = sum;
    return new NameTable(List.copyOf(all), weights.stream().map(w -> w / whole).toList());
  }

  private static String part(Random random, int syllables) {
    StringBuilder part = new StringBuilder();
    for (int i = 0; i <= syllables; i++) {
      part.append(ONSETS[random.nextInt(ONSETS.length)]).append(CORES[random.nextInt(10)]);
    }
    part.append(ENDS[random.nextInt(ENDS.length)]);
    return part.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + part.substring(1);
  }

  /// A name drawn as people bear them.
  public String drawn(Random random) {
    double at = random.nextDouble();
    for (int i = 0; i < names.size() - 1; i++) {
      at -= shares.get(i);
      if (at < 0) {
        return names.get(i);
      }
    }
    return names.getLast();
  }

  /// What always naming the commonest gets right.
  public double chance() {
    return shares.getFirst();
  }
}
