package leadglass.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import leadglass.archive.Archive;
import leadglass.server.http.Audience;
import leadglass.server.http.Doorkeeper;
import leadglass.server.http.Entrance;
import leadglass.server.http.Entrances;
import leadglass.server.http.Route;
import leadglass.server.http.Routes;
import leadglass.server.ui.IdentityProvider;
import leadglass.server.ui.Pages;
import leadglass.server.ui.Place;
import leadglass.server.viewer.ViewerFiles;
import leadglass.server.viewer.ViewerRoutes;
import leadglass.server.web.AuditEvents;
import leadglass.server.web.DicomWeb;
import leadglass.server.web.WitnessDoor;
import leadglass.server.web.WorklistDoor;

/// The same ways in for every site, each over that site's own archive.
final class SiteEntrances implements Entrances {
  private final Archive archive;
  private final Place place;
  private final Optional<ViewerFiles> viewer;
  private final Entrance house;
  private final Map<Archive, Entrance> others = new ConcurrentHashMap<>();

  SiteEntrances(Archive archive, Place place, Doors.Settings settings) throws IOException {
    this.archive = archive;
    this.place = place;
    this.viewer =
        settings.viewer().isPresent()
            ? Optional.of(ViewerFiles.open(settings.viewer().get(), settings.banner()))
            : Optional.empty();
    this.house = entrance(archive, settings.providers());
  }

  /// @param providers are the first site's: a further one has none
  private Entrance entrance(Archive site, List<IdentityProvider> providers) {
    // The door for people outside knows the first site's links alone.
    Place own = site == archive ? place : place.inside();
    Pages pages = new Pages(site, own, providers);
    List<Route> routes = new ArrayList<>(pages.routes());
    routes.addAll(DicomWeb.routes(site));
    routes.addAll(DicomWeb.shared(site));
    routes.addAll(DicomWeb.own(site));
    routes.addAll(AuditEvents.routes(site));
    routes.addAll(WitnessDoor.routes(site));
    routes.addAll(WorklistDoor.routes(site));
    viewer.ifPresent(files -> routes.addAll(new ViewerRoutes(files).routes()));
    return new Entrance(Routes.of(routes), Doorkeeper.of(site), pages::problem);
  }

  /// What people outside may reach: links that were made for them, a patient's own pages, and
  /// nothing else.
  Entrance outside() {
    List<Route> routes = house.routes().all().stream().filter(SiteEntrances::isForGuests).toList();
    return new Entrance(Routes.of(routes), Doorkeeper.ofGuests(archive), house.pages());
  }

  private static boolean isForGuests(Route route) {
    String pattern = route.pattern();
    return Audience.of(pattern) != Audience.STAFF
        || pattern.equals("/share")
        || pattern.startsWith("/static/");
  }

  @Override
  public Entrance house() {
    return house;
  }

  @Override
  public Optional<Entrance> at(String host) {
    return archive
        .tenants()
        .at(host)
        .map(site -> others.computeIfAbsent(site, further -> entrance(further, List.of())));
  }
}
