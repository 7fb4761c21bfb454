package leadglass.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.app.config.Config;
import leadglass.app.config.DimseConfig;
import leadglass.app.config.OutsideConfig;
import leadglass.app.config.WebConfig;
import leadglass.app.console.ConsoleSocket;
import leadglass.app.console.Desks;
import leadglass.app.exposure.SelfCheck;
import leadglass.app.oidc.OidcProviders;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.server.Doors;
import leadglass.server.http.WebSettings;
import leadglass.server.scp.DicomSettings;
import leadglass.server.ui.IdentityProvider;

/// An archive with its doors and its console open.
public final class Running implements AutoCloseable {
  private static final Caller.Console ARCHIVE =
      new Caller.Console("archive", new Origin(Origin.Door.ARCHIVE, "archive"));
  private static final int PEM_BYTES_MAX = 64 << 10;

  private final Archive archive;
  private final Doors doors;
  private final ConsoleSocket console;
  private final Carriers carriers;
  private final SelfCheck check;

  private Running(
      Archive archive, Doors doors, ConsoleSocket console, Carriers carriers, SelfCheck check) {
    this.archive = archive;
    this.doors = doors;
    this.console = console;
    this.carriers = carriers;
    this.check = check;
  }

  /// Opens everything, or nothing. Owns the archive from here on.
  ///
  /// @param banner a line on every page; empty for none
  public static Running start(
      Home home, Archive archive, Config config, String banner, Consumer<Object> events)
      throws Failure {
    return start(home, archive, config, banner, events, Optional.empty());
  }

  /// @param unlocked the console of an archive that was locked until now
  public static Running start(
      Home home,
      Archive archive,
      Config config,
      String banner,
      Consumer<Object> events,
      Optional<ConsoleSocket> unlocked)
      throws Failure {
    Carriers carriers = new Carriers();
    try {
      archive.auditLog().activity(ARCHIVE, true, version());
      carriers.start(archive, config, home.data(), version(), events);
      Clock clock = home.clock();
      List<IdentityProvider> providers = OidcProviders.of(config.oidc(), clock, events);
      Doors doors = Doors.open(settings(config, banner, providers), archive, clock, events);
      try {
        writeAuthorities(home.data(), archive);
        archive.tenants().watch(() -> authoritiesOfSites(home.data(), archive));
        Desks desks = new Desks(home, archive, carriers);
        ConsoleSocket console =
            unlocked.isPresent() ? unlocked.get() : ConsoleSocket.open(home.data(), desks);
        console.serveBy(desks);
        SelfCheck check =
            SelfCheck.start(archive, doors, config, clock, new SecureRandom(), events);
        return new Running(archive, doors, console, carriers, check);
      } catch (Failure | IOException | RuntimeException e) {
        doors.close();
        throw e;
      }
    } catch (Failure e) {
      carriers.close();
      closeQuietly(archive);
      throw e;
    } catch (BindException _) {
      carriers.close();
      closeQuietly(archive);
      throw portsTaken(config);
    } catch (IOException e) {
      carriers.close();
      closeQuietly(archive);
      throw new Failure(Failure.FAILED, "can't start: " + e.getMessage(), "");
    }
  }

  static Failure portsTaken(Config config) {
    return new Failure(
        Failure.CONFIGURATION,
        "port "
            + config.web().port()
            + " or "
            + config.dimse().port()
            + " on "
            + config.web().listen()
            + " can't be listened on; something else may use it",
        "end that, or choose others with --https and --dicom");
  }

  static Doors.Settings settings(Config config, String banner, List<IdentityProvider> providers)
      throws Failure {
    WebConfig web = config.web();
    DimseConfig dimse = config.dimse();
    String viewer = System.getProperty("leadglass.viewer", "");
    return new Doors.Settings(
        WebSettings.of(web.listen(), web.port(), web.names(), web.requestsMax()),
        new DicomSettings(
            dimse.aeTitle(),
            dimse.listen(),
            dimse.port(),
            dimse.associationsMax(),
            dimse.artim(),
            dimse.idle(),
            dimse.privateStorage(),
            OidcProviders.tokens(providers)),
        banner,
        Optional.of(viewer).filter(v -> !v.isEmpty()).map(Path::of),
        providers,
        outward(config));
  }

  private static Optional<Doors.Outward> outward(Config config) throws Failure {
    OutsideConfig outside = config.outside();
    if (!outside.isOpen()) {
      return Optional.empty();
    }
    WebSettings web =
        WebSettings.of(
            outside.listen(), outside.port(), outside.names(), config.web().requestsMax());
    if (outside.certificate().isEmpty() || outside.key().isEmpty()) {
      return Optional.of(new Doors.Outward(web, Optional.empty()));
    }
    Path certificate = outside.certificate().get();
    Path key = outside.key().get();
    given(certificate, key);
    return Optional.of(new Doors.Outward(web, Optional.of(() -> renewed(certificate, key))));
  }

  /// What lies there while the door stands open: half of a new pair is no reason to close it.
  private static Authority.Identity renewed(Path certificate, Path key) throws IOException {
    try {
      return given(certificate, key);
    } catch (Failure e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Authority.Identity given(Path certificate, Path key) throws Failure {
    try {
      byte[] secret = read(key);
      try {
        return Authority.given(read(certificate), secret);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    } catch (IOException _) {
      throw new Failure(
          Failure.CONFIGURATION,
          certificate + " or " + key + " can't be read",
          "check outside.certificate-file and outside.key-file");
    } catch (IllegalArgumentException e) {
      throw new Failure(
          Failure.CONFIGURATION,
          certificate + " and " + key + ": " + e.getMessage(),
          "check outside.certificate-file and outside.key-file");
    }
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.size(file) > PEM_BYTES_MAX) {
      throw new IOException("too long");
    }
    return Files.readAllBytes(file);
  }

  /// For whoever has to trust this archive: public, and where the README says it is.
  private static void writeAuthorities(Path data, Archive archive) throws IOException {
    write(data, "ca.pem", archive.webAuthority().caPem().orElseThrow());
    write(data, "dicom-ca.pem", archive.authority().caPem());
    Optional<String> outside = archive.webAuthority().outsidePem();
    if (outside.isPresent()) {
      write(data, "outside-ca.pem", outside.get());
    }
    authoritiesOfSites(data, archive);
  }

  private static void authoritiesOfSites(Path data, Archive archive) {
    try {
      for (Map.Entry<String, Archive> site : archive.tenants().byHost().entrySet()) {
        Optional<String> pem = site.getValue().webAuthority().caPem();
        if (pem.isPresent()) {
          write(data, "ca-" + site.getKey() + ".pem", pem.get());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a site's certificates can't be written", e);
    }
  }

  private static void write(Path data, String name, String pem) throws IOException {
    Path fresh = data.resolve(name + ".new");
    Files.writeString(fresh, pem);
    Files.move(fresh, data.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void closeQuietly(Archive archive) {
    try {
      archive.close();
    } catch (IOException _) {
      // What made the start fail is told; this is not.
    }
  }

  /// Of the jar's manifest.
  private static String version() {
    return Optional.ofNullable(Running.class.getPackage().getImplementationVersion())
        .orElse("unpacked");
  }

  public Archive archive() {
    return archive;
  }

  public Doors doors() {
    return doors;
  }

  /// Doors first, so that nobody hears of success from a closed store.
  @Override
  public void close() throws IOException {
    try (archive) {
      try (doors;
          console;
          check) {
        // Closed in the opposite order.
      }
      archive.auditLog().activity(ARCHIVE, false, version());
      carriers.close();
    }
  }
}
