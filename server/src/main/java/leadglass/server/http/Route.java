package leadglass.server.http;

import leadglass.archive.Origin;
import leadglass.archive.Verb;

/// One way in. The gate is asked for `verb` before the handler runs.
///
/// @param method such as `GET`; HEAD is served by GET
/// @param pattern segments parted by `/`; `{name}` stands for one segment, `{name...}` at the end
///   for all that are left
public record Route(String method, String pattern, Origin.Door door, Verb verb, Handler handler) {

  @Override
  public String toString() {
    return method + " " + pattern;
  }
}
