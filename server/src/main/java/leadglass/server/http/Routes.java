package leadglass.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import leadglass.archive.Origin;

/// Every way in there is. What is not listed here is not served, and each entry names what the gate
/// is asked for.
///
/// Immutable.
public final class Routes {
  private static final int SEGMENTS_MAX = 64;

  private final List<Route> all;
  private final List<Pattern> patterns;

  private Routes(List<Route> all) {
    this.all = List.copyOf(all);
    this.patterns = this.all.stream().map(Pattern::of).toList();
  }

  /// @throws IllegalArgumentException if a pattern is no pattern or two routes are the same
  public static Routes of(List<Route> routes) {
    Set<String> seen = new HashSet<>();
    for (Route route : routes) {
      if (!seen.add(route.method() + " " + route.pattern().replaceAll("\\{[^}]*\\}", "{}"))) {
        throw new IllegalArgumentException("twice: " + route);
      }
    }
    return new Routes(routes);
  }

  public List<Route> all() {
    return all;
  }

  /// What a request found.
  sealed interface Found {
    record Match(Route route, Map<String, String> variables) implements Found {}

    /// The path is known, but not with this method.
    record OtherMethods(Set<String> methods) implements Found {}

    record Nothing() implements Found {}
  }

  /// The route for a request. Literal segments win over variables, in order of the path.
  ///
  /// @param path decoded
  Found find(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    String[] segments = path.split("/", SEGMENTS_MAX);
    Pattern best = null;
    Set<String> methods = new TreeSet<>();
    for (Pattern pattern : patterns) {
      if (pattern.matches(segments)) {
        methods.add(pattern.route.method());
        boolean better = best == null || pattern.order.compareTo(best.order) < 0;
        if (pattern.route.method().equals(asked) && better) {
          best = pattern;
        }
      }
    }
    if (best != null) {
      return new Found.Match(best.route, best.variables(segments));
    }
    return methods.isEmpty() ? new Found.Nothing() : new Found.OtherMethods(methods);
  }

  /// A page to come back to after a detour: the one of this path, or else the nearest above it. `/`
  /// for paths that would have to be escaped in an address.
  String nearestPage(String path) {
    String left = path.matches("(/[A-Za-z0-9._-]+)+") ? path : "/";
    while (!left.equals("/")) {
      if (find("GET", left) instanceof Found.Match) {
        return left;
      }
      int slash = left.lastIndexOf('/');
      left = slash <= 0 ? "/" : left.substring(0, slash);
    }
    return left;
  }

  /// The door a path belongs to, whether or not there is anything.
  static Origin.Door door(String path) {
    return path.matches("((/s/[^/]*|/my)?/dicomweb|/fhir|/witness|/worklist)(/(?s:.*))?")
        ? Origin.Door.DICOMWEB
        : Origin.Door.PAGE;
  }

  /// @param order sorts the more literal one first
  private record Pattern(Route route, List<String> segments, boolean open, String order) {

    static Pattern of(Route route) {
      List<String> segments = List.of(route.pattern().split("/", -1));
      boolean open = route.pattern().endsWith("...}");
      StringBuilder order = new StringBuilder();
      for (int i = 0; i < segments.size(); i++) {
        String segment = segments.get(i);
        boolean rest = segment.endsWith("...}");
        if (!segment.matches("[A-Za-z0-9._-]*|\\{[a-z]+}|\\{[a-z]+\\.\\.\\.}")
            || (rest && i < segments.size() - 1)) {
          throw new IllegalArgumentException("no pattern: " + route);
        }
        order.append(rest ? '2' : segment.startsWith("{") ? '1' : '0');
      }
      if (!route.pattern().startsWith("/")) {
        throw new IllegalArgumentException("no pattern: " + route);
      }
      return new Pattern(route, segments, open, order.toString());
    }

    boolean matches(String[] path) {
      if (open ? path.length < segments.size() : path.length != segments.size()) {
        return false;
      }
      for (int i = 0; i < segments.size(); i++) {
        String segment = segments.get(i);
        boolean variable = segment.startsWith("{");
        if (variable ? path[i].isEmpty() : !segment.equals(path[i])) {
          return false;
        }
      }
      return true;
    }

    Map<String, String> variables(String[] path) {
      Map<String, String> found = new HashMap<>();
      for (int i = 0; i < segments.size(); i++) {
        String segment = segments.get(i);
        if (segment.endsWith("...}")) {
          List<String> rest = new ArrayList<>(List.of(path).subList(i, path.length));
          found.put(segment.substring(1, segment.length() - 4), String.join("/", rest));
        } else if (segment.startsWith("{")) {
          found.put(segment.substring(1, segment.length() - 1), path[i]);
        }
      }
      return found;
    }
  }
}
