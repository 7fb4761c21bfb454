package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.Brakes;
import leadglass.archive.Caller;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Devices;
import leadglass.archive.KeyHome;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetWriter;
import leadglass.dicom.io.PartTen;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RequestorSettings;
import leadglass.net.dimse.Services;
import leadglass.net.tls.SecureClient;
import leadglass.store.MasterKey;
import leadglass.store.Store;
import leadglass.store.Stores;
import leadglass.testkit.TestTls;

/// A real archive in a folder behind a real DIMSE door, with devices that are enrolled as needed.
final class Clinic implements AutoCloseable {
  static final String TITLE = "LEADGLASS";
  static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");
  static final Uid MR = new Uid("1.2.840.10008.5.1.4.1.1.4");
  static final Uid JPEG = new Uid("1.2.840.10008.1.2.4.50");
  static final Uid EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid();
  static final Uid IMPLICIT = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid();
  static final Duration SOON = Duration.ofSeconds(60);

  static final Caller CONSOLE =
      new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));
  private static final Caller STORING =
      new Caller.Person(
          "mara",
          Role.RADIOLOGIST,
          Set.of(Role.RADIOLOGIST),
          new Origin(Origin.Door.DICOMWEB, "127.0.0.1"));

  final Archive archive;
  final DicomServer server;
  final Queue<Object> events = new ConcurrentLinkedQueue<>();
  private final Path folder;
  private final Map<String, Authority.Identity> devices = new HashMap<>();

  Clinic(Path folder) throws IOException {
    this(folder, Brakes.Limits.USUAL);
  }

  Clinic(Path folder, Brakes.Limits limits) throws IOException {
    this(folder, limits, Clock.systemUTC(), store -> store);
  }

  /// @param through what the archive has in the place of its store
  Clinic(Path folder, Brakes.Limits limits, Clock clock, UnaryOperator<Store> through)
      throws IOException {
    this.folder = folder;
    MasterKey master = MasterKey.open(folder.resolve("key").resolve("master.key"), true);
    archive =
        Archive.open(
            through.apply(Stores.open(folder.resolve("data"), master, clock, events::add)),
            master,
            KeyHome.fixed(),
            limits,
            clock,
            events::add);
    server =
        DicomServer.start(
            new DicomSettings(TITLE, "127.0.0.1", 0, 16, SOON, SOON),
            _ -> true,
            archive.authority().server(List.of()),
            archive,
            clock,
            events::add);
  }

  /// @param destination port of loopback; 0 for none
  void enrol(String title, Set<DeviceVerb> may, int destination) throws IOException {
    DeviceTerms terms =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            Optional.empty(),
            may,
            destination == 0
                ? Optional.empty()
                : Optional.of(new DeviceTerms.Destination("127.0.0.1", destination)),
            Optional.empty());
    Devices.Change.Done done =
        (Devices.Change.Done) archive.devices().add(CONSOLE, title, terms, new DeviceKey.Made(""));
    Path files = Files.createDirectories(folder.resolve("devices").resolve(title));
    Files.writeString(files.resolve("key.pem"), done.key());
    Files.writeString(files.resolve("cert.pem"), done.certificate());
    devices.put(
        title,
        Authority.given(
            done.certificate().getBytes(StandardCharsets.US_ASCII),
            done.key().getBytes(StandardCharsets.US_ASCII)));
  }

  void reader(String title) throws IOException {
    enrol(title, Set.of(DeviceVerb.RETRIEVE), 0);
  }

  void revoke(String title) throws IOException {
    assertThat(archive.devices().revoke(CONSOLE, title, "sold to somebody else"))
        .isInstanceOf(leadglass.archive.Ruling.Done.class);
  }

  Authority.Identity identity(String title) {
    return java.util.Objects.requireNonNull(devices.get(title), title);
  }

  /// For a client that is none of ours; it believes any server.
  SSLContext tls(String title) throws IOException {
    Path files = folder.resolve("devices").resolve(title);
    return TestTls.believing(files.resolve("key.pem"), files.resolve("cert.pem"));
  }

  static KeyManager[] keys(Authority.Identity identity) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity.keys(), identity.password());
      return keys.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  <P> RequestedAssociation associate(
      String title, int port, Proposal proposal, Services<P> services, P peer) throws IOException {
    try {
      return RequestedAssociation.open(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          SecureClient.of(keys(identity(title)), _ -> true, Clock.systemUTC()),
          proposal,
          services,
          peer,
          RequestorSettings.defaults(new Uid("2.25.7"), "TEST"),
          Clock.systemUTC(),
          events::add);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void store(byte[] file) throws IOException {
    assertThat(
            archive.ingest().storeFile(STORING, Optional.empty(), new ByteArrayInputStream(file)))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  /// A synthetic image.
  ///
  /// @param study number of it, and of its patient; each UID is made of numbers
  static DataSet.Builder image(Uid sopClass, int study, int series, int number) {
    return DataSet.builder()
        .utf8()
        .uid(Tag.SOP_CLASS_UID, sopClass)
        .uid(Tag.SOP_INSTANCE_UID, instance(study, series, number))
        .text(Tag.STUDY_DATE, Vr.DA, "20260102")
        .text(Tag.MODALITY, Vr.CS, "CT")
        .text(Tag.PATIENT_NAME, Vr.PN, "Nobody^Number" + study)
        .text(Tag.PATIENT_ID, Vr.LO, "ID" + study)
        .uid(Tag.STUDY_INSTANCE_UID, study(study))
        .uid(Tag.SERIES_INSTANCE_UID, series(study, series))
        .text(Tag.INSTANCE_NUMBER, Vr.IS, "" + number)
        .us(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
        .us(Tag.ROWS, 8)
        .us(Tag.COLUMNS, 8)
        .us(Tag.BITS_ALLOCATED, 16)
        .us(Tag.BITS_STORED, 16)
        .us(Tag.HIGH_BIT, 15)
        .us(Tag.PIXEL_REPRESENTATION, 0);
  }

  static Uid study(int study) {
    return new Uid("2.25.1" + study);
  }

  static Uid series(int study, int series) {
    return new Uid("2.25.1" + study + ".2" + series);
  }

  static Uid instance(int study, int series, int number) {
    return new Uid("2.25.1" + study + ".2" + series + ".3" + number);
  }

  private static DataSet native16(int study, int series, int number) {
    byte[] pixels = new byte[128];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i + number);
    }
    return image(CT, study, series, number)
        .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, pixels))
        .build();
  }

  /// The data set of a native image.
  static byte[] encoded(TransferSyntax syntax, int study, int series, int number)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DataSetWriter(out, syntax).write(native16(study, series, number));
    return out.toByteArray();
  }

  /// The data set of an image in fragments, which nobody could decode.
  static byte[] compressed(int study, int series, int number) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataSetWriter writer = new DataSetWriter(out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    writer.write(image(CT, study, series, number).build());
    writer.header(Tag.PIXEL_DATA, Vr.OB, -1);
    writer.marker(Tag.ITEM, 0);
    writer.marker(Tag.ITEM, 4);
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9});
    writer.marker(Tag.SEQUENCE_DELIMITATION, 0);
    return out.toByteArray();
  }

  static byte[] file(Uid syntax, int study, int series, int number, byte[] dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PartTen.header(CT, instance(study, series, number), syntax));
    out.writeBytes(dataSet);
    return out.toByteArray();
  }

  /// Stores native images, numbers from 1, and gives their data sets by SOP Instance UID.
  Map<Uid, byte[]> fill(int study, int series, int count) throws IOException {
    Map<Uid, byte[]> stored = new HashMap<>();
    for (int number = 1; number <= count; number++) {
      byte[] dataSet = encoded(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, study, series, number);
      store(file(EXPLICIT, study, series, number, dataSet));
      stored.put(instance(study, series, number), dataSet);
    }
    return stored;
  }

  /// Stores an image of another SOP class.
  void storeMr(int study, int series, int number) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PartTen.header(MR, instance(study, series, number), EXPLICIT));
    new DataSetWriter(out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)
        .write(
            image(MR, study, series, number)
                .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, new byte[128]))
                .build());
    store(out.toByteArray());
  }

  void compress(int study, int series, int number) throws IOException {
    store(file(JPEG, study, series, number, compressed(study, series, number)));
  }

  @Override
  public void close() throws IOException {
    server.close();
    archive.close();
  }
}
