package leadglass.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Shows each request to the entrance of the site it asks for by name. All of them share the
/// server's bounds.
final class Reception extends Handler.Abstract {
  private final Entrances entrances;
  private final WebSettings settings;
  private final Connections connections;
  private final Watchdog watchdog;
  private final Consumer<? super HttpEvent> events;
  private final Permits permits;
  private final Front house;
  private final Hosts own;
  private final Map<String, Further> others = new ConcurrentHashMap<>();

  private record Further(Entrance entrance, Front front) {}

  Reception(
      WebSettings settings,
      Entrances entrances,
      Connections connections,
      Watchdog watchdog,
      Consumer<? super HttpEvent> events) {
    this.settings = settings;
    this.entrances = entrances;
    this.connections = connections;
    this.watchdog = watchdog;
    this.events = events;
    this.permits = new Permits(settings.requestsMax(), settings.permitWait());
    this.house = front(entrances.house(), settings.names());
    this.own = new Hosts(settings.names());
  }

  private Front front(Entrance entrance, List<String> names) {
    return new Front(settings, entrance, names, permits, connections, watchdog, events);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String host = host(request);
    // A further site that was given a name of the first one's does not shut people out of that.
    Front front = own.known(host, false) ? house : front(Hosts.name(host));
    return front.handle(request, response, callback);
  }

  private Front front(String host) {
    Optional<Entrance> other = entrances.at(host);
    if (other.isEmpty()) {
      return house;
    }
    Further known =
        others.compute(
            host,
            (_, old) ->
                old != null && old.entrance().equals(other.get())
                    ? old
                    : new Further(other.get(), front(other.get(), List.of(host))));
    return known.front();
  }

  /// The name that was asked for, and the port if one was given.
  static String host(Request request) {
    HttpURI uri = request.getHttpURI();
    String authority = uri.getAuthority();
    String host = authority == null ? request.getHeaders().get("Host") : authority;
    return host == null ? "" : host;
  }
}
