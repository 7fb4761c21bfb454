package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every decision of the probes that are neither DICOM nor web, by servers of a few lines.
class ServicesTest {
  private static final Declared HL7 =
      new Declared(Optional.empty(), Optional.empty(), false, true, false);

  private static String decided(Declared declared, String service, String probe, Stage.Part part)
      throws IOException {
    try (Stage stage = new Stage(part)) {
      HostReport report = Checks.of(declared, stage.port() + "/" + service);
      assertThat(report.toString()).doesNotContain(Stage.CANARY);
      return Checks.decision(report, probe);
    }
  }

  private static String decided(String service, String probe, Stage.Part part) throws IOException {
    return decided(Declared.NOTHING, service, probe, part);
  }

  private static Stage.Part answering(String answer) {
    return (in, out) -> {
      in.read();
      Stage.say(out, answer);
    };
  }

  @Test
  void whoeverTakesNonsenseTooIsALookAlike() throws IOException {
    assertThat(decided("redis", "redis", answering("+PONG\r\n+PONG\r\n")))
        .isEqualTo("accepts-anything");
    assertThat(decided("rsync", "rsync-modules", anyRsync("a\t\n@RSYNCD: EXIT\n", "@RSYNCD: OK\n")))
        .isEqualTo("accepts-anything");
    byte[] fine = framed(2013, 5, bson(1, 0), 0);
    assertThat(decided("mongodb", "mongodb", (in, out) -> out.write(fine)))
        .isEqualTo("accepts-anything");
  }

  @ParameterizedTest
  @CsvSource({
    "'+PONG\r\n-ERR CANARY7Q', answers",
    "-NOAUTH Authentication required., asks-password",
    "-DENIED Redis is running in protected mode CANARY7Q, protected",
    "-ERR CANARY7Q, not-redis",
    "HTTP/1.1 200 CANARY7Q, not-redis"
  })
  void redisIsToldByItsFirstWord(String answer, String decision) throws IOException {
    assertThat(decided("redis", "redis", answering(answer + "\r\n"))).isEqualTo(decision);
  }

  private static Stage.Part ftp(String greeting, String user, String pass) {
    return (in, out) -> {
      Stage.say(out, greeting + "\r\n");
      if (Stage.line(in).equals("USER anonymous")) {
        Stage.say(out, user + "\r\n");
      }
      if (Stage.line(in).startsWith("PASS ")) {
        Stage.say(out, pass + "\r\n");
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "220 CANARY7Q, 331 name, 230 CANARY7Q, anonymous",
    "220 CANARY7Q, 230 in, -, anonymous",
    "220 CANARY7Q 3.0.3, 331 name, 530 no, 'refuses,version'",
    "220 CANARY7Q, 530 no CANARY7Q, -, refuses",
    "220 CANARY7Q, 534 TLS first, -, asks-tls",
    "220 CANARY7Q, 421 full, -, busy",
    "220 mail, 502 what, -, not-ftp",
    "421 full, -, -, busy",
    "SSH-2.0-CANARY7Q, -, -, not-ftp"
  })
  void ftpIsToldByItsReplies(String greeting, String user, String pass, String decision)
      throws IOException {
    assertThat(decided("ftp", "ftp-anonymous", ftp(greeting, user, pass))).isEqualTo(decision);
  }

  @Test
  void ftpMayGreetInManyLines() throws IOException {
    String greeting = "220-CANARY7Q\r\n 220 not yet\r\n220-221 nor\r\n220 now";
    assertThat(decided("ftp", "ftp-anonymous", ftp(greeting, "331 name", "530 no")))
        .isEqualTo("refuses");
  }

  private static Stage.Part rsync(String listed, String asked) {
    return (in, out) -> {
      Stage.say(out, "@RSYNCD: 31.0 sha256\n");
      Stage.line(in);
      String module = Stage.line(in);
      boolean nonsense = module.startsWith("LG");
      String answer = nonsense ? "@ERROR: Unknown module '" + module + "'\n" : asked;
      Stage.say(out, module.equals("#list") ? listed : answer);
    };
  }

  private static Stage.Part anyRsync(String listed, String asked) {
    return (in, out) -> {
      Stage.say(out, "@RSYNCD: 31.0\n");
      Stage.line(in);
      Stage.say(out, Stage.line(in).equals("#list") ? listed : asked);
    };
  }

  private static final String MODULES =
      "hello\tthere\nCANARY7Q       \tof CANARY7Q\n@RSYNCD: EXIT\n";

  @Test
  void rsyncIsToldByItsModules() throws IOException {
    assertThat(decided("rsync", "rsync-modules", rsync(MODULES, "motd\n@RSYNCD: OK\n")))
        .isEqualTo("open-module");
    assertThat(decided("rsync", "rsync-modules", rsync(MODULES, "@RSYNCD: AUTHREQD CANARY7Q\n")))
        .isEqualTo("lists-modules");
    assertThat(decided("rsync", "rsync-modules", rsync(MODULES, "@ERROR: denied CANARY7Q\n")))
        .isEqualTo("lists-modules");
    assertThat(decided("rsync", "rsync-modules", rsync(MODULES, "@ERROR: Unknown module 'x'\n")))
        .isEqualTo("no-modules");
    assertThat(decided("rsync", "rsync-modules", rsync("@RSYNCD: EXIT\n", "")))
        .isEqualTo("no-modules");
    assertThat(decided("rsync", "rsync-modules", rsync("@ERROR: no\n", ""))).isEqualTo("refuses");
    assertThat(decided("rsync", "rsync-modules", (_, out) -> Stage.say(out, "220 CANARY7Q\n")))
        .isEqualTo("not-rsync");
  }

  @Test
  void noMoreThanEightModulesAreAskedFor() throws IOException {
    String many = "CANARY7Q\t\n".repeat(900) + "@RSYNCD: EXIT\n";
    try (Stage stage = new Stage(rsync(many, "@RSYNCD: AUTHREQD x\n"))) {
      HostReport report = Checks.of(Declared.NOTHING, stage.port() + "/rsync");
      assertThat(Checks.decision(report, "rsync-modules")).isEqualTo("lists-modules");
      // The door itself, the list, and the modules.
      assertThat(report.connections()).isEqualTo(10);
    }
  }

  private static String error(String state) {
    String fields = "SFATAL\0VFATAL\0C" + state + "\0MCANARY7Q\0\0";
    return "E\0\0\0" + (char) (fields.length() + 4) + fields;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"28000 refuses", "28P01 refuses", "53300 busy", "57P03 busy", "08P01 fails"})
  void postgresqlIsToldByItsState(String row) throws IOException {
    String[] words = row.split(" ", -1);
    assertThat(decided("postgresql", "postgresql", answering(error(words[0])))).isEqualTo(words[1]);
  }

