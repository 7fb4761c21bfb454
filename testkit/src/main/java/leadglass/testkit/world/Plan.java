package leadglass.testkit.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/// Which hosts there are: the same for the same seed.
///
/// @param traps addresses that appear in what hosts say, and nowhere else
record Plan(List<Host> hosts, List<String> traps, Certificates certificates) {
  private static final int TRAPS = 16;
  private static final int OWNED_HOSTS = 3;
  private static final int COUNTED_MAX = 3_000_000;
  private static final int LISTED_BY_LIARS = 60;

  /// 52 of the countries in ISO 3166.
  private static final List<String> COUNTRIES =
      List.of(
          "US", "AR", "AT", "AU", "BD", "BE", "BG", "BR", "CA", "CH", "CL", "CN", "CO", "CZ", "DE",
          "DK", "DO", "EC", "EG", "ES", "FR", "GB", "GE", "GR", "HK", "HU", "ID", "IE", "IN", "IR",
          "IT", "JP", "KE", "KR", "MX", "MY", "NG", "NL", "PE", "PH", "PK", "PL", "RO", "RS", "RU",
          "SA", "TH", "TR", "TW", "UA", "VN", "ZA");

  Plan {
    hosts = List.copyOf(hosts);
    traps = List.copyOf(traps);
  }

  static Plan of(Census census) {
    SplittableRandom random = new SplittableRandom(census.seed());
    List<String> addresses = addresses(random, census.hosts() + TRAPS);
    List<Kind> kinds = new ArrayList<>(Shares.of(Kind.all(true), census.open(), Map.of()));
    Collections.shuffle(kinds, new Random(random.nextLong()));
    List<Kind> closed =
        new ArrayList<>(
            Shares.of(
                Kind.all(false),
                census.hosts() - census.open(),
                Map.of(Kind.NEVER_ANSWERS, (census.hosts() + 9) / 10)));
    Collections.shuffle(closed, new Random(random.nextLong()));
    kinds.addAll(closed);
    List<Host> hosts = new ArrayList<>();
    Map<String, Integer> inCountry = new HashMap<>();
    int patients = 0;
    for (int i = 0; i < census.hosts(); i++) {
      String country = country(census, random, i);
      int owned = inCountry.merge(country, 1, Integer::sum) / OWNED_HOSTS;
      Host host =
          host(census, random.split(), i, addresses.get(i), kinds.get(i), country, owned, patients);
      patients += host.archive().patients();
      hosts.add(host);
    }
    if (patients > Archive.PATIENTS_MAX) {
      throw new IllegalArgumentException("more patients than birth dates");
    }
    return new Plan(
        hosts,
        addresses.subList(census.hosts(), addresses.size()),
        new Certificates(random.split()));
  }

  private static Host host(
      Census census,
      SplittableRandom random,
      int number,
      String address,
      Kind kind,
      String country,
      int owned,
      int patients) {
    Names names = Names.of(random);
    Archive archive = new Archive(names, random.nextLong(), studies(kind, random), patients);
    return new Host(
        number,
        address,
        country,
        owner(country, owned),
        "desk@practice-%d.%s.example".formatted(owned, country.toLowerCase(java.util.Locale.ROOT)),
        kind,
        names,
        archive,
        new HostVisits(census.declared(), names.aeTitle()));
  }

  /// Small ones are more than large ones by far.
  private static long studies(Kind kind, SplittableRandom random) {
    return switch (kind) {
      case LISTS_ANYTHING, LISTS_ANYTHING_WITHOUT_END, HTTP_LISTS_ANYTHING -> LISTED_BY_LIARS;
      default -> {
        int most = kind.counts() ? COUNTED_MAX : Archive.ROWS_MAX;
        yield kind.open() ? (long) Math.exp(random.nextDouble() * Math.log(most)) : 0;
      }
    };
  }

  /// Some names need quotation marks in a CSV file.
  private static String owner(String country, int number) {
    return switch (number % 5) {
      case 0 -> "Radiology Practice %s-%d".formatted(country, number);
      case 1 -> "Imaging Centre \"North %d\", %s".formatted(number, country);
      case 2 -> "R\u00f6ntgen & CT %d (%s)".formatted(number, country);
      case 3 -> "Hospital %d, %s".formatted(number, country);
      default -> "Archiving Service %s %d".formatted(country, number);
    };
  }

  /// The open ones of the United States come first, then those of all others in turn; closed ones
  /// are anywhere.
  private static String country(Census census, SplittableRandom random, int number) {
    int others = census.countries() - 1;
    if (number < census.openUs()) {
      return COUNTRIES.getFirst();
    }
    if (number >= census.open()) {
      int index = number - census.open();
      return COUNTRIES.get(index < census.countries() ? index : random.nextInt(census.countries()));
    }
    int index = number - census.openUs();
    return COUNTRIES.get(1 + (index < others ? index : random.nextInt(others)));
  }

  /// Of 127.16.0.0 to 127.127.255.255.
  private static List<String> addresses(SplittableRandom random, int count) {
    Set<Integer> taken = new HashSet<>();
    List<String> addresses = new ArrayList<>();
    while (addresses.size() < count) {
      int rest = random.nextInt(16 << 16, 128 << 16);
      int last = rest & 0xFF;
      if (last != 0 && last != 0xFF && taken.add(rest)) {
        addresses.add("127.%d.%d.%d".formatted(rest >>> 16, rest >>> 8 & 0xFF, last));
      }
    }
    return addresses;
  }
}
