package leadglass.app.console;

import java.util.Map;
import java.util.TreeMap;

/// What came of a [Request]: a line of JSON.
///
/// @param exit the command's exit code: 0 done, 1 the answer is no, 2 bad usage, 4 failed
/// @param error a sentence for stderr, empty if all is well
/// @param hint what to do about the error, may be empty
/// @param values what to print, by name
public record Reply(int exit, String error, String hint, Map<String, Object> values) {

  public static Reply done(Map<String, Object> values) {
    return new Reply(0, "", "", new TreeMap<>(values));
  }

  public static Reply no(String error, String hint) {
    return new Reply(1, error, hint, Map.of());
  }

  public static Reply usage(String error, String hint) {
    return new Reply(2, error, hint, Map.of());
  }

  public static Reply failed(String error) {
    return new Reply(4, error, "", Map.of());
  }

  /// Never the values: there may be a secret among them.
  @Override
  public String toString() {
    return "Reply[exit " + exit + "]";
  }
}
