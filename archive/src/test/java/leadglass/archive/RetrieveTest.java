package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.ReadLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrieveTest {
  private static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

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

  private List<Held> look(Caller caller, Look look) throws IOException {
    return OpenArchive.given(
        open.archive
            .retrieve()
            .open(caller, look, Samples.STUDY, Optional.empty(), Optional.empty()));
  }

  private Held one() throws IOException {
    return look(OpenArchive.reader(), Look.IMAGES).getFirst();
  }

  private static byte[] file(Held held, boolean inflated) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    held.writeFile(out, inflated);
    return out.toByteArray();
  }

  private static byte[] frame(Held held, int number) throws IOException {
    return bytes(held.frame(number).orElseThrow());
  }

  static byte[] bytes(Held.Part part) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    part.writeTo(out);
    assertThat(out.size()).isEqualTo(part.length());
    return out.toByteArray();
  }

  private static byte[] deflated(DataSet dataSet) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TransferSyntax syntax = TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;
    out.writeBytes(PartTen.header(Samples.CT, new Uid("2.25.5"), syntax.uid()));
    try (DeflaterOutputStream raw =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true))) {
      raw.write(Samples.encode(dataSet, EXPLICIT));
    }
    return out.toByteArray();
  }

  @Test
  void whatIsExplicitLittleEndianComesBackByteForByte() throws IOException {
    byte[] sent = Samples.file(Samples.with("2.25.5", more -> {}));
    open.store(sent);

    assertThat(file(one(), false)).isEqualTo(sent);
    assertThat(one().fileBytes(false)).isEqualTo(sent.length);
  }

  @Test
  void implicitVrAndBigEndianGoOutAsExplicitLittleEndian() throws Exception {
    for (TransferSyntax syntax :
        List.of(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)) {
      DataSet sent = Samples.with("2.25.5" + syntax.name().length(), more -> {});
      open.store(Samples.file(sent, syntax));
      Held held =
          look(OpenArchive.reader(), Look.IMAGES).stream()
              .filter(h -> h.stored().equals(syntax))
              .findFirst()
              .orElseThrow();

      PartTen given = PartTen.read(new ByteArrayInputStream(file(held, false)));

      assertThat(given.syntax()).isEqualTo(EXPLICIT);
      assertThat(dataSet(given)).isEqualTo(DataSets.encode(sent));
      assertThat(frame(held, 1)).isEqualTo(pixels(sent));
    }
  }

  private static byte[] dataSet(PartTen part) throws IOException, DicomException {
    return DataSets.encode(
        DataSets.read(new DataSetReader(part.dataSet(), part.syntax(), ReadLimits.PEER), 1 << 20));
  }

  private static byte[] pixels(DataSet dataSet) {
    return ((Element.Value) dataSet.element(Tag.PIXEL_DATA).orElseThrow()).bytes();
  }

  @Test
  void deflatedGoesOutAsItIsOrInflated() throws Exception {
    DataSet sent = Samples.pixels(Samples.ct("2.25.5"), 3, 500).build();
    byte[] file = deflated(sent);
    open.store(file);

    assertThat(file(one(), false)).isEqualTo(file);
    assertThat(dataSet(PartTen.read(new ByteArrayInputStream(file(one(), true)))))
        .isEqualTo(DataSets.encode(sent));
    assertThat(frame(one(), 2)).isEqualTo(java.util.Arrays.copyOfRange(pixels(sent), 16, 32));
  }

  @Test
  void oneFrameOfManyIsCutOut() throws IOException {
    DataSet sent = Samples.pixels(Samples.ct("2.25.5"), 2000, 0).build();
    open.store(sent);

    assertThat(one().frames()).isEqualTo(2000);
    assertThat(frame(one(), 1234))
        .isEqualTo(java.util.Arrays.copyOfRange(pixels(sent), 1233 * 16, 1234 * 16));
    assertThat(one().frame(0)).isEmpty();
    assertThat(one().frame(2001)).isEmpty();
  }

  @Test
  void framesOfSingleBitsBeginWithTheirFirstBit() throws IOException {
    // Three frames of 8 bits in 3 bytes, but of 2 rows and 3 columns: 6 bits each, unaligned.
    DataSet sent =
        Samples.ct("2.25.5")
            .us(Tag.SAMPLES_PER_PIXEL, 1)
            .us(Tag.ROWS, 2)
            .us(Tag.COLUMNS, 3)
            .us(Tag.BITS_ALLOCATED, 1)
            .us(Tag.BITS_STORED, 1)
            .text(Tag.NUMBER_OF_FRAMES, Vr.IS, "3")
            .add(
                new Element.Value(
                    Tag.PIXEL_DATA,
                    Vr.OB,
                    new byte[] {(byte) 0b10_101011, (byte) 0b1111_0110, 2, 0}))
            .build();
    open.store(sent);

    assertThat(frame(one(), 1)).containsExactly(0b101011);
    assertThat(frame(one(), 2)).containsExactly(0b011010);
    assertThat(frame(one(), 3)).containsExactly(0b101111);
  }

  @Test
  void aValueIsFoundByItsPath() throws IOException {
    byte[] document = "%PDF-fiction".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    DataSet item =
        DataSet.builder()
            .add(new Element.Value(Tag.ENCAPSULATED_DOCUMENT, Vr.OB, document))
            .build();
    open.store(
        Samples.with("2.25.5", more -> more.sequence(0x00081115, List.of(DataSet.EMPTY, item))));

    assertThat(bytes(one().bulk("00081115/2/00420011").orElseThrow())).isEqualTo(document);
    for (String path :
        List.of("00081115", "00081115/1/00420011", "00420011", "x", "00081115/3/00420011")) {
      assertThat(one().bulk(path)).as(path).isEmpty();
    }
  }

  @Test
  void whatIsNotPermittedLooksLikeWhatIsNotThere() throws IOException {
    open.store(Samples.with("2.25.5", more -> more.text(Tag.STUDY_ID, Vr.SH, "S")));
    for (Role role : List.of(Role.ADMINISTRATOR, Role.AUDITOR, Role.REFERRER, Role.FRONT_DESK)) {
      assertThat(look(OpenArchive.person(role), Look.IMAGES)).as(role.word()).isEmpty();
    }
    assertThat(look(OpenArchive.device(), Look.IMAGES)).isEmpty();
    assertThat(open.trail()).noneMatch(entry -> entry.contains("RETRIEVED"));
  }

  @Test
  void aTechnologistGetsWhatIsOfTodayAlone() throws IOException {
    open.store(Samples.with("2.25.5", more -> {}));
    assertThat(look(OpenArchive.person(Role.TECHNOLOGIST), Look.IMAGES)).hasSize(1);
    open.store(
        Samples.pixels(
                DataSet.builder()
                    .uid(Tag.SOP_CLASS_UID, Samples.CT)
                    .uid(Tag.SOP_INSTANCE_UID, new Uid("2.25.6"))
                    .text(Tag.STUDY_DATE, Vr.DA, "20240228")
                    .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.2"))
                    .uid(Tag.SERIES_INSTANCE_UID, new Uid("2.25.2.1")),
                1,
                0)
            .build());
    assertThat(
            OpenArchive.given(
                open.archive
                    .retrieve()
                    .open(
                        OpenArchive.person(Role.TECHNOLOGIST),
                        Look.IMAGES,
                        new Uid("2.25.2"),
                        Optional.empty(),
                        Optional.empty())))
        .isEmpty();
  }

  @Test
  void aVisitIsOneEntryHoweverManyFramesAreTaken() throws IOException {
    open.store(Samples.with("2.25.5", more -> {}));
    for (int i = 0; i < 5; i++) {
      look(OpenArchive.reader(), Look.IMAGES);
    }
    assertThat(open.trail().stream().filter(entry -> entry.contains("RETRIEVED"))).hasSize(1);
  }

  private static Caller.Device device(String aeTitle, DeviceVerb... may) {
    return new Caller.Device(
        aeTitle, Set.of(may), Optional.empty(), new Origin(Origin.Door.DIMSE, "127.0.0.1"));
  }

  private static byte[] dataSet(Held held, TransferSyntax syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    held.writeDataSet(out, syntax);
    return out.toByteArray();
  }

  @Test
  void aDataSetGoesOutInEveryNativeEncoding() throws Exception {
    DataSet sent = Samples.with("2.25.5", more -> {});
    open.store(sent);
    for (TransferSyntax syntax :
        List.of(
            EXPLICIT,
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)) {
      assertThat(one().writes(syntax)).isTrue();
      DataSet read =
          DataSets.read(
              new DataSetReader(
                  new ByteArrayInputStream(dataSet(one(), syntax)), syntax, ReadLimits.PEER),
              1 << 20);
      assertThat(DataSets.encode(read)).as(syntax.name()).isEqualTo(DataSets.encode(sent));
    }
    TransferSyntax jpeg =
        leadglass.dicom.dict.Uids.transferSyntax(new Uid("1.2.840.10008.1.2.4.50")).orElseThrow();
    assertThat(one().writes(jpeg)).isFalse();
  }

  @Test
  void whatADeviceHasSentToAnotherOneIsToldOfThatOne() throws IOException {
    open.store(Samples.with("2.25.5", more -> {}));
    Caller reader = device("READ1", DeviceVerb.RETRIEVE);
    Wanted study = new Wanted(Samples.STUDY, Set.of(), Set.of());
    for (Optional<String> recipient :
        List.of(
            Optional.of("READ2"),
            Optional.of("READ3"),
            Optional.<String>empty(),
            Optional.of("READ2"))) {
      Retrieve.Several given =
          open.archive.retrieve().open(reader, Look.IMAGES, List.of(study), 10, recipient);
      assertThat(given).isInstanceOf(Retrieve.Several.Given.class);
    }

    List<String> entries =
        open.trail().stream().filter(entry -> entry.contains("RETRIEVED")).toList();
    assertThat(entries).hasSize(3).allMatch(entry -> entry.contains("READ1"));
    assertThat(entries).filteredOn(entry -> entry.contains("device READ2")).hasSize(1);
    assertThat(entries).filteredOn(entry -> entry.contains("device READ3")).hasSize(1);
  }

  @Test
  void severalStudiesAreGivenTogetherOrNotAtAll() throws IOException {
    open.store(Samples.with("2.25.5", more -> {}));
    Caller reader = device("READ1", DeviceVerb.RETRIEVE);
    Retrieve retrieve = open.archive.retrieve();
    Wanted study = new Wanted(Samples.STUDY, Set.of(), Set.of());
    Wanted one = new Wanted(Samples.STUDY, Set.of(), Set.of(new Uid("2.25.5")));
    Wanted another =
        new Wanted(Samples.STUDY, Set.of(), Set.of(new Uid("2.25.6"), new Uid("2.25.7")));

    assertThat(retrieve.open(reader, Look.IMAGES, List.of(study, one), 1, Optional.empty()))
        .isEqualTo(new Retrieve.Several.TooMany());
    assertThat(open.trail()).noneMatch(entry -> entry.contains("RETRIEVED"));
    assertThat(given(retrieve.open(reader, Look.IMAGES, List.of(one), 1, Optional.empty())))
        .hasSize(1);
    assertThat(given(retrieve.open(reader, Look.IMAGES, List.of(another), 9, Optional.empty())))
        .isEmpty();
    Caller storing = device("CT1", DeviceVerb.STORE, DeviceVerb.FIND);
    assertThat(given(retrieve.open(storing, Look.IMAGES, List.of(study), 9, Optional.empty())))
        .isEmpty();
  }

  private static List<Held> given(Retrieve.Several several) {
    return ((Retrieve.Several.Given) several).held();
  }

  @Test
  void studiesOfAPatientAndPlacesOfInstancesAreFoundByWhoMayRetrieve() throws IOException {
    open.store(Samples.with("2.25.5", more -> {}));
    Retrieve retrieve = open.archive.retrieve();
    Caller reader = device("READ1", DeviceVerb.RETRIEVE);
    Caller storing = device("CT1", DeviceVerb.STORE);
    About.Patient patient = new About.Patient("", "ID-1");
    About.Patient elsewhere = new About.Patient("ELSEWHERE", "ID-1");

    assertThat(retrieve.studies(reader, Look.IMAGES, patient, 9)).containsExactly(Samples.STUDY);
    assertThat(retrieve.studies(reader, Look.IMAGES, elsewhere, 9)).isEmpty();
    assertThat(retrieve.studies(storing, Look.IMAGES, patient, 9)).isEmpty();
    assertThat(retrieve.isOf(reader, Look.IMAGES, Samples.STUDY, patient)).isTrue();
    assertThat(retrieve.isOf(reader, Look.IMAGES, Samples.STUDY, elsewhere)).isFalse();
    assertThat(retrieve.isOf(storing, Look.IMAGES, Samples.STUDY, patient)).isFalse();
    List<Uid> instances = List.of(new Uid("2.25.5"), new Uid("2.25.404"));
    assertThat(retrieve.find(reader, Look.IMAGES, instances))
        .containsExactly(new Wanted(Samples.STUDY, Set.of(), Set.of(new Uid("2.25.5"))));
    assertThat(retrieve.find(storing, Look.IMAGES, instances)).isEmpty();
  }
}
