package leadglass.server.http;

import leadglass.archive.Origin;
import leadglass.archive.Verb;

/// One way in. The gate is asked for `verb` before the handler runs.
///
/// @param method such as `GET`; HEAD is served by GET
/// @param pattern segments parted by `/`; `{name}` stands for one segment, `{name...}` at the end
///   for all that are left
/// @param fresh whether a person must have proved a factor within the last five minutes; whoever
///   has not is asked for one first. Programs never have
public record Route(
    String method, String pattern, Origin.Door door, Verb verb, boolean fresh, Handler handler) {

  /// One that asks for no fresh factor.
  public Route(String method, String pattern, Origin.Door door, Verb verb, Handler handler) {
    this(method, pattern, door, verb, false, handler);
  }

  /// The same, for whoever proved a factor within the last five minutes.
  public Route afterFreshFactor() {
    return new Route(method, pattern, door, verb, true, handler);
  }

  @Override
  public String toString() {
    return method + " " + pattern;
  }
}
