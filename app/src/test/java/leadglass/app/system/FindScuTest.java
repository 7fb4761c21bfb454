package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Devices;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.PartTen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another program's queries: DCMTK's `findscu` over TLS, where it is installed.
class FindScuTest {
  private static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");
  private static final String WORKSTATION = "READ1";
  private static final Pattern UID = Pattern.compile("\\[(2\\.25\\.77[0-9.]*)");
  private static final long WAIT_SECONDS = 120;

  @TempDir private Path folder;

  private static Optional<Path> findscu() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, "findscu"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void findscuFindsWhatThereIsAtEveryLevel() throws Exception {
    assumeTrue(findscu().isPresent(), "no findscu: install DCMTK");
    try (OpenArchive open = new OpenArchive(Premises.in(folder))) {
      Archive archive = open.running.archive();
      enrol(archive);
      for (int series = 1; series <= 2; series++) {
        store(archive, series, 1);
        store(archive, series, 2);
      }
      int port = open.running.doors().dicomPort();
      assertThat(find(port, "-P", "PATIENT", "PatientID", "PatientName=m*")).contains("SYN-77");
      assertThat(uids(find(port, "-P", "STUDY", "PatientID=SYN-77", "StudyInstanceUID")))
          .containsExactly("2.25.77");
      assertThat(uids(find(port, "-S", "STUDY", "StudyDate=20240101-", "StudyInstanceUID")))
          .containsExactly("2.25.77");
      assertThat(uids(find(port, "-S", "STUDY", "StudyDate=-20231231", "StudyInstanceUID")))
          .isEmpty();
      assertThat(
              uids(
                  find(
                      port,
                      "-S",
                      "SERIES",
                      "StudyInstanceUID=2.25.77",
                      "Modality=SR",
                      "SeriesInstanceUID")))
          .containsExactly("2.25.77", "2.25.77.2");
      assertThat(
              uids(
                  find(
                      port,
                      "-S",
                      "IMAGE",
                      "StudyInstanceUID=2.25.77",
                      "SeriesInstanceUID=2.25.77.1",
                      "SOPInstanceUID")))
          .containsExactly("2.25.77", "2.25.77.1", "2.25.77.1.1", "2.25.77.1.2");
      assertThat(find(port, "-S", "SERIES", "Modality=SR"))
          .as("no unique key above")
          .contains("DataSetDoesNotMatchSOPClass");
    }
  }

  private static Set<String> uids(String said) {
    Set<String> found = new TreeSet<>();
    // What was asked is printed before the first answer.
    int answers = said.indexOf("Find Response");
    if (answers >= 0) {
      UID.matcher(said.substring(answers)).results().forEach(each -> found.add(each.group(1)));
    }
    return found;
  }

  private void enrol(Archive archive) throws IOException {
    DeviceTerms terms =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            Optional.empty(),
            Set.of(DeviceVerb.FIND),
            Optional.empty(),
            Optional.empty());
    Devices.Change change =
        archive.devices().add(Premises.CONSOLE, WORKSTATION, terms, new DeviceKey.Made(""));
    if (!(change instanceof Devices.Change.Done done)) {
      throw new IOException("not enrolled");
    }
    Files.writeString(folder.resolve("key.pem"), done.key());
    Files.writeString(folder.resolve("cert.pem"), done.certificate());
    Files.writeString(folder.resolve("ca.pem"), done.ca());
  }

  private static void store(Archive archive, int series, int instance) throws IOException {
    String uid = "2.25.77." + series;
    DataSet dataSet =
        DataSet.builder()
            .uid(Tag.SOP_CLASS_UID, CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid(uid + "." + instance))
            .text(Tag.STUDY_DATE, Vr.DA, "20240229")
            .text(Tag.MODALITY, Vr.CS, series == 1 ? "CT" : "SR")
            .text(Tag.PATIENT_NAME, Vr.PN, "Muster^Erika")
            .text(Tag.PATIENT_ID, Vr.LO, "SYN-77")
            .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.77"))
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(uid))
            .build();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        PartTen.header(
            CT,
            dataSet.uid(Tag.SOP_INSTANCE_UID).orElseThrow(),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()));
    file.writeBytes(DataSets.encode(dataSet));
    Caller sender =
        new Caller.Person(
            "technologist",
            Role.TECHNOLOGIST,
            Set.of(Role.TECHNOLOGIST),
            new Origin(Origin.Door.PAGE, "127.0.0.1"));
    assertThat(
            archive
                .ingest()
                .storeFile(sender, Optional.empty(), new ByteArrayInputStream(file.toByteArray())))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  private String find(int port, String model, String level, String... keys) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                findscu().orElseThrow().toString(),
                "-v",
                model,
                "+tls",
                folder.resolve("key.pem").toString(),
                folder.resolve("cert.pem").toString(),
                "+cf",
                folder.resolve("ca.pem").toString(),
                "-aet",
                WORKSTATION,
                "-aec",
                Premises.AE_TITLE,
                "-k",
                "QueryRetrieveLevel=" + level));
    for (String key : keys) {
      command.addAll(List.of("-k", key));
    }
    command.addAll(List.of("localhost", Integer.toString(port)));
    Path said = folder.resolve("findscu.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(said);
  }
}
