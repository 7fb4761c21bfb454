package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import leadglass.archive.Role;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.PartTen;
import leadglass.testkit.Canaries;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every value of many patients is looked for in everything a server leaves behind that was killed,
/// started again, asked, and brought down by a fault of its own: data, journals, logs, temporary
/// and crash files, and the backup that was made meanwhile.
///
/// `-Dleadglass.canaries=2000` looks for 14,000 values.
@SuppressWarnings("NullAway.Init")
class ManyCanariesTest {
  private static final int STUDIES = Integer.getInteger("leadglass.canaries", 40);
  private static final int VALUES_A_STUDY = 7;
  private static final String JSON = "application/dicom+json";
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";

  @TempDir private Path folder;
  private Premises premises;
  private final Random random = new Random(20260703);

  /// One study of somebody who does not exist. No value is like that of another.
  private record Person(
      String family,
      String given,
      String id,
      String birthDate,
      String accession,
      String study,
      String instance) {

    static Person of(int number, Random random) {
      long uid = random.nextLong() >>> 1;
      return new Person(
          "Zqualdobert" + letters(random),
          "Zqimelda" + letters(random),
          "ZQID%07d".formatted(number),
          "18%02d%02d%02d"
              .formatted(random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28)),
          "ZQAN%07d".formatted(number),
          "2.25." + uid,
          "2.25." + uid + "." + random.nextInt(1_000_000));
    }

    private static String letters(Random random) {
      StringBuilder letters = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        letters.append((char) ('a' + random.nextInt(26)));
      }
      return letters.toString();
    }

    List<String> values() {
      return List.of(family, given, id, birthDate, accession, study, instance);
    }

    byte[] file() {
      byte[] dataSet =
          DataSets.encode(
              DataSet.builder()
                  .uid(Tag.SOP_CLASS_UID, new Uid(CT))
                  .uid(Tag.SOP_INSTANCE_UID, new Uid(instance))
                  .text(Tag.STUDY_DATE, Vr.DA, "20260102")
                  .text(Tag.ACCESSION_NUMBER, Vr.SH, accession)
                  .text(Tag.MODALITY, Vr.CS, "CT")
                  .text(Tag.REFERRING_PHYSICIAN_NAME, Vr.PN, given + "^" + family)
                  .text(Tag.PATIENT_NAME, Vr.PN, family + "^" + given)
                  .text(Tag.PATIENT_ID, Vr.LO, id)
                  .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, birthDate)
                  .uid(Tag.STUDY_INSTANCE_UID, new Uid(study))
                  .uid(Tag.SERIES_INSTANCE_UID, new Uid(study + ".1"))
                  .us(Tag.SAMPLES_PER_PIXEL, 1)
                  .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
                  .us(Tag.ROWS, 1)
                  .us(Tag.COLUMNS, 2)
                  .us(Tag.BITS_ALLOCATED, 16)
                  .us(Tag.BITS_STORED, 16)
                  .us(Tag.HIGH_BIT, 15)
                  .us(Tag.PIXEL_REPRESENTATION, 0)
                  .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, new byte[4]))
                  .build());
      byte[] header =
          PartTen.header(
              new Uid(CT), new Uid(instance), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid());
      byte[] file = java.util.Arrays.copyOf(header, header.length + dataSet.length);
      System.arraycopy(dataSet, 0, file, header.length, dataSet.length);
      return file;
    }

    @Override
    public String toString() {
      return "Person[]";
    }
  }

  @BeforeEach
  void setUp() throws IOException {
    premises = Premises.in(folder.resolve("premises"));
  }

  @Test
  void noValueOfAnyoneIsInAnythingAServerLeavesBehind() throws Exception {
    List<Person> people = new ArrayList<>();
    Canaries canaries = new Canaries();
    for (int i = 0; i < STUDIES; i++) {
      Person person = Person.of(i, random);
      people.add(person);
      person.values().forEach(value -> canaries.with(value, StandardCharsets.UTF_8));
    }
    assertThat(people.stream().flatMap(person -> person.values().stream()).distinct())
        .hasSizeGreaterThan(STUDIES * (VALUES_A_STUDY - 1));
    assertThat(canaries.in(people.getLast().file())).hasSizeGreaterThanOrEqualTo(VALUES_A_STUDY);

    try (Server server = new Server(premises)) {
      for (Person person : people) {
        int status = server.web.stow(token(Role.TECHNOLOGIST), person.file()).statusCode();
        assertThat(status).isEqualTo(200);
      }
      server.kill();
    }
    try (Server server = new Server(premises)) {
      for (Person person : people.subList(0, Math.min(STUDIES, 20))) {
        for (String question :
            List.of(
                "PatientID=" + person.id(),
                "PatientName=" + person.family() + "*",
                "AccessionNumber=" + person.accession(),
                "StudyInstanceUID=" + person.study())) {
          String found =
              Web.text(
                  server.web.get(token(Role.RADIOLOGIST), "/dicomweb/studies?" + question, JSON));
          assertThat(found).contains(person.study());
        }
      }
      backUp();
      server.crash();
    }

    assertThat(canaries.below(premises.folder())).isEmpty();
    assertThat(canaries.below(folder.resolve("backup"))).isEmpty();
    assertThat(canaries.below(folder.resolve("keys"))).isEmpty();
    try (Stream<Path> left = Files.walk(premises.folder())) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .noneMatch(name -> name.startsWith("hs_err") || name.startsWith("core"))
          .noneMatch(name -> name.endsWith(".hprof"));
    }
  }

  /// Through the running server, by somebody at its console.
  private void backUp() {
    Command done =
        Command.run(
            "backup",
            folder.resolve("backup"),
            "--keys",
            folder.resolve("keys"),
            "--same-device",
            "--data",
            premises.data());
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(folder.resolve("backup")).isNotEmptyDirectory();
  }

  private String token(Role role) {
    return Objects.requireNonNull(premises.tokens().get(role));
  }
}
