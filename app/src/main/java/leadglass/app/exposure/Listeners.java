package leadglass.app.exposure;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.app.config.Config;
import leadglass.app.config.OutsideConfig;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Lanes;
import leadglass.server.Doors;
import leadglass.survey.Decision;
import leadglass.survey.Door;
import leadglass.survey.Finding;
import leadglass.survey.Service;

/// Every listener of a running archive, with what only it can know of them.
final class Listeners {
  static final Decision LANE_OPEN =
      Decision.closed("lane", "takes images from one device at one address, until its last day");
  static final Decision LANE_ENDED =
      Decision.note(
          "lane-past-its-end",
          "is past its last day and still takes images, in clear, into quarantine");
  private static final String LANE = "lane";

  private final Archive archive;
  private final Doors doors;
  private final Config config;
  private final Caller own;

  /// @param own who the archive is to itself
  Listeners(Archive archive, Doors doors, Config config, Caller own) {
    this.archive = archive;
    this.doors = doors;
    this.config = config;
    this.own = own;
  }

  /// Those that are bound now. Lanes come last: they close whatever they do not know.
  List<Listener> all() {
    List<Listener> all = new ArrayList<>();
    all.add(
        listener(
            "Web",
            config.web().listen(),
            host(config.web().names()),
            new Door(doors.httpsPort(), Optional.of(Service.HTTPS), true)));
    OutsideConfig outside = config.outside();
    doors
        .outsidePort()
        .ifPresent(port ->
            all.add(
                listener(
                    "Web, for people outside",
                    outside.listen(),
                    host(outside.names()),
                    new Door(port, Optional.of(Service.HTTPS), true))));
    all.add(
        listener(
            "DICOM over TLS",
            config.dimse().listen(),
            Optional.empty(),
            new Door(doors.dicomPort(), Optional.of(Service.DICOM_TLS), true)));
    sites().forEach(site -> lanes(all, site));
    return all;
  }

  /// Every site, the first one first.
  List<Archive> sites() {
    List<Archive> sites = new ArrayList<>(archive.tenants().all());
    sites.addFirst(archive);
    return sites;
  }

  private static Listener listener(String name, String listen, Optional<String> host, Door door) {
    return new Listener(name, reached(listen), host, door, Optional.empty(), true);
  }

  /// The address by which this machine reaches what listens there.
  private static InetAddress reached(String listen) {
    InetAddress address = InetAddress.ofLiteral(listen);
    return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
  }

  /// Localhost is no name that anybody else asks for.
  static Optional<String> host(List<String> names) {
    return names.stream()
        .filter(name -> !name.equals("localhost") && !name.contains(":"))
        .filter(name -> !name.matches("[0-9.]+"))
        .findFirst();
  }

  /// Whether whoever connects to an address of this machine from this machine comes from another
  /// address than a lane's device. To the device the lane answers, as it must.
  private static boolean isStrange(InetAddress device, InetAddress listen) {
    InetAddress from = listen.isLoopbackAddress() ? InetAddress.getLoopbackAddress() : listen;
    return !device.equals(from);
  }

  /// What can't be told of a lane caps nothing: it lets nobody say a word who is not its device,
  /// and how it stands is known here.
  private void lanes(List<Listener> all, Archive site) {
    for (Lanes.Lane lane : site.lanes().list(own)) {
      if (lane.state().takes() && lane.listening() && lane.port() != 0) {
        Decision known = lane.state() == Lanes.State.ENDED ? LANE_ENDED : LANE_OPEN;
        all.add(
            new Listener(
                "Lane " + lane.aeTitle(),
                reached(lane.listen()),
                Optional.empty(),
                new Door(lane.port(), Optional.of(Service.DICOM), false),
                Optional.of(new Finding(LANE, known)),
                isStrange(InetAddress.ofLiteral(lane.from()), reached(lane.listen()))));
      }
    }
  }
}
