package leadglass.testkit.world;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// How large a world is to be, and from which seed.
///
/// @param hosts of all kinds
/// @param open of them
/// @param openUs of the open ones, in the United States
/// @param countries the hosts are in; up to 52
/// @param declared AE titles that whoever surveys may call though they don't look random
public record Census(
    long seed, int hosts, int open, int openUs, int countries, Set<String> declared) {
  static final int COUNTRIES_MAX = 52;

  public Census {
    declared = Set.copyOf(declared);
    if (hosts < 1 || open < 0 || open > hosts || openUs < 0 || openUs > open) {
      throw new IllegalArgumentException("more open hosts than hosts");
    }
    if (countries < 1 || countries > COUNTRIES_MAX || (countries == 1 && openUs < open)) {
      throw new IllegalArgumentException("1 to 52 countries");
    }
  }

  /// The numbers of the report of 2019.
  public static Census usual(long seed) {
    return new Census(seed, 2_300, 590, 187, COUNTRIES_MAX, Set.of());
  }

  /// As arguments of [World]'s main method.
  public List<String> arguments(Path folder) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--seed", Long.toString(seed),
                "--folder", folder.toString(),
                "--hosts", Integer.toString(hosts),
                "--open", Integer.toString(open),
                "--open-us", Integer.toString(openUs),
                "--countries", Integer.toString(countries)));
    if (!declared.isEmpty()) {
      all.addAll(List.of("--declared", String.join(",", declared)));
    }
    return all;
  }

  /// From what [#arguments] makes; what is left out is as usual.
  static Census of(String... arguments) {
    Census usual = usual(number(arguments, "--seed", 1));
    String declared = argument(arguments, "--declared", "");
    return new Census(
        usual.seed,
        (int) number(arguments, "--hosts", usual.hosts),
        (int) number(arguments, "--open", usual.open),
        (int) number(arguments, "--open-us", usual.openUs),
        (int) number(arguments, "--countries", usual.countries),
        declared.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(declared.split(",", -1))));
  }

  static Path folder(String... arguments) {
    String folder = argument(arguments, "--folder", "");
    if (folder.isEmpty()) {
      throw new IllegalArgumentException("--folder is missing");
    }
    return Path.of(folder);
  }

  private static long number(String[] arguments, String name, long otherwise) {
    return Long.parseLong(argument(arguments, name, Long.toString(otherwise)));
  }

  private static String argument(String[] arguments, String name, String otherwise) {
    int at = Arrays.asList(arguments).indexOf(name);
    return at < 0 || at + 1 >= arguments.length ? otherwise : arguments[at + 1];
  }
}
