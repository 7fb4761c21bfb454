package leadglass.survey.list;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import leadglass.survey.Decision;
import leadglass.survey.DoorDecisions;
import leadglass.survey.Probe;
import leadglass.survey.Probes;
import leadglass.survey.Service;
import leadglass.survey.Verdict;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Every probe and every decision that it can come to, for people and for programs.
public final class ProbeTable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String DOOR = "door";
  private static final String DOOR_TITLE =
      "The door itself: nothing could be asked, or a line broke";

  private ProbeTable() {}

  private static String level(Decision decision) {
    return decision.verdict() == Verdict.CANT_TELL ? "-" : "" + decision.level().number();
  }

  private static String services(Probe probe) {
    return probe.services().stream().sorted().map(Service::word).collect(Collectors.joining(" "));
  }

  /// For a terminal.
  public static List<String> lines(Probes probes) {
    List<String> lines = new ArrayList<>();
    for (Probe each : probes.all()) {
      lines.add(each.name() + " (" + services(each) + "): " + each.title());
      each.decisions().forEach(decision -> lines.add(line(decision)));
    }
    lines.add(DOOR + ": " + DOOR_TITLE);
    DoorDecisions.all().forEach(decision -> lines.add(line(decision)));
    lines.add("probes " + probes.hash());
    return lines;
  }

  private static String line(Decision decision) {
    return "  %-10s %s  %-22s %s"
        .formatted(decision.verdict().words(), level(decision), decision.id(), decision.words());
  }

  /// For docs/check.md.
  public static List<String> markdown(Probes probes) {
    List<String> lines = new ArrayList<>();
    for (Probe each : probes.all()) {
      lines.add("");
      lines.add("**" + each.name() + "** (" + services(each) + "): " + each.title());
      table(lines, each.decisions());
    }
    lines.add("");
    lines.add("**" + DOOR + "**: " + DOOR_TITLE);
    table(lines, DoorDecisions.all());
    lines.add("");
    return lines;
  }

  private static void table(List<String> lines, List<Decision> decisions) {
    lines.add("");
    lines.add("| verdict | level | decision | what it says |");
    lines.add("|---|---|---|---|");
    for (Decision each : decisions) {
      lines.add(
          "| %s | %s | %s | %s |"
              .formatted(
                  each.verdict().words(),
                  level(each),
                  each.id(),
                  each.words().replace("|", "\\|").replace("<", "&lt;")));
    }
  }

  public static String json(Probes probes) {
    ObjectNode node = JSON.createObjectNode();
    node.put("hash", probes.hash());
    ArrayNode all = node.putArray("probes");
    for (Probe each : probes.all()) {
      ObjectNode one = all.addObject().put("name", each.name()).put("title", each.title());
      ArrayNode services = one.putArray("services");
      each.services().stream().sorted().map(Service::word).forEach(services::add);
      decisions(one.putArray("decisions"), each.decisions());
    }
    decisions(node.putArray("door"), DoorDecisions.all());
    return JSON.writeValueAsString(node);
  }

  private static void decisions(ArrayNode array, List<Decision> decisions) {
    for (Decision each : decisions) {
      ObjectNode one =
          array.addObject().put("id", each.id()).put("verdict", each.verdict().words());
      if (each.verdict() != Verdict.CANT_TELL) {
        one.put("level", each.level().number());
      }
      one.put("words", each.words());
    }
  }
}
