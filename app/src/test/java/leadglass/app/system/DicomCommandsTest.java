package leadglass.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import leadglass.app.dicom.ServerTrust;
import leadglass.archive.Authority;
import leadglass.archive.Role;
import leadglass.testkit.RawFile;
import leadglass.testkit.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a technician tries from a command line, as a device.
@SuppressWarnings("NullAway.Init")
class DicomCommandsTest {
  private static final String STUDY = "2.25.7";
  private static final Made.Patient PATIENT =
      new Made.Patient("ISO_IR 192", "Nobody^Érika", "ID77");

  @TempDir private Path folder;
  private OpenArchive archive;
  private String address = "";

  @BeforeEach
  void open() throws IOException {
    archive = new OpenArchive(Premises.in(folder.resolve("premises")));
    address = "localhost:" + archive.running.doors().dicomPort();
    device("CT9");
    device("READ9", "--may", "find,retrieve", "--reader", "Bo Lund");
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
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

  private Command as(String title, String act, Object... more) {
    List<Object> words = new ArrayList<>(List.of("dicom", act, "--as"));
    words.add(folder.resolve(title));
    words.add(address);
    words.addAll(List.of(more));
    return Command.run(words.toArray());
  }

  private Path images() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    for (int i = 1; i <= 3; i++) {
      Made made = new Made(PATIENT, STUDY, STUDY + "." + i % 2, STUDY + ".9." + i, 20 + i);
      Files.write(images.resolve(i + ".dcm"), made.file());
    }
    Files.writeString(images.resolve("README"), "no image");
    return images;
  }

  @Test
  void aDeviceSendsAnotherAsksAndFetches() throws Exception {
    Command echo = as("CT9", "echo");
    assertThat(echo.exit()).as(echo.err()).isZero();
    assertThat(echo.out()).contains("status 0000");

    Command sent = as("CT9", "store", images(), "--quiet", "--commit");
    assertThat(sent.out())
        .as(sent.err())
        .contains("3 stored, 1 not; the peer says that it keeps 3.", "README: no DICOM file");
    assertThat(sent.exit()).as("something was not sent").isEqualTo(1);

    Command found = as("READ9", "find", "-k", "PatientID=ID77", "-k", "StudyID");
    assertThat(found.exit()).as(found.err()).isZero();
    assertThat(found.out()).contains("Nobody^Érika", STUDY, "STUDYID", "1 matches.");
    Command json =
        as("READ9", "find", "--level", "series", "-k", "StudyInstanceUID=" + STUDY, "--json");
    assertThat(json.out()).startsWith("[").contains("\"00080060\"", "\"CT\"", STUDY + ".1");

    Path out = folder.resolve("out");
    Command got = as("READ9", "get", "--study", STUDY, "--out", out, "--quiet");
    assertThat(got.exit()).as(got.out() + got.err()).isZero();
    assertThat(got.out()).contains("3 sent, 0 not, 3 files", "status 0000");
    try (Stream<Path> files = Files.list(out)) {
      for (Path each : files.toList()) {
        byte[] bytes = Files.readAllBytes(each);
        int number = Integer.parseInt(RawFile.of(bytes).sopInstance().replaceAll(".*\\.", ""));
        assertThat(RawFile.of(bytes).dataSet())
            .isEqualTo(
                RawFile.of(Files.readAllBytes(folder.resolve("images/" + number + ".dcm")))
                    .dataSet());
      }
    }
    Command moved = as("READ9", "move", "--study", STUDY, "--to", "NOBODY", "--quiet", "--json");
    assertThat(moved.exit()).isEqualTo(1);
    assertThat(moved.out()).contains("\"A801\"");
  }

  @Test
  void whateverIsWrongIsToldWithWhatToDo() throws Exception {
    Command may = as("CT9", "find");
    assertThat(may.exit()).isEqualTo(4);
    assertThat(may.err()).contains("did not answer the query", "--may find");

    Command title = as("CT9", "echo", "--aet", "CT1");
    assertThat(title.exit()).isEqualTo(1);
    assertThat(title.err()).contains("calling ae title not recognized", "leadglass doctor CT1");

    TestCertificate other = TestCertificate.selfSigned("localhost", TestCertificate.Kind.EC);
    other.write(folder.resolve("other.key"), folder.resolve("other.pem"));
    Command authority = as("CT9", "echo", "--ca", folder.resolve("other.pem"));
    assertThat(authority.exit()).isEqualTo(4);
    assertThat(authority.err()).contains("not signed by the authority in the file", "--peer-cert");
    assertThat(as("CT9", "echo", "--peer-cert", folder.resolve("other.pem")).err())
        .contains("another certificate than the one in the file");

    String named = address;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "localhost:" + closed.getLocalPort();
    }
    assertThat(as("CT9", "echo").err()).contains("can't be spoken with", "is it running");
    address = named;

    assertThat(as("CT9", "find", "-k", "PatientIdentity=1").err()).contains("no such key");
    assertThat(as("CT9", "store", folder.resolve("nowhere")).exit()).isEqualTo(2);
    assertThat(as("CT9", "echo", "--user", "radiologist").err()).contains("go together");
    assertThat(Command.run("dicom", "echo", "--as", folder, named).err())
        .contains("can't be read", "--as names the folder");
    Files.delete(folder.resolve("CT9/aet.txt"));
    assertThat(as("CT9", "echo").err()).contains("an AE title has 1 to 16", "--aet");
    assertThat(as("CT9", "echo", "--aet", "CT9").exit()).isZero();
  }

  @Test
  void aServerIsKnownByTheNameThatWasTyped() throws Exception {
    Authority authority = archive.running.archive().authority();
    Authority.Identity identity = authority.server(List.of("pacs.example"));
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate each : identity.keys().getCertificateChain("ecdsa")) {
      chain.add((X509Certificate) each);
    }
    List<X509Certificate> signers = new ArrayList<>();
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(authority.caPem().getBytes(UTF_8)))) {
      signers.add((X509Certificate) each);
    }
    for (String name : List.of("pacs.example", "PACS.example", "localhost", "127.0.0.1")) {
      assertThat(ServerTrust.signedBy(signers, name).accepts(chain)).as(name).isTrue();
    }
    ServerTrust other = ServerTrust.signedBy(signers, "pacs.example.org");
    assertThat(other.accepts(chain)).isFalse();
    assertThat(other.objection()).contains("its certificate is for ", "pacs.example");
    X509Certificate device = certificate(folder.resolve("CT9/cert.pem"));
    ServerTrust asServer = ServerTrust.signedBy(signers, "localhost");
    assertThat(asServer.accepts(List.of(device, chain.get(1)))).as("a device is none").isFalse();
    assertThat(asServer.objection()).contains("not for servers");
  }

  private static X509Certificate certificate(Path pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)))
            .iterator()
            .next();
  }

  @Test
  void whoUsesTheDeviceIsProvedByAToken() throws Exception {
    Path token = folder.resolve("token");
    Files.writeString(token, archive.token(Role.RADIOLOGIST) + "\n", UTF_8);
    Command found = as("READ9", "find", "--user", "radiologist", "--token-file", token);
    assertThat(found.exit()).as(found.err()).isZero();
    Command wrong = as("READ9", "find", "--user", "referrer", "--token-file", token);
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.err()).contains("rejected the association");
  }
}
