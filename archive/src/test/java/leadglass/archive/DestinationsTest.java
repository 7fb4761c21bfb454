package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class DestinationsTest {
  private static final Origin HERE = new Origin(Origin.Door.DIMSE, "127.0.0.1");
  private static final Caller CONSOLE =
      new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));
  private static final Caller READER =
      new Caller.Device("READ1", Set.of(DeviceVerb.RETRIEVE), Optional.empty(), HERE);
  private static final DeviceTerms.Destination ADDRESS =
      new DeviceTerms.Destination("read2.example", 2762);

  @TempDir private Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  private X509Certificate enrol(String title, Optional<DeviceTerms.Hours> hours) throws Exception {
    DeviceTerms terms =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            hours,
            Set.of(DeviceVerb.RETRIEVE),
            Optional.of(ADDRESS),
            Optional.empty());
    Devices.Change.Done done =
        (Devices.Change.Done)
            open.archive.devices().add(CONSOLE, title, terms, new DeviceKey.Made(""));
    return PemText.certificates(done.certificate()).getFirst();
  }

  @Test
  void aDeviceThatListensIsFoundByWhoMayRetrieve() throws Exception {
    enrol("READ2", Optional.empty());
    Destinations destinations = open.archive.destinations();

    assertThat(destinations.find(READER, " READ2 ")).contains(ADDRESS);
    assertThat(destinations.find(READER, "READ1")).isEmpty();
    assertThat(destinations.find(new Caller.Device("CT1", HERE), "READ2")).isEmpty();
    assertThat(open.trail())
        .filteredOn(entry -> entry.contains("sending instances to an unknown destination refused"))
        .hasSize(2);
  }

  @Test
  void oneThatWasRevokedOrIsOutsideItsHoursIsNone() throws Exception {
    X509Certificate revoked = enrol("READ2", Optional.empty());
    enrol("NIGHT", DeviceTerms.Hours.parse("20-06"));
    assertThat(open.archive.devices().revoke(CONSOLE, "READ2", "sold to somebody else"))
        .isInstanceOf(Ruling.Done.class);

    assertThat(open.archive.destinations().find(READER, "READ2")).isEmpty();
    assertThat(open.archive.destinations().proves(revoked, "READ2")).isFalse();
    assertThat(open.archive.destinations().find(READER, "NIGHT")).as("it is noon").isEmpty();
  }

  @Test
  void aCertificateProvesItsOwnDeviceAlone() throws Exception {
    X509Certificate second = enrol("READ2", Optional.empty());
    X509Certificate third = enrol("READ3", Optional.empty());

    assertThat(open.archive.destinations().proves(second, "READ2")).isTrue();
    assertThat(open.archive.destinations().proves(third, "READ2")).isFalse();
  }
}
