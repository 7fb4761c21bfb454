package leadglass.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;

/// Bounds what somebody can hold without ever asking for anything: connections from one address,
/// and the time until a connection's first request is whole.
///
/// Safe for use by several threads.
final class Connections implements Connection.Listener {
  private final Predicate<InetAddress> near;
  private final int perAddressMax;
  private final long firstRequestNanos;
  private final Consumer<? super HttpEvent> events;
  private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();
  private final Map<EndPoint, Long> silent = new ConcurrentHashMap<>();

  /// @param near whose connections are accepted at all
  Connections(
      Predicate<InetAddress> near,
      int perAddressMax,
      Duration firstRequest,
      Consumer<? super HttpEvent> events) {
    this.near = near;
    this.perAddressMax = perAddressMax;
    this.firstRequestNanos = firstRequest.toNanos();
    this.events = events;
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      return;
    }
    EndPoint endPoint = connection.getEndPoint();
    silent.put(endPoint, System.nanoTime());
    if (!isNear(endPoint)) {
      drop(endPoint, HttpEvent.Cause.FROM_OUTSIDE);
    }
    int open = perAddress.merge(address(endPoint), 1, Integer::sum);
    if (open > perAddressMax) {
      drop(endPoint, HttpEvent.Cause.TOO_MANY);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof SslConnection) {
      EndPoint endPoint = connection.getEndPoint();
      silent.remove(endPoint);
      perAddress.computeIfPresent(address(endPoint), (_, open) -> open > 1 ? open - 1 : null);
    }
  }

  /// A whole request came.
  void spoke(EndPoint endPoint) {
    silent.remove(endPoint instanceof EndPoint.Wrapper wrapper ? wrapper.unwrap() : endPoint);
  }

  /// Drops those that stayed silent for too long.
  void check() {
    long now = System.nanoTime();
    List<EndPoint> late = new ArrayList<>();
    silent.forEach((endPoint, since) -> {
      if (now - since > firstRequestNanos) {
        late.add(endPoint);
      }
    });
    for (EndPoint endPoint : late) {
      if (silent.remove(endPoint) != null) {
        drop(endPoint, HttpEvent.Cause.TOO_SLOW);
      }
    }
  }

  private void drop(EndPoint endPoint, HttpEvent.Cause cause) {
    endPoint.close();
    events.accept(new HttpEvent.ConnectionDropped(cause));
  }

  private boolean isNear(EndPoint endPoint) {
    return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress address
        && address.getAddress() != null
        && near.test(address.getAddress());
  }

  private static String address(EndPoint endPoint) {
    return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress().getHostAddress()
        : "";
  }
}
