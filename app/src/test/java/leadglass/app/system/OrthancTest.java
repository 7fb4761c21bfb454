package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import leadglass.archive.Role;
import leadglass.testkit.RawFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Orthanc as somebody's old archive: it sends here and asks here, and is sent to and asked. What
/// came of it stands in docs/interop.md.
@SuppressWarnings("NullAway.Init")
class OrthancTest {
  private static final int INSTANCES = 4;
  private static final int LOOKS_MAX = 600;
  private static final String STUDY = "2.25.88";
  private static final Made.Patient PATIENT =
      new Made.Patient("ISO_IR 192", "Nobody^Érika", "ID88");

  @TempDir private Path folder;
  private OpenArchive archive;
  private Orthanc orthanc;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Tool.find("Orthanc").isPresent(), "the Debian package orthanc is not installed");
    archive = new OpenArchive(Premises.in(folder.resolve("premises")));
    int port = Orthanc.freePort();
    device(
        Orthanc.AE_TITLE,
        "--may",
        "store,find,retrieve",
        "--destination",
        "127.0.0.1:" + port,
        "--reader",
        "Bo Lund");
    device("CT9", "--may", "store,find,retrieve");
    orthanc =
        new Orthanc(
            folder.resolve("orthanc"),
            folder.resolve(Orthanc.AE_TITLE),
            port,
            archive.running.doors().dicomPort());
  }

  @AfterEach
  void close() throws IOException {
    if (orthanc != null) {
      orthanc.close();
    }
    if (archive != null) {
      archive.close();
    }
  }

  private void device(String title, String... more) {
    List<Object> words =
        new ArrayList<>(List.of("device", "add", title, "--owner", "Ada Poe", "--out"));
    words.add(folder.resolve(title));
    words.add("--data");
    words.add(archive.premises.data());
    words.addAll(List.of(more));
    Command added = Command.run(words.toArray());
    assertThat(added.exit()).as(added.err()).isZero();
  }

  /// A command of ours, spoken to Orthanc, whose certificate is a device's.
  private Command toOrthanc(String act, Object... more) {
    List<Object> words = new ArrayList<>(List.of("dicom", act, "--as"));
    words.add(folder.resolve("CT9"));
    words.addAll(List.of("localhost:" + orthanc.dicomPort, "--called", Orthanc.AE_TITLE));
    words.add("--peer-cert");
    words.add(folder.resolve(Orthanc.AE_TITLE).resolve("cert.pem"));
    words.addAll(List.of(more));
    return Command.run(words.toArray());
  }

  private static Made made(String study, int number) {
    return new Made(PATIENT, study, study + ".1", study + ".1." + number, 30);
  }

  private int held(String study) throws IOException {
    String found =
        new String(
            archive
                .web
                .get(
                    archive.token(Role.RADIOLOGIST),
                    "/dicomweb/studies/" + study + "/instances",
                    "application/dicom+json")
                .body(),
            StandardCharsets.UTF_8);
    return found.split("\"00080018\"", -1).length - 1;
  }

  private JsonNode awaited(String path, String member, String... wanted) throws IOException {
    for (int look = 0; look < LOOKS_MAX; look++) {
      JsonNode answer = orthanc.get(path);
      if (List.of(wanted).contains(answer.path(member).asString(""))) {
        return answer;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    throw new IOException("Orthanc did not get there: " + orthanc.get(path));
  }

  @Test
  void orthancSendsAsksFetchesAndIsToldThatItIsKept() throws Exception {
    for (int i = 1; i <= INSTANCES; i++) {
      orthanc.post("/instances", made(STUDY, i).file());
    }
    orthanc.post("/modalities/leadglass/echo", "{}");
    String study = orthanc.get("/studies").get(0).asString();
    JsonNode sent = orthanc.post("/modalities/leadglass/store", "\"" + study + "\"");
    assertThat(sent.path("FailedInstancesCount").asInt()).as(sent.toString()).isZero();
    assertThat(held(STUDY)).isEqualTo(INSTANCES);

    String instances =
        Stream.iterate(1, i -> i + 1)
            .limit(INSTANCES)
            .map(i -> "[\"" + Made.CT + "\",\"" + made(STUDY, i).instance() + "\"]")
            .reduce((one, other) -> one + "," + other)
            .orElseThrow();
    String asked =
        orthanc
            .post(
                "/modalities/leadglass/storage-commitment",
                "{\"DicomInstances\":[" + instances + "]}")
            .path("Path")
            .asString();
    JsonNode told = awaited(asked, "Status", "Success", "Failure");
    assertThat(told.path("Success").size()).as(told.toString()).isEqualTo(INSTANCES);

    JsonNode query =
        query("{\"Level\":\"Study\",\"Query\":{\"PatientID\":\"ID88\",\"StudyDescription\":\"\"}}");
    assertThat(orthanc.get(query.path("Path").asString() + "/answers").size()).isOne();
  }

  private JsonNode query(String body) throws IOException {
    return orthanc.post("/modalities/leadglass/query", body);
  }

  @Test
  void orthancHasAStudyMovedToItself() throws Exception {
    for (int i = 1; i <= INSTANCES; i++) {
      assertThat(
              archive
                  .web
                  .stow(archive.token(Role.TECHNOLOGIST), made(STUDY, i).file())
                  .statusCode())
          .isEqualTo(200);
    }
    JsonNode query =
        query("{\"Level\":\"Study\",\"Query\":{\"StudyInstanceUID\":\"" + STUDY + "\"}}");
    String path = query.path("Path").asString();
    assertThat(orthanc.get(path + "/answers").size()).isOne();
    orthanc.post(path + "/answers/0/retrieve", "{\"TargetAet\":\"ORTHANC\",\"Synchronous\":true}");
    assertThat(orthanc.get("/instances").size()).isEqualTo(INSTANCES);
  }

  @Test
  void orthancIsTriedSentToAskedAndFetchedFrom() throws Exception {
    Path images = Files.createDirectories(folder.resolve("images"));
    for (int i = 1; i <= INSTANCES; i++) {
      Files.write(images.resolve(i + ".dcm"), made(STUDY, i).file());
    }
    Command echo = toOrthanc("echo");
    assertThat(echo.exit()).as(echo.err()).isZero();
    Command sent = toOrthanc("store", images, "--quiet");
    assertThat(sent.exit()).as(sent.out() + sent.err()).isZero();
    assertThat(orthanc.get("/instances").size()).isEqualTo(INSTANCES);

    Command found = toOrthanc("find", "-k", "PatientID=ID88");
    assertThat(found.out()).as(found.err()).contains("Nobody^Érika", STUDY, "1 matches.");

    Path out = folder.resolve("out");
    Command got = toOrthanc("get", "--study", STUDY, "--out", out, "--quiet");
    assertThat(got.exit()).as(got.out() + got.err()).isZero();
    try (Stream<Path> files = Files.list(out)) {
      for (Path each : files.toList()) {
        RawFile came = RawFile.of(Files.readAllBytes(each));
        int number = Integer.parseInt(came.sopInstance().replaceAll(".*\\.", ""));
        assertThat(came.dataSet()).isEqualTo(made(STUDY, number).dataSet());
      }
    }
    assertThat(got.out()).contains(INSTANCES + " files");

    Command moved = toOrthanc("move", "--study", STUDY, "--to", "LEADGLASS", "--quiet");
    assertThat(moved.exit()).as(moved.out() + moved.err()).isZero();
    assertThat(held(STUDY)).isEqualTo(INSTANCES);
  }
}
