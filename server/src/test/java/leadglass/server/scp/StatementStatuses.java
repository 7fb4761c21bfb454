package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import leadglass.archive.StoreOutcome;
import leadglass.net.dimse.Status;

/// Every status that is named somewhere, of each service.
final class StatementStatuses {
  private StatementStatuses() {}

  private static Map<String, List<Class<?>>> naming() {
    Map<String, List<Class<?>>> naming = new LinkedHashMap<>();
    naming.put("several", List.of(Status.class));
    naming.put("C-FIND", List.of(QueryScp.class, Identifier.class));
    naming.put("C-GET, C-MOVE", List.of(RetrieveStatus.class));
    naming.put("N-ACTION (commitment)", List.of(CommitmentScp.class));
    naming.put("N-CREATE, N-SET (MPPS)", List.of(PerformedStepScp.class));
    List<Class<?>> all = new ArrayList<>();
    naming.values().forEach(all::addAll);
    assertThat(all).containsAll(StatusesTest.NAMING);
    return naming;
  }

  static String table() {
    MarkdownTable table = new MarkdownTable("service", "status", "kind", "name");
    naming()
        .forEach((service, classes) -> {
          Map<Integer, String> named = new TreeMap<>();
          classes.forEach(each -> named.putAll(NamedStatuses.of(each)));
          named.forEach((code, name) -> row(table, service, code, name));
        });
    Map<Integer, String> stored = new TreeMap<>();
    for (StoreOutcome.Reason reason : StoreOutcome.Reason.values()) {
      int code = StorageStatus.of(new StoreOutcome.Refused(reason, "why")).code();
      stored.merge(code, NamedStatuses.words(reason.name()), (one, other) -> one + "; " + other);
    }
    stored.forEach((code, name) -> row(table, "C-STORE", code, name));
    return table.toString();
  }

  private static void row(MarkdownTable table, String service, int code, String name) {
    table.row(service, "%04XH".formatted(code), kind(code), name);
  }

  private static String kind(int code) {
    if (code == PerformedStepScp.MAY_NO_LONGER_BE_UPDATED) {
      return "Error ID (0000,0903) with 0110H";
    }
    if (Status.isPending(code)) {
      return "pending";
    }
    if (Status.isWarning(code)) {
      return "warning";
    }
    return switch (code) {
      case Status.SUCCESS -> "success";
      case Status.CANCEL -> "cancel";
      default -> "failure";
    };
  }
}
