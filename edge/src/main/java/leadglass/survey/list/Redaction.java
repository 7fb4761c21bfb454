package leadglass.survey.list;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Leaves out of an account what leads to a host or to a person: hosts are numbered instead, in the
/// order of the whole report, so that the house can tell which is meant.
final class Redaction {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\b\\d{1,3}(\\.\\d{1,3}){3}\\b|\\b[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}[0-9a-fA-F.]*|::1");
  private static final Pattern THIS_MACHINE = Pattern.compile("this machine \\([^)]*\\)");
  private static final String LEFT_OUT = "(left out)";

  private final Account whole;
  private final boolean owners;
  private final Map<String, String> names = new LinkedHashMap<>();

  Redaction(Account whole, boolean owners) {
    this.whole = whole;
    this.owners = owners;
    whole.results().forEach(each -> number(each.host()));
    whole.changes().ifPresent(changes -> changes.gone().forEach(key -> number(host(key))));
  }

  private void number(String host) {
    names.computeIfAbsent(host, _ -> "host " + (names.size() + 1));
  }

  Account account() {
    return new Account(
        whole.results().stream().map(this::result).toList(),
        whole.changes().map(this::changes),
        words(whole.vantage()),
        whole.at(),
        whole.tool(),
        whole.probes(),
        true);
  }

  private String name(String host) {
    return names.getOrDefault(host, LEFT_OUT);
  }

  private Result result(Result each) {
    return new Result(
        name(each.host()),
        "",
        each.ports(),
        owners ? words(each.owner()) : "",
        each.country(),
        "",
        each.asked() ? "" : words(each.ground()),
        each.at(),
        each.tookMillis(),
        each.outcome(),
        each.grade(),
        each.product(),
        each.counts(),
        each.bytesReceived(),
        each.connections(),
        each.doors());
  }

  private Changes changes(Changes all) {
    return new Changes(keys(all.added()), keys(all.gone()), keys(all.closed()), keys(all.opened()));
  }

  private List<String> keys(List<String> keys) {
    return keys.stream().map(key -> name(host(key)) + key.substring(host(key).length())).toList();
  }

  /// A key is a host, a blank, and its ports.
  private static String host(String key) {
    int blank = key.indexOf(' ');
    return blank < 0 ? key : key.substring(0, blank);
  }

  /// Words that somebody typed may name a host too; the longest names first, as one may be part of
  /// another.
  private String words(String text) {
    String left = THIS_MACHINE.matcher(text).replaceAll("this machine");
    List<String> hosts =
        names.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    for (String host : hosts) {
      left =
          Pattern.compile(Pattern.quote(host), Pattern.CASE_INSENSITIVE)
              .matcher(left)
              .replaceAll(Optional.ofNullable(names.get(host)).orElse(LEFT_OUT));
    }
    return ADDRESS.matcher(left).replaceAll(LEFT_OUT);
  }
}
