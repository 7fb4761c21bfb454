package leadglass.server;

import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;
import leadglass.archive.Authority;
import leadglass.net.near.Neighbourhood;
import leadglass.server.http.Doorkeeper;
import leadglass.server.http.Problems;
import leadglass.server.http.Routes;
import leadglass.server.http.WebServer;
import leadglass.server.scp.DicomServer;
import leadglass.server.ui.LockedPage;

/// The doors of an archive whose master key is not at hand. Every request gets the same answer, and
/// every association is rejected for now (A-ASSOCIATE-RJ, transient, PS3.8 §9.3.4), before a single
/// image is sent: scanners keep what they have and try again.
///
/// The archive's own certificates are sealed, so these doors show one that was made for this
/// occasion, and whoever checks it goes away.
///
/// Safe for use by several threads.
public final class LockedDoors implements AutoCloseable {
  private final WebServer web;
  private final DicomServer dicom;

  private LockedDoors(WebServer web, DicomServer dicom) {
    this.web = web;
    this.dicom = dicom;
  }

  /// Opens them all, or none.
  ///
  /// @throws IOException if one of the addresses can't be listened on
  public static LockedDoors open(
      Doors.Settings settings, InstantSource clock, Consumer<Object> events) throws IOException {
    Authority.Identity identity = Authority.passing(settings.web().names(), clock);
    LockedPage page = new LockedPage(settings.banner());
    Neighbourhood near = Neighbourhood.ofThisMachine();
    DicomServer dicom = DicomServer.locked(settings.dicom(), near::has, identity, clock, events);
    try {
      WebServer web =
          WebServer.start(
              settings.web(),
              near::has,
              identity,
              Routes.of(page.routes()),
              Doorkeeper.shut(Problems.LOCKED),
              page::html,
              events);
      return new LockedDoors(web, dicom);
    } catch (IOException | RuntimeException e) {
      dicom.close();
      throw e;
    }
  }

  public int httpsPort() {
    return web.port();
  }

  public int dicomPort() {
    return dicom.port();
  }

  @Override
  public void close() throws IOException {
    try (dicom) {
      web.close();
    }
  }
}