  @Test
  void postgresqlIsToldByWhatItAsksFor() throws IOException {
    String version = "v\0\0\0\u0010\0\3\0\0\0\0\0\1aaa\0";
    assertThat(decided("postgresql", "postgresql", answering("R\0\0\0\u0008\0\0\0\0")))
        .isEqualTo("trust");
    assertThat(decided("postgresql", "postgresql", answering("R\0\0\0\u000c\0\0\0\5abcd")))
        .isEqualTo("asks-password");
    assertThat(decided("postgresql", "postgresql", answering(version + "R\0\0\0\u0008\0\0\0\n")))
        .isEqualTo("asks-password");
    for (String odd :
        List.of("R\u007f\0\0\0", "R\0\0\0\0", "HTTP/1.1 400", "Rÿÿÿÿ", "E\0\0\0\u0008SSSS")) {
      assertThat(decided("postgresql", "postgresql", answering(odd))).isEqualTo("not-postgresql");
    }
  }

  private static byte[] bson(double ok, int code) {
    ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN).position(4);
    byte[] nested = "\u0010ok\0\1\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    out.put((byte) 3).put("databases\0".getBytes(StandardCharsets.US_ASCII));
    out.putInt(nested.length + 5).put(nested).put((byte) 0);
    out.put((byte) 2).put("errmsg\0".getBytes(StandardCharsets.US_ASCII));
    out.putInt(9).put("CANARY7Q\0".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) 1).put("ok\0".getBytes(StandardCharsets.US_ASCII)).putDouble(ok);
    out.put((byte) 16).put("code\0".getBytes(StandardCharsets.US_ASCII)).putInt(code);
    out.put((byte) 0).putInt(0, out.position());
    byte[] document = new byte[out.position()];
    out.flip().get(document);
    return document;
  }

  private static byte[] framed(int operation, int before, byte[] document, int lie) {
    int length = 16 + before + document.length;
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length + lie)
        .putInt(9)
        .putInt(1)
        .putInt(operation)
        .position(16 + before)
        .put(document)
        .array();
  }

  private static int header(InputStream in) throws IOException {
    byte[] header = in.readNBytes(16);
    return header.length < 16
        ? 0
        : ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
  }

  private static Stage.Part mongodb(byte[] answer) {
    return (in, out) -> {
      int operation = header(in);
      boolean known = new String(in.readNBytes(40), StandardCharsets.ISO_8859_1).contains("listD");
      out.write(known || operation == 0 ? answer : framed(2013, 5, bson(0, 59), 0));
    };
  }

  @Test
  void mongodbIsToldByOkAndCode() throws IOException {
    assertThat(decided("mongodb", "mongodb", mongodb(framed(2013, 5, bson(1, 0), 0))))
        .isEqualTo("lists-databases");
    assertThat(decided("mongodb", "mongodb", mongodb(framed(2013, 5, bson(0, 13), 0))))
        .isEqualTo("asks-sign-in");
    assertThat(decided("mongodb", "mongodb", mongodb(framed(2013, 5, bson(0, 59), 0))))
        .isEqualTo("fails");
    assertThat(decided("mongodb", "mongodb", mongodb(framed(2013, 5, bson(1, 0), 1 << 30))))
        .isEqualTo("not-mongodb");
    assertThat(decided("mongodb", "mongodb", mongodb(framed(2012, 5, bson(1, 0), 0))))
        .isEqualTo("not-mongodb");
    byte[] cut = bson(1, 0);
    cut[15] = 0x7F; // a nested document longer than all of it
    cut[17] = 0x7F;
    assertThat(decided("mongodb", "mongodb", mongodb(framed(2013, 5, cut, 0))))
        .isEqualTo("broke-off");
  }

  @Test
  void mongodbOfOldIsAskedAsOfOld() throws IOException {
    byte[] answer = framed(1, 20, bson(1, 0), 0);
    Stage.Part old =
        (in, out) -> {
          if (header(in) == 2004) {
            String asked = new String(in.readNBytes(50), StandardCharsets.ISO_8859_1);
            out.write(asked.contains("listD") ? answer : framed(1, 20, bson(0, 59), 0));
          }
        };
    assertThat(decided("mongodb", "mongodb", old)).isEqualTo("lists-databases");
  }

  private static Stage.Part hl7(String answer, AtomicInteger sent) {
    return (in, out) -> {
      if (in.read() == 0x0B) {
        sent.incrementAndGet();
        Stage.say(out, answer);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "AA, takes-messages",
    "CA, takes-messages",
    "AE, answers",
    "AR, rejects",
    "XX, not-hl7"
  })
  void hl7IsToldByItsAcknowledgment(String code, String decision) throws IOException {
    String answer = "\u000bMSH|^~\\&|CANARY7Q|MSA|\rMSA|" + code + "|CANARY7Q\r\u001c\r";
    AtomicInteger sent = new AtomicInteger();
    assertThat(decided(HL7, "hl7", "hl7-mllp", hl7(answer, sent))).isEqualTo(decision);
    assertThat(sent).hasValue(1);
    assertThat(decided("hl7", "hl7-mllp", hl7(answer, sent))).isEqualTo("not-sent");
    assertThat(sent).as("nothing is sent unless that was asked for").hasValue(1);
  }

  /// What a door of any service may do instead of speaking.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis",
        "ftp",
        "rsync",
        "postgresql",
        "mongodb",
        "hl7",
        "nfs",
        "smb",
        "https",
        "dicom-tls"
      })
  void noServerHoldsTheCheckUpOrMakesItBelieveAnything(String service) throws IOException {
    for (Stage.Part part :
        List.<Stage.Part>of(
            ServicesTest::endless,
            ServicesTest::zeros,
            ServicesTest::highest,
            (_, _) -> {},
            (in, _) -> in.readAllBytes())) {
      try (Stage stage = new Stage(part)) {
        HostReport report = Checks.of(HL7, stage.port() + "/" + service);
        assertThat(report.worst().number()).isLessThanOrEqualTo(Level.NOTE.number());
        assertThat(report.grade()).isEqualTo(Grade.UNKNOWN);
        assertThat(report.toString()).doesNotContain(Stage.CANARY);
        assertThat(report.took()).isLessThan(java.time.Duration.ofSeconds(40));
      }
    }
  }

  private static void endless(InputStream in, OutputStream out) throws IOException {
    byte[] canaries = Stage.CANARY.repeat(1000).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 2000; i++) {
      out.write(canaries);
    }
  }

  private static void zeros(InputStream in, OutputStream out) throws IOException {
    out.write(new byte[1 << 20]);
  }

  private static void highest(InputStream in, OutputStream out) throws IOException {
    byte[] bytes = new byte[1 << 20];
    java.util.Arrays.fill(bytes, (byte) 0xFF);
    out.write(bytes);
  }
}
