package leadglass.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Somebody with a stolen index, a table of how common names are, and studies of their own choosing
/// among those in it. Whatever is in clear about a study is a number: a count, a size, the length
/// of a sealed value. The thief learns from their own studies which numbers come with names of
/// which length, and gives every other study the likeliest name.
///
/// Confined to one thread.
public final class Thief {
  private static final double UNSEEN = 1e-3;

  private final NameTable table;

  /// By length of a name in bytes: the commonest of that length.
  private final Map<Integer, Integer> commonest = new HashMap<>();

  /// By length of a name: how often each number was seen at each place.
  private final Map<Integer, List<Map<Long, Integer>>> seen = new HashMap<>();

  private final Map<Integer, Integer> studies = new HashMap<>();
  private final List<Set<Long>> all = new ArrayList<>();

  public Thief(NameTable table) {
    this.table = table;
    for (int rank = 0; rank < table.names().size(); rank++) {
      commonest.putIfAbsent(length(table.names().get(rank)), rank);
    }
  }

  private static int length(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /// Names for `count` studies of the thief's own: every length there is, equally often.
  public List<String> chosen(int count, Random random) {
    List<String> names = new ArrayList<>();
    List<Integer> lengths = commonest.keySet().stream().sorted().toList();
    for (int i = 0; i < count; i++) {
      int wanted = lengths.get(i % lengths.size());
      String base = table.names().get(commonest.getOrDefault(wanted, 0));
      // Another name of the same length, since patients differ.
      char[] letters = base.toCharArray();
      for (int at = 1; at < letters.length; at++) {
        if (letters[at] >= 'a' && letters[at] <= 'z') {
          letters[at] = (char) ('a' + random.nextInt(26));
        }
      }
      names.add(new String(letters));
    }
    return names;
  }

  /// Takes in what is in clear about a study of the thief's own.
  public void learn(String name, List<Long> clear) {
    int length = length(name);
    List<Map<Long, Integer>> places = seen.computeIfAbsent(length, l -> new ArrayList<>());
    for (int place = 0; place < clear.size(); place++) {
      while (places.size() <= place) {
        places.add(new HashMap<>());
      }
      while (all.size() <= place) {
        all.add(new HashSet<>());
      }
      places.get(place).merge(clear.get(place), 1, Integer::sum);
      all.get(place).add(clear.get(place));
    }
    studies.merge(length, 1, Integer::sum);
  }

  /// The likeliest name of a study of somebody else.
  public String named(List<Long> clear) {
    double best = Double.NEGATIVE_INFINITY;
    int rank = 0;
    for (Map.Entry<Integer, Integer> each : commonest.entrySet()) {
      double likely = Math.log(table.shares().get(each.getValue())) + fit(each.getKey(), clear);
      if (likely > best) {
        best = likely;
        rank = each.getValue();
      }
    }
    return table.names().get(rank);
  }

  /// How well the numbers fit names of a length.
  private double fit(int length, List<Long> clear) {
    List<Map<Long, Integer>> places = seen.getOrDefault(length, List.of());
    int count = studies.getOrDefault(length, 0);
    double sum = 0;
    for (int place = 0; place < clear.size() && place < all.size(); place++) {
      if (all.get(place).contains(clear.get(place))) { // else it tells lengths apart in no way
        int times = place < places.size() ? places.get(place).getOrDefault(clear.get(place), 0) : 0;
        sum += Math.log((times + UNSEEN) / (count + 1));
      }
    }
    return sum;
  }
}
