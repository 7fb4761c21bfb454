package leadglass.app.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import leadglass.app.report.Sheet.Block;
import leadglass.app.report.Sheet.Heading;
import leadglass.app.report.Sheet.Paragraph;
import leadglass.app.report.Sheet.Steps;
import leadglass.survey.list.Account;
import leadglass.survey.list.Mending;
import leadglass.survey.list.Result;
import leadglass.survey.list.Result.DoorResult;
import leadglass.survey.list.Result.FindingResult;

/// What is to be done, the worst first: a fix once, however many doors need it.
final class ExposureMending {
  private static final int PLACES_MAX = 12;
  private static final List<String> AFTER =
      List.of(
          "Keep the logs of the firewall and of the server as they are, and note when each door was"
              + " closed.",
          "Look in them for who may have looked before; a check leaves the AE title LEADGLASS_CHECK"
              + " and the address it came from.",
          "Ask whoever answers for data protection whether it has to be reported: within 72 hours"
              + " after becoming aware of it (GDPR, Article 33), within 60 days (HIPAA, 45 CFR"
              + " 164.404).",
          "Run the check again.");
  private final Account account;
  private final Map<String, Item> items = new LinkedHashMap<>();

  ExposureMending(Account account) {
    this.account = account;
    account.asked().forEach(this::add);
  }

  private static final class Item {
    private final Mending.Fix fix;
    private int level;
    private final Map<Integer, Set<String>> places =
        new TreeMap<>(Comparator.<Integer>reverseOrder());

    Item(Mending.Fix fix) {
      this.fix = fix;
    }

    int level() {
      return level;
    }
  }

  private void add(Result result) {
    for (DoorResult door : result.doors()) {
      for (FindingResult each : door.findings()) {
        Mending.of(
                each.probe(), each.decision(), door.service(), each.level(), result.productTold())
            .ifPresent(fix -> {
              Item item = items.computeIfAbsent(fix.id(), _ -> new Item(fix));
              item.level = Math.max(item.level, each.level());
              item.places
                  .computeIfAbsent(each.level(), _ -> new LinkedHashSet<>())
                  .add(place(result, door));
            });
      }
    }
  }

  private String place(Result result, DoorResult door) {
    String port = "port " + door.port();
    return account.results().size() == 1 ? port : result.host() + " " + port;
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Heading(2, "To fix"));
    if (items.isEmpty()) {
      blocks.add(new Paragraph("Nothing that was seen has to be mended."));
      return blocks;
    }
    List<Item> sorted =
        items.values().stream().sorted(Comparator.comparingInt(Item::level).reversed()).toList();
    for (Item item : sorted) {
      blocks.add(new Heading(3, item.fix.title() + " (" + ExposureWords.urgency(item.level) + ")"));
      places(item).forEach(each -> blocks.add(new Paragraph(each)));
      blocks.add(new Steps(item.fix.steps()));
    }
    if (sorted.getFirst().level >= 4) {
      blocks.add(new Heading(3, "Find out who may have looked (now)"));
      blocks.add(new Steps(AFTER));
    }
    return blocks;
  }

  /// A door stands where its worst finding is.
  private static List<String> places(Item item) {
    Set<String> told = new HashSet<>();
    Map<String, List<String>> byUrgency = new LinkedHashMap<>();
    item.places.forEach((level, places) ->
        places.stream()
            .filter(told::add)
            .forEach(
                byUrgency.computeIfAbsent(ExposureWords.urgency(level), _ -> new ArrayList<>())
                    ::add));
    return byUrgency.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .map(each -> "Where (" + each.getKey() + "): " + some(each.getValue()) + ".")
        .toList();
  }

  private static String some(List<String> places) {
    String first = String.join(", ", places.stream().limit(PLACES_MAX).toList());
    return places.size() > PLACES_MAX
        ? first + " and " + (places.size() - PLACES_MAX) + " more"
        : first;
  }
}
