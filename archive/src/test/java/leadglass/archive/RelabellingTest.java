package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSetReader.Event;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.ReadLimits;
import leadglass.store.PatientRef;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Images that leave under the wrong name hurt somebody.
class RelabellingTest {
  private static final String ASCII = "Sample^Ada";
  private static final String ANY = "Müller^Zoë=山田^太郎=やまだ^たろう";

  private static DataSet patient(String name) {
    DataSet made =
        DataSet.builder()
            .utf8()
            .text(Tag.PATIENT_NAME, Vr.PN, name)
            .text(Tag.PATIENT_ID, Vr.LO, "NEW-1")
            .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, "19800101")
            .build();
    return PatientLevel.decode(PatientLevel.identity(new PatientRef("", "NEW-1"), made));
  }

  /// The bytes that go out.
  private static byte[] relabelled(byte[] dataSet, TransferSyntax syntax, DataSet patient)
      throws IOException, DicomException {
    Relabelling.Source source = () -> new ByteArrayInputStream(dataSet);
    List<Relabelling.Segment> segments = Relabelling.plan(source, syntax, patient);
    try (InputStream out = new Relabelled(source.open(), segments)) {
      byte[] bytes = out.readAllBytes();
      assertThat(bytes)
          .hasSize((int) segments.stream().mapToLong(Relabelling.Segment::length).sum());
      return bytes;
    }
  }

  private static DataSetReader reader(byte[] dataSet, TransferSyntax syntax) {
    return new DataSetReader(new ByteArrayInputStream(dataSet), syntax, ReadLimits.PEER);
  }

  private static DataSet read(byte[] dataSet, TransferSyntax syntax)
      throws IOException, DicomException {
    return DataSets.read(reader(dataSet, syntax), Integer.MAX_VALUE);
  }

  static List<TransferSyntax> syntaxes() {
    return List.of(
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
        TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);
  }

  private static DataSet.Builder sample() {
    DataSet item = DataSet.builder().text(Tag.STUDY_DESCRIPTION, Vr.LO, "within").build();
    return Samples.pixels(Samples.ct("2.25.5"), 1, 0)
        .sequence(0x00081140, List.of(item))
        .sequence(0x00081120, List.of(item))
        .text(0x00100000, Vr.UL)
        .text(0x00101001, Vr.PN, "Other^Old")
        .sequence(0x00101002, List.of(item))
        .text(0x00101010, Vr.AS, "050Y")
        .text(0x00101030, Vr.DS, "70.5")
        .text(0x00104000, Vr.LT, "knows Zoë")
        .add(new Element.Value(0x00091001, Vr.UN, new byte[] {1, 2, 3, 4}));
  }

  @ParameterizedTest
  @MethodSource("syntaxes")
  void theOtherPatientTakesThePlaceOfTheFirstAndNothingElseChanges(TransferSyntax syntax)
      throws IOException, DicomException {
    DataSet before = sample().build();
    byte[] out = relabelled(Samples.encode(before, syntax), syntax, patient(ANY));
    DataSet after = read(out, syntax);
    assertThat(after.string(Tag.PATIENT_NAME)).contains(ANY);
    assertThat(after.string(Tag.PATIENT_ID)).contains("NEW-1");
    assertThat(after.string(Tag.PATIENT_BIRTH_DATE)).contains("19800101");
    assertThat(after.element(Tag.PATIENT_SEX)).as("type 2").isPresent();
    assertThat(after.string(Tag.PATIENT_SEX)).as("of the first").isEmpty();
    assertThat(after.string(0x00101030)).as("what was weighed that day").contains("70.5");
    for (int tag : new int[] {0x00081120, 0x00101001, 0x00101002, 0x00101010, 0x00104000}) {
      assertThat(after.contains(tag)).as(Tag.format(tag)).isFalse();
    }
    assertThat(new String(out, StandardCharsets.UTF_8)).doesNotContain("虚構", "Fiction", "ID-1");
    assertThat(rest(out, syntax)).isEqualTo(rest(Samples.encode(before, syntax), syntax));
  }

  /// All that tells nothing of the patient, as text: places, VRs, values.
  private static List<String> rest(byte[] dataSet, TransferSyntax syntax)
      throws IOException, DicomException {
    List<String> rest = new ArrayList<>();
    DataSetReader reader = reader(dataSet, syntax);
    List<CharacterSet> sets = new ArrayList<>(List.of(CharacterSet.DEFAULT));
    boolean skipping = false;
    while (true) {
      Event event = reader.next();
      if (event == Event.END) {
        return rest;
      }
      int around = reader.depth() - (event == Event.SEQUENCE ? 1 : 0);
      if (around == 0) {
        boolean tells = PatientLevel.tells(reader.tag());
        if (skipping || tells) {
          skipping = tells && event == Event.SEQUENCE;
          continue;
        }
      } else if (skipping) {
        continue;
      }
      if (event == Event.ITEM) {
        sets.add(sets.getLast());
      } else if (event == Event.ITEM_END) {
        sets.removeLast();
      }
      if (event == Event.ELEMENT && reader.tag() == Tag.SPECIFIC_CHARACTER_SET) {
        sets.set(sets.size() - 1, CharacterSet.named(reader.value()));
        continue;
      }
      rest.add(event + " " + Tag.format(reader.tag()) + value(event, reader, sets.getLast()));
    }
  }

  private static String value(Event event, DataSetReader reader, CharacterSet set)
      throws IOException, DicomException {
    if (event != Event.ELEMENT && event != Event.FRAGMENT) {
      return "";
    }
    if (reader.vr().isLocalText() && event == Event.ELEMENT) {
      return " " + reader.vr() + " " + set.decode(reader.value(), reader.vr());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    reader.transferTo(bytes);
    byte[] digest = Encodings.sha256(bytes.toByteArray());
    return " " + reader.vr() + " " + bytes.size() + " " + HexFormat.of().formatHex(digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO_IR 100", "ISO_IR 144", "\\ISO 2022 IR 87", "ISO_IR 13", "GB18030"})
  void aNameThatItsCharacterSetCantSayMakesAllTextUtf8(String set)
      throws IOException, DicomException {
    CharacterSet before = CharacterSet.named(set.getBytes(StandardCharsets.US_ASCII));
    String text = set.contains("100") ? "Größe" : set.contains("144") ? "Размер" : "plain";
    DataSet item =
        DataSet.builder()
            .add(new Element.Value(Tag.STUDY_DESCRIPTION, Vr.LO, before.encode(text + " ")))
            .build();
    DataSet made =
        DataSet.builder()
            .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, set)
            .text(Tag.PATIENT_ID, Vr.LO, "ID-1")
            .add(new Element.Value(Tag.STUDY_DESCRIPTION, Vr.LO, before.encode(text + " ")))
            .sequence(0x00081140, List.of(item, item))
            .build();
    byte[] encoded = definedLengths(made);
    for (String name : List.of(ASCII, ANY)) {
      byte[] out = relabelled(encoded, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, patient(name));
      DataSet after = read(out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
      assertThat(after.string(Tag.PATIENT_NAME)).contains(name);
      assertThat(after.string(Tag.STUDY_DESCRIPTION)).contains(text);
      assertThat(after.items(0x00081140))
          .hasSize(2)
          .allMatch(each -> each.string(Tag.STUDY_DESCRIPTION).equals(Optional.of(text)));
    }
  }

  /// Sequences and items with their lengths, as most devices write them.
  private static byte[] definedLengths(DataSet dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Element element : dataSet) {
      switch (element) {
        case Element.Sequence(int tag, List<DataSet> items) -> {
          ByteArrayOutputStream body = new ByteArrayOutputStream();
          for (DataSet item : items) {
            byte[] bytes = definedLengths(item);
            little(body, 0xE000FFFE, bytes.length);
            body.writeBytes(bytes);
          }
          little(out, tag << 16 | tag >>> 16, 'S' | 'Q' << 8, body.size());
          out.writeBytes(body.toByteArray());
        }
        default ->
            out.writeBytes(
                Samples.encode(
                    DataSet.builder().add(element).build(),
                    TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
      }
    }
    return out.toByteArray();
  }

  private static void little(ByteArrayOutputStream out, int... numbers) {
    for (int number : numbers) {
      for (int shift = 0; shift < 32; shift += 8) {
        out.write(number >>> shift);
      }
    }
  }

  @Test
  void whatHasNoPatientGetsOne() throws IOException, DicomException {
    TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    for (DataSet before :
        List.of(
            DataSet.EMPTY,
            DataSet.builder().text(Tag.MODALITY, Vr.CS, "CT").build(),
            DataSet.builder().text(Tag.STUDY_ID, Vr.SH, "S").build())) {
      DataSet after =
          read(relabelled(Samples.encode(before, syntax), syntax, patient(ANY)), syntax);
      assertThat(after.string(Tag.PATIENT_NAME)).contains(ANY);
      assertThat(after.size()).isEqualTo(before.size() + 5);
    }
  }

  @Test
  void aSequenceOfAnotherEncodingInFrontDoesNotMislead() throws IOException, DicomException {
    TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    byte[] sequence =
        HexFormat.of()
            .parseHex(
                "53441010554e0000ffffffff" // (4453,1010) UN of undefined length
                    + "feff00e0ffffffff08001511fffffffffeffdde000000000" // implicit VR within
                    + "feff0de000000000feffdde000000000");
    DataSet after = read(relabelled(sequence, syntax, patient(ANY)), syntax);
    assertThat(after.string(Tag.PATIENT_NAME)).contains(ANY);
    assertThat(after.items(0x44531010)).hasSize(1);
  }

  @Test
  void aPatientBehindThePixelsIsFoundToo() throws IOException, DicomException {
    TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    ByteArrayOutputStream odd = new ByteArrayOutputStream();
    odd.writeBytes(Samples.encode(sample().build(), syntax));
    DataSet again = DataSet.builder().utf8().text(Tag.PATIENT_ID, Vr.LO, "ID-1").build();
    odd.writeBytes(Samples.encode(again, syntax));
    byte[] out = relabelled(odd.toByteArray(), syntax, patient(ASCII));
    assertThat(new String(out, StandardCharsets.UTF_8)).doesNotContain("ID-1");
    assertThat(read(out, syntax).string(Tag.PATIENT_ID)).contains("NEW-1");
  }

  @Test
  void everySoundFileOfTheCorpusLeavesUnderTheOtherName() throws IOException {
    Optional<Corpus> corpus = Corpus.find();
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
    int count = 0;
    List<String> wrong = new ArrayList<>();
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (!row.expected().equals("reject")) {
        for (String name : List.of(ASCII, ANY)) {
          count += check(row, name, wrong);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(1000);
  }

  private static int check(Corpus.Row row, String name, List<String> wrong) {
    byte[] stored;
    TransferSyntax syntax;
    List<String> before;
    try {
      PartTen file = PartTen.read(new ByteArrayInputStream(row.bytes()));
      syntax = file.syntax();
      stored = file.dataSet().readAllBytes();
      if (syntax.deflated()) {
        stored =
            new InflaterInputStream(
                    new ByteArrayInputStream(stored), new java.util.zip.Inflater(true))
                .readAllBytes();
        syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
      }
      before = rest(stored, syntax);
    } catch (IOException | DicomException _) {
      return 0; // not taken in either
    }
    try {
      byte[] out = relabelled(stored, syntax, patient(name));
      DataSet after = DataSets.read(reader(out, syntax), 1 << 20, tag -> Tag.group(tag) == 0x0010);
      if (!after.string(Tag.PATIENT_NAME).equals(Optional.of(name))
          || !after.string(Tag.PATIENT_ID).equals(Optional.of("NEW-1"))) {
        wrong.add(row + ": another name than " + name);
      }
      if (!rest(out, syntax).equals(before)) {
        wrong.add(row + ": something else has changed too, for " + name);
      }
    } catch (IOException | DicomException | RuntimeException e) {
      wrong.add(row + ": " + e);
    }
    return 1;
  }

  @Test
  void skippingAndReadingGiveTheSameBytes() throws IOException, DicomException {
    TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    byte[] stored = Samples.encode(sample().build(), syntax);
    List<Relabelling.Segment> segments =
        Relabelling.plan(() -> new ByteArrayInputStream(stored), syntax, patient(ANY));
    byte[] whole = relabelled(stored, syntax, patient(ANY));
    for (int from = 0; from < whole.length; from += 7) {
      try (InputStream in = new Relabelled(new ByteArrayInputStream(stored), segments)) {
        in.skipNBytes(from);
        assertThat(in.read()).isEqualTo(whole[from] & 0xFF);
      }
    }
  }
}
