package leadglass.app.console;

import java.util.HashMap;
import java.util.Map;

/// One act asked for at the console: a line of JSON, followed by `bodyBytes` bytes.
///
/// @param act the command's name, such as `token create`
/// @param words its arguments; may hold a password, so never logged
public record Request(String act, Map<String, String> words, long bodyBytes) {

  public static Request of(String act, Map<String, String> words) {
    return new Request(act, words, 0);
  }

  /// The same, of a further site.
  public Request at(String site) {
    Map<String, String> more = new HashMap<>(words);
    more.put(SiteDesk.AT, site);
    return new Request(act, Map.copyOf(more), bodyBytes);
  }

  String word(String name) {
    return words.getOrDefault(name, "");
  }

  @Override
  public String toString() {
    return "Request[" + act + "]";
  }
}
