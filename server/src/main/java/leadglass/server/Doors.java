package leadglass.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.Outside;
import leadglass.dicom.data.Uid;
import leadglass.net.association.NetEvent;
import leadglass.net.near.Neighbourhood;
import leadglass.server.http.Entrances;
import leadglass.server.http.HttpEvent;
import leadglass.server.http.Routes;
import leadglass.server.http.WebServer;
import leadglass.server.http.WebSettings;
import leadglass.server.scp.DicomServer;
import leadglass.server.scp.DicomSettings;
import leadglass.server.scp.LaneDoors;
import leadglass.server.ui.IdentityProvider;
import leadglass.server.ui.Place;

/// Every door of an archive, opened and closed together.
///
/// Safe for use by several threads.
public final class Doors implements AutoCloseable {
  private final WebServer web;
  private final Optional<WebServer> outside;
  private final DicomServer dicom;
  private final LaneDoors lanes;
  private final Certificates certificates;
  private final AtomicReference<Authority.Identity> shown;
  private final Optional<Outer> outer;

  /// The door for people outside, with what it shows now.
  private record Outer(WebServer server, AtomicReference<Authority.Identity> shown) {}

  private Doors(
      WebServer web,
      Optional<Outer> outer,
      DicomServer dicom,
      LaneDoors lanes,
      Certificates certificates,
      AtomicReference<Authority.Identity> shown) {
    this.web = web;
    this.outer = outer;
    this.outside = outer.map(Outer::server);
    this.dicom = dicom;
    this.lanes = lanes;
    this.certificates = certificates;
    this.shown = shown;
  }

  /// Where the doors are.
  ///
  /// @param viewer folder of the packaged viewer, if there is one
  /// @param providers identity providers that people may come by
  /// @param banner a line on every page; empty for none
  public record Settings(
      WebSettings web,
      DicomSettings dicom,
      String banner,
      Optional<Path> viewer,
      List<IdentityProvider> providers,
      Optional<Outward> outside) {}

  /// The door for people outside: who come by a link, and patients.
  ///
  /// @param given a certificate that their browsers trust; empty: one of the archive's own
  public record Outward(WebSettings web, Optional<Given> given) {
    @Override
    public String toString() {
      return "Outward[]";
    }
  }

  /// A certificate that somebody else made, and makes anew.
  @FunctionalInterface
  public interface Given {
    Authority.Identity identity() throws IOException;
  }

