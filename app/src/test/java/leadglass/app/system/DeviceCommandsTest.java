package leadglass.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import leadglass.archive.EnrolmentCode;
import leadglass.archive.EnrolmentRequest;
import leadglass.archive.Role;
import leadglass.net.association.NetEvent;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices from the first command to the last, with every door open.
@SuppressWarnings("NullAway.Init")
class DeviceCommandsTest {
  private static final String OWNER = "Ada Poe";

  @TempDir private Path folder;
  private OpenArchive archive;

  @BeforeEach
  void open() throws IOException {
    archive = new OpenArchive(Premises.in(folder.resolve("premises")));
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private Command run(Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--data");
    all.add(archive.premises.data());
    return Command.run(all.toArray());
  }

  private Command done(Object... words) {
    Command command = run(words);
    assertThat(command.exit()).as(command.err()).isZero();
    return command;
  }

  private static SSLContext tls(Path files) throws IOException {
    return TestTls.client(
        files.resolve("key.pem"), files.resolve("cert.pem"), files.resolve("ca.pem"));
  }

  private RawScu.Builder as(SSLContext tls, String aeTitle) {
    return RawScu.to(archive.running.doors().dicomPort())
        .tls(tls)
        .called(Premises.AE_TITLE)
        .calling(aeTitle)
        .timeout(Duration.ofSeconds(30))
        .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
  }

  private boolean comesIn(SSLContext tls, String aeTitle) {
    try (RawScu scu = as(tls, aeTitle).open()) {
      boolean answered = scu.echo().status() == 0;
      scu.release();
      return answered;
    } catch (IOException _) {
      return false;
    }
  }

  private String address() {
    return "localhost:" + archive.running.doors().httpsPort();
  }

  private String invited(String... words) {
    List<Object> all = new ArrayList<>(List.of("device", "invite"));
    all.addAll(List.of(words));
    return done(all.toArray()).out().strip();
  }

  @Test
  void aRevokedDeviceIsPutOutAndStaysOutWithItsTlsSessionToo() throws IOException {
    SSLContext ct1 = archive.premises.device(Premises.CT1);
    try (RawScu open = as(ct1, Premises.CT1).open();
        RawScu other =
            archive
                .association(Premises.CT2)
                .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)
                .open()) {
      assertThat(open.echo().status()).isZero();
      done("device", "revoke", Premises.CT1, "--reason", "sold");
      assertThat(comesIn(ct1, Premises.CT1)).as("with the session it has").isFalse();
      assertThat(comesIn(archive.premises.device(Premises.CT1), Premises.CT1)).isFalse();
      assertThatThrownBy(
              () -> {
                while (true) {
                  open.receive(); // A-ABORT, then the end
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(other.echo().status()).as("who was not revoked").isZero();
      other.release();
    }
    assertThat(archive.events)
        .anyMatch(event ->
            event instanceof NetEvent.AssociationClosed closed
                && closed.ending() == NetEvent.Ending.DISMISSED);
    assertThat(done("device", "list").out()).contains("revoked");
    done("device", "remove", Premises.CT1);
    assertThat(done("device", "list").out()).doesNotContain(Premises.CT1);
    assertThat(run("device", "revoke", "NOBODY", "--reason", "x").exit()).isEqualTo(1);
  }

  @Test
  void aDeviceIsEnrolledByACodeOnceAndFromItsOwnMachine() throws Exception {
    String code = invited("US1", "--owner", OWNER);
    assertThat(code).matches("([0-9A-Z]{4}-){7}[0-9A-Z]{4}");
    Path files = folder.resolve("us1");
    Command enrolled =
        Command.run(
            "device", "enrol", address(), code.toLowerCase(java.util.Locale.ROOT), "--out", files);
    assertThat(enrolled.exit()).as(enrolled.err()).isZero();
    assertThat(enrolled.err()).contains("US1 is enrolled");
    try (Stream<Path> all = Files.list(files)) {
      assertThat(all.map(DeviceCommandsTest::mode)).hasSize(4).containsOnly("rw-------");
    }
    assertThat(comesIn(tls(files), "US1")).isTrue();
    assertThat(comesIn(tls(files), Premises.CT1)).isFalse();
    Command again = Command.run("device", "enrol", address(), code, "--out", folder.resolve("b"));
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("refused the code");
    assertThat(folder.resolve("b")).doesNotExist();
    assertThat(Files.readString(archive.premises.data().resolve("dicom-ca.pem")))
        .isEqualTo(Files.readString(files.resolve("ca.pem")));
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aCodeRenewsADeviceThatIsHere() throws IOException {
    String code = invited(Premises.CT1);
    Path files = folder.resolve("new");
    assertThat(Command.run("device", "enrol", address(), code, "--out", files).exit()).isZero();
    assertThat(comesIn(tls(files), Premises.CT1)).isTrue();
    assertThat(comesIn(archive.premises.device(Premises.CT1), Premises.CT1))
        .as("for a week")
        .isTrue();
    assertThat(run("device", "invite", "NEW").err()).contains("--owner");
    assertThat(run("device", "invite", Premises.CT1, "--owner", OWNER).exit()).isEqualTo(1);
  }

  @Test
  void aCodeIsNotSentToAnotherArchive() throws IOException {
    try (OpenArchive other = new OpenArchive(Premises.in(folder.resolve("other")))) {
      // The same root: what one is asked by the other's code is refused by the archive alone.
      assertThat(other.running.archive().webAuthority().caPem().orElseThrow())
          .isEqualTo(archive.running.archive().webAuthority().caPem().orElseThrow());
    }
    String code = invited("US1", "--owner", OWNER);
    try (Impostor impostor = Impostor.start()) {
      Command command =
          Command.run(
              "device",
              "enrol",
              "localhost:" + impostor.port(),
              code,
              "--out",
              folder.resolve("x"));
      assertThat(command.exit()).isEqualTo(1);
      assertThat(command.err()).contains("the code was not sent");
      assertThat(impostor.heard()).contains("/trust/ca.pem").doesNotContain("code");
    }
    assertThat(Command.run("device", "enrol", address(), code, "--out", folder.resolve("y")).exit())
        .as("the code is still good")
        .isZero();
  }

  @Test
  void aMistypedCodeGoesNowhere() {
    String code = invited("US1", "--owner", OWNER);
    char last = code.charAt(code.length() - 1);
    String mistyped = code.substring(0, code.length() - 1) + (last == 'A' ? 'B' : 'A');
    Command command =
        Command.run("device", "enrol", "localhost:1", mistyped, "--out", folder.resolve("x"));
    assertThat(command.exit()).isEqualTo(2);
    assertThat(command.err()).contains("mistyped");
  }

  private HttpResponse<byte[]> knock(String code, String csr) throws IOException {
    String form = "code=" + code + "&csr=" + java.net.URLEncoder.encode(csr, UTF_8);
    return archive.web.send(
        archive
            .web
            .request("/enrol")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  @Test
  void everyWrongCodeGetsTheSameAnswerAndThenOneHasToWait() throws IOException {
    String csr = EnrolmentRequest.fresh().request();
    String code = invited("US1", "--owner", OWNER);
    String secret = EnrolmentCode.read(code).orElseThrow().secret();
    assertThat(knock(secret, "no request").statusCode()).isEqualTo(422);
    done("device", "invite", "US1", "--owner", OWNER);
    String replaced = Web.seen(knock(secret, csr));
    assertThat(replaced).contains("403");
    assertThat(Web.seen(knock("0".repeat(16), csr))).isEqualTo(replaced);
    assertThat(Web.seen(knock("", "no request"))).isEqualTo(replaced);
    HttpResponse<byte[]> slowed = knock(secret, csr);
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aRequestMadeElsewhereIsSignedAndItsKeyIsAllThatCounts() throws Exception {
    EnrolmentRequest made = EnrolmentRequest.fresh();
    Path csr = Files.writeString(folder.resolve("us1.csr"), made.request());
    Path certificate = folder.resolve("cert.pem");
    done("device", "add", "US1", "--owner", OWNER, "--csr", csr, "--out", certificate);
    assertThat(mode(certificate)).isEqualTo("rw-------");
    Path key = Files.writeString(folder.resolve("key.pem"), made.key());
    Path ca = archive.premises.data().resolve("dicom-ca.pem");
    assertThat(comesIn(TestTls.client(key, certificate, ca), "US1")).isTrue();
    Command again =
        run("device", "add", "US2", "--owner", OWNER, "--csr", csr, "--out", folder.resolve("c2"));
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("belongs");
    assertThat(folder.resolve("c2")).doesNotExist();
  }

  @Test
  void aCertificateOfAnotherAuthorityIsBoundByItselfOrByItsFingerprint() throws Exception {
    for (boolean byFile : new boolean[] {true, false}) {
      String title = byFile ? "US1" : "US2";
      TestCertificate own = TestCertificate.selfSigned(title, TestCertificate.Kind.EC);
      Path key = folder.resolve(title + ".key");
      Path file = folder.resolve(title + ".crt");
      own.write(key, file);
      if (byFile) {
        done("device", "add", title, "--owner", OWNER, "--cert", file);
      } else {
        byte[] digest =
            java.security.MessageDigest.getInstance("SHA-256").digest(own.chain()[0].getEncoded());
        String print = java.util.HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        done("device", "add", title, "--owner", OWNER, "--fingerprint", print);
      }
      SSLContext tls = TestTls.client(key, file, archive.premises.data().resolve("dicom-ca.pem"));
      assertThat(comesIn(tls, title)).isTrue();
      assertThat(comesIn(tls, title)).as("once it was seen").isTrue();
    }
    assertThat(done("device", "list", "--json").out()).contains("another");
  }

  /// As `docs/operating/devices.md` writes it, by the device's own file names.
  @Test
  void whatTheEngineerTypesSendsAnImage() throws Exception {
    Path storescu = Path.of("/usr/bin/storescu");
    assumeTrue(Files.isExecutable(storescu), "no storescu: install DCMTK");
    Path document =
        Path.of(System.getProperty("leadglass.root", "..")).resolve("docs/operating/devices.md");
    String line =
        Files.readAllLines(document).stream()
            .map(String::strip)
            .filter(each -> each.startsWith("storescu "))
            .findFirst()
            .orElseThrow();
    Made.Patient patient = new Made.Patient("ISO_IR 192", "Nobody^Nowhere", "N-1");
    Made made = new Made(patient, "2.25.61", "2.25.62", "2.25.63", 2);
    Path image = Files.write(folder.resolve("image.dcm"), made.file());
    Path files = archive.premises.folder().resolve("devices").resolve(Premises.CT1);
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      words.add(
          switch (word) {
            case "storescu" -> storescu.toString();
            case "archive.example" -> "localhost";
            case "2762" -> Integer.toString(archive.running.doors().dicomPort());
            case "image.dcm" -> image.toString();
            default -> word.replace("ct1/", files + "/");
          });
    }
    Path said = folder.resolve("storescu.txt");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    assertThat(archive.status().instances()).isEqualTo(1);
  }

  @Test
  void whoeverAsksGetsTheListOfRevokedCertificates() throws Exception {
    done("device", "revoke", Premises.CT1, "--reason", "sold");
    HttpResponse<byte[]> answer = archive.web.send(archive.web.request("/crl"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/pkix-crl");
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    X509CRL list = (X509CRL) factory.generateCRL(new ByteArrayInputStream(answer.body()));
    Path certificate =
        archive.premises.folder().resolve("devices").resolve(Premises.CT1).resolve("cert.pem");
    X509Certificate revoked;
    try (var in = Files.newInputStream(certificate)) {
      revoked = (X509Certificate) factory.generateCertificate(in);
    }
    assertThat(list.isRevoked(revoked)).isTrue();
  }

  @Test
  void statusTellsWhatHasToBeDoneAboutDevices() {
    assertThat(done("status").out()).doesNotContain("nobody answers");
    assertThat(done("status", "--json").out()).contains("\"endSoon\"", "\"keysLaid\"");
    done(
        "device",
        "set",
        Premises.CT1,
        "--hours",
        "06-20",
        "--sop-classes",
        "1.2.840.10008.5.1.4.1.1.2");
    assertThat(done("device", "list").out()).contains("06-20", "1.2.840.10008.5.1.4.1.1.2", OWNER);
    assertThat(run("device", "set", Premises.CT1, "--hours", "9 to 5").exit()).isEqualTo(2);
    done("device", "set", Premises.CT1, "--hours", "all", "--sop-classes", "all");
  }

  @Test
  void aTokenIsListedByItsPublicPartAndRevoked() throws IOException {
    String token = archive.token(Role.RADIOLOGIST);
    String id = token.split("_", -1)[1];
    assertThat(done("token", "list").out())
        .contains(id, "radiologist", "valid")
        .doesNotContain(token.substring(20));
    done("token", "revoke", id);
    assertThat(
            archive
                .web
                .send(
                    archive
                        .web
                        .request("/dicomweb/studies")
                        .header("Authorization", "Bearer " + token))
                .statusCode())
        .isEqualTo(401);
    assertThat(done("token", "list").out()).doesNotContain(id);
    assertThat(run("token", "revoke", id).exit()).isEqualTo(1);
    assertThat(run("user", "disable", "technologist").exit()).isZero();
    assertThat(done("token", "list").out()).contains("outlived");
  }

  @Test
  void theDoctorSaysWhyADeviceWasRefusedAndWhatToType() throws IOException {
    assertThat(done("doctor", Premises.CT1).out()).isEmpty();
    SSLContext ct1 = archive.premises.device(Premises.CT1);
    assertThat(comesIn(ct1, "\u001b[31mX")).isFalse();
    assertThat(comesIn(ct1, "<b>CT9</b>")).isFalse();
    assertThat(comesIn(ct1, "<b>CT9</b>")).isFalse();
    Command one = done("doctor", Premises.CT1);
    assertThat(one.out())
        .contains("called itself by another AE title", "<b>CT9</b>", ", 2 times since ")
        .contains("leadglass device show " + Premises.CT1 + " --data DIR")
        .doesNotContain("\u001b");
    assertThat(one.err()).contains("when the archive was started");
    assertThat(done("doctor").out()).contains("WHO", Premises.CT1, "other-title");
    assertThat(done("doctor", Premises.CT1, "--json").out())
        .contains("\"cause\" : \"other-title\"", "\"proved\" : true");
    assertThat(done("doctor", "NOBODY").err()).contains("Nothing was refused");
  }
}
