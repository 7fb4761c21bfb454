package leadglass.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import leadglass.server.ui.IdentityProvider;
import leadglass.server.ui.Place;

/// Every door of an archive, opened and closed together.
///
/// Safe for use by several threads.
public final class Doors implements AutoCloseable {
  private final WebServer web;
  private final Optional<WebServer> outside;
  private final DicomServer dicom;
  private final Authority.Identity identity;

  private Doors(
      WebServer web, Optional<WebServer> outside, DicomServer dicom, Authority.Identity identity) {
    this.web = web;
    this.outside = outside;
    this.dicom = dicom;
    this.identity = identity;
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
  /// @param identity a certificate that their browsers trust; empty: one of the archive's own
  public record Outward(WebSettings web, Optional<Authority.Identity> identity) {
    @Override
    public String toString() {
      return "Outward[]";
    }
  }

  /// Opens them all, or none.
  ///
  /// @throws IOException if one of the addresses can't be listened on
  public static Doors open(Settings settings, Archive archive, Clock clock, Consumer<Object> events)
      throws IOException {
    Authority.Identity identity = archive.authority().server(settings.web().names());
    Place place =
        new Place(settings.banner(), identity.fingerprint(), clock, outwardHost(settings));
    SiteEntrances entrances = new SiteEntrances(archive, place, settings);
    Neighbourhood near = Neighbourhood.ofThisMachine();
    Consumer<Object> told = counting(archive.outside(), events);
    DicomServer dicom =
        DicomServer.start(settings.dicom(), near::has, identity, archive, clock, told);
    try {
      WebServer web =
          WebServer.start(settings.web(), near::has, identity(settings, archive), entrances, told);
      try {
        Optional<WebServer> outside = outside(settings, archive, entrances, events);
        archive.tenants().watch(() -> reload(web, settings, archive));
        return new Doors(web, outside, dicom, identity);
      } catch (IOException | RuntimeException e) {
        web.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      dicom.close();
      throw e;
    }
  }

  private static Optional<WebServer> outside(
      Settings settings, Archive archive, SiteEntrances entrances, Consumer<Object> events)
      throws IOException {
    if (settings.outside().isEmpty()) {
      return Optional.empty();
    }
    Outward outward = settings.outside().get();
    Authority.Identity shown =
        outward.identity().isPresent()
            ? outward.identity().get()
            : archive.authority().outside(outward.web().names());
    return Optional.of(
        WebServer.start(
            outward.web(), _ -> true, shown, Entrances.of(entrances.outside()), events));
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
    return archive.authority().server(settings.web().names(), archive.tenants().hosts());
  }

  private static void reload(WebServer web, Settings settings, Archive archive) {
    try {
      web.reload(identity(settings, archive));
    } catch (IOException e) {
      throw new UncheckedIOException("the new site has no certificate until the next start", e);
    }
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
    return identity.fingerprint();
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

  @Override
  public void close() throws IOException {
    try (dicom) {
      outside.ifPresent(WebServer::close);
      web.close();
    }
  }
}