  /// Opens them all, or none.
  ///
  /// @throws IOException if one of the addresses can't be listened on
  public static Doors open(Settings settings, Archive archive, Clock clock, Consumer<Object> events)
      throws IOException {
    Authority.Identity devices = archive.authority().server(settings.web().names());
    AtomicReference<Authority.Identity> shown = new AtomicReference<>(identity(settings, archive));
    Place place =
        new Place(settings.banner(), () -> shown.get().fingerprint(), clock, outwardHost(settings));
    SiteEntrances entrances = new SiteEntrances(archive, place, settings);
    Neighbourhood near = Neighbourhood.ofThisMachine();
    Consumer<Object> told = counting(archive.outside(), events);
    Certificates certificates = new Certificates(events);
    DicomServer dicom =
        DicomServer.start(settings.dicom(), near::has, devices, archive, clock, told);
    try {
      WebServer web = WebServer.start(settings.web(), near::has, shown.get(), entrances, told);
      try {
        Optional<Outer> outside = outside(settings, archive, entrances, certificates, events);
        certificates.add(
            DoorEvent.Door.DEVICES,
            devices,
            new Certificates.Source(
                () -> archive.authority().server(settings.web().names()), dicom::reload));
        certificates.add(
            DoorEvent.Door.PAGES,
            shown.get(),
            new Certificates.Source(
                () -> identity(settings, archive),
                identity -> {
                  web.reload(identity);
                  shown.set(identity);
                }));
        archive.tenants().watch(certificates::renew);
        certificates.begin();
        LaneDoors lanes = LaneDoors.start(archive, settings.dicom(), clock, told);
        return new Doors(web, outside, dicom, lanes, certificates, shown);
      } catch (IOException | RuntimeException e) {
        web.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      dicom.close();
      throw e;
    }
  }

  private static Optional<Outer> outside(
      Settings settings,
      Archive archive,
      SiteEntrances entrances,
      Certificates certificates,
      Consumer<Object> events)
      throws IOException {
    if (settings.outside().isEmpty()) {
      return Optional.empty();
    }
    Outward outward = settings.outside().get();
    Certificates.Asked asked =
        outward.given().isPresent()
            ? outward.given().get()::identity
            : () -> archive.webAuthority().outside(outward.web().names());
    Authority.Identity identity = asked.identity();
    WebServer server =
        WebServer.start(
            outward.web(), _ -> true, identity, Entrances.of(entrances.outside()), events);
    AtomicReference<Authority.Identity> shown = new AtomicReference<>(identity);
    certificates.add(
        DoorEvent.Door.OUTSIDE,
        identity,
        new Certificates.Source(
            asked,
            fresh -> {
              server.reload(fresh);
              shown.set(fresh);
            }));
    return Optional.of(new Outer(server, shown));
  }

  /// Empty if there is none, or it has no name.
  private static String outwardHost(Settings settings) {
    return settings
        .outside()
        .map(Outward::web)
        .filter(web -> !web.names().isEmpty())
        .map(web -> web.names().getFirst() + (web.port() == 443 ? "" : ":" + web.port()))
        .orElse("");
  }

  private static Authority.Identity identity(Settings settings, Archive archive)
      throws IOException {
    Authority.Identity all = archive.webAuthority().server(settings.web().names());
    for (Map.Entry<String, Archive> site : archive.tenants().byHost().entrySet()) {
      all = all.with(site.getKey(), site.getValue().webAuthority().of(site.getKey()));
    }
    return all;
  }

  /// Whether whoever listens there may be reached from the internet.
  ///
  /// @param address an IP address; the unspecified one stands for every one of this machine
  public static boolean isPublic(String address) {
    InetAddress parsed = InetAddress.ofLiteral(address);
    return parsed.isAnyLocalAddress()
        ? Neighbourhood.hasPublicAddress()
        : !Neighbourhood.isPrivate(parsed);
  }

  /// Connections from outside are counted too: somebody has to hear of them who reads no log.
  private static Consumer<Object> counting(Outside outside, Consumer<Object> events) {
    return event -> {
      switch (event) {
        case NetEvent.ConnectionFromOutside _ -> outside.connected(true);
        case HttpEvent.ConnectionDropped(HttpEvent.Cause cause)
            when cause == HttpEvent.Cause.FROM_OUTSIDE ->
            outside.connected(false);
        default -> {
          // Nothing that anybody but the log is told.
        }
      }
      events.accept(event);
    };
  }

  /// SHA-256 of the certificate shown to browsers.
  public String fingerprint() {
    return shown.get().fingerprint();
  }

  /// What the pages show in TLS now, with the key that proves it.
  public Authority.Identity identity() {
    return shown.get();
  }

  /// What the door for people outside shows, if there is one.
  public Optional<Authority.Identity> outsideIdentity() {
    return outer.map(each -> each.shown().get());
  }

  /// Shows certificates that were made anew, or laid there by somebody, since they were looked at
  /// last; every six hours by itself.
  public void renewCertificates() {
    certificates.renew();
  }

  public int httpsPort() {
    return web.port();
  }

  /// Port of the door for people outside, if there is one.
  public Optional<Integer> outsidePort() {
    return outside.map(WebServer::port);
  }

  public int dicomPort() {
    return dicom.port();
  }

  /// Every way in over HTTPS.
  public Routes routes() {
    return web.routes();
  }

  /// Every SOP class served.
  public Set<Uid> sopClasses() {
    return dicom.sopClasses();
  }

  /// Every SOP class that a lane may have.
  public Set<Uid> laneSopClasses() {
    return LaneDoors.sopClasses();
  }

  @Override
  public void close() throws IOException {
    certificates.close();
    try (dicom;
        lanes) {
      outside.ifPresent(WebServer::close);
      web.close();
    }
  }
}
