package leadglass.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leadglass.server.web.TestFiles.SERIES;
import static leadglass.server.web.TestFiles.STUDY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import leadglass.archive.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Search, retrieve and store against a real archive, over real TLS.
class DicomWebTest {
  private static final String ONE = "2.25.1";
  private static final String TWO = "2.25.2";
  private static final String PDF = "2.25.3";
  private static final String HTML = "2.25.4";
  private static final byte[] CT = TestFiles.ct(ONE, 1);
  private static final byte[] FRAMES = TestFiles.ct(TWO, 3);
  private static final byte[] CONTENT =
      "%PDF-1.7 nothing else in here....".repeat(50).getBytes(UTF_8);

  private static final String STUDIES = "/dicomweb/studies";
  private static final String THE_STUDY = STUDIES + "/" + STUDY;
  private static final String THE_SERIES = THE_STUDY + "/series/" + SERIES;
  private static final String JSON = "application/dicom+json";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir static Path folder;
  private static TestArchive archive;

  @BeforeAll
  static void start() throws IOException {
    archive = new TestArchive(folder);
    HttpResponse<byte[]> stored =
        archive.store(
            STUDIES,
            TestFiles.MULTIPART,
            TestFiles.multipart(
                CT,
                FRAMES,
                TestFiles.document(PDF, "application/pdf", CONTENT),
                TestFiles.document(HTML, "text/html", CONTENT)));
    assertThat(stored.statusCode()).as(text(stored)).isEqualTo(200);
  }

  @AfterAll
  static void stop() throws IOException {
    assertThat(archive.anyFailed()).as("%s", archive.events).isFalse();
    archive.close();
  }

  private static String instance(String uid) {
    return THE_SERIES + "/instances/" + uid;
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    assertThat(response.headers().firstValue("Content-Type")).contains(JSON);
    return MAPPER.readTree(response.body());
  }

  private static String value(JsonNode dataSet, String tag) {
    return dataSet.path(tag).path("Value").path(0).asString();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "PatientName=*frau*, 1",
    "PatientName=musterfrau%5E%C3%A9rika, 1",
    "PatientName=*nobody*, 0",
    "00100020=P-1, 1",
    "PatientID=P-2, 0",
    "StudyDate=20260101-20260131, 1",
    "StudyDate=20260103-, 0",
    "ModalitiesInStudy=CT, 1",
    "AccessionNumber=A1, 1",
    "StudyInstanceUID=2.25.1001%2C2.25.7, 1",
    "StudyInstanceUID=2.25.7, 0",
    "limit=101&offset=0&fuzzymatching=false&includefield=00081030%2C00080060, 1",
    "offset=1, 0",
    "fuzzymatching=true&PatientName=erika%20muster, 1",
    "fuzzymatching=false&PatientName=erika%20muster, 0",
    "emptyvaluematching=true&PatientID=%22%22, 0",
    "multiplevaluematching=true&PatientID=P-9%5CP-1, 1",
    "ProcedureCodeSequence.CodeValue=X, 0",
    "ProcedureCodeSequence.CodeValue=, 1",
  })
  void studiesAreFound(String query, int count) throws IOException {
    HttpResponse<byte[]> response = archive.get(STUDIES + "?" + query, JSON);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    JsonNode rows = json(response);
    assertThat(rows.isArray()).isTrue();
    assertThat(rows.size()).isEqualTo(count);
    if (count == 1) {
      assertThat(value(rows.get(0), "0020000D")).isEqualTo(STUDY);
      assertThat(rows.get(0).path("00100010").path("Value").path(0).path("Alphabetic").asString())
          .isEqualTo("Musterfrau^Érika");
      assertThat(value(rows.get(0), "00081190"))
          .isEqualTo("https://localhost:" + archive.web.port() + THE_STUDY);
      assertThat(value(rows.get(0), "00201208")).isEqualTo("4");
    }
  }

  @Test
  void seriesAndInstancesAreFoundAtEveryLevel() throws IOException {
    for (String path : List.of("/dicomweb/series", THE_STUDY + "/series")) {
      JsonNode rows = json(archive.get(path, JSON));
      assertThat(rows.size()).isEqualTo(1);
      assertThat(value(rows.get(0), "00081190")).endsWith(THE_SERIES);
      assertThat(value(rows.get(0), "00201209")).isEqualTo("4");
    }
    for (String path :
        List.of("/dicomweb/instances", THE_STUDY + "/instances", THE_SERIES + "/instances")) {
      JsonNode rows = json(archive.get(path, JSON));
      assertThat(rows.size()).isEqualTo(4);
      assertThat(value(rows.get(0), "00081190")).contains(THE_SERIES + "/instances/");
    }
    assertThat(json(archive.get(STUDIES + "/1.2.3/series", JSON)).size()).isZero();
    assertThat(json(archive.get("/dicomweb/instances?SOPInstanceUID=" + TWO, JSON)).size())
        .isEqualTo(1);
  }

  @Test
  void aPageThatIsNotAllSaysSo() throws IOException {
    HttpResponse<byte[]> page = archive.get(THE_SERIES + "/instances?limit=3", JSON);
    assertThat(json(page).size()).isEqualTo(3);
    assertThat(page.headers().firstValue("Warning").orElse("")).contains("299").contains("results");
  }

  @Test
  void aLinkLeadsToTheNextPage(@TempDir Path another) throws IOException {
    try (TestArchive pages = new TestArchive(another)) {
      for (int i = 1; i <= 5; i++) {
        String uid = "2.25.50" + i;
        byte[] file =
            TestFiles.file(
                TestFiles.CT,
                uid,
                TestFiles.instance("2.25.40" + i, "2.25.30" + i, uid, TestFiles.CT).build());
        assertThat(pages.storeFile(file).statusCode()).isEqualTo(200);
      }
      java.util.Set<String> found = new java.util.HashSet<>();
      String next = STUDIES + "?limit=2&PatientName=muster*";
      int count = 0;
      while (!next.isEmpty() && count < 10) {
        HttpResponse<byte[]> page = pages.get(next, JSON);
        json(page).forEach(row -> found.add(value(row, "0020000D")));
        String link = page.headers().firstValue("Link").orElse("");
        next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        count++;
      }
      assertThat(found).hasSize(5);
      assertThat(count).isBetween(3, 4);
    }
  }

  @Test
  void whatCanNotBeAskedIsRefusedByName() throws IOException {
    HttpResponse<byte[]> refused = archive.get(STUDIES + "?NoSuchKey=Doe", JSON);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains("NoSuchKey").doesNotContain("Doe");
    HttpResponse<byte[]> xml =
        archive.get(STUDIES, "multipart/related; type=\"application/dicom+xml\"");
    assertThat(xml.statusCode()).isEqualTo(406);
    assertThat(text(xml)).contains(JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/related; type=\"application/dicom\"; transfer-syntax=*",
        "multipart/related; type=application/dicom",
        "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.1",
        "image/png, multipart/related; type=\"application/dicom\"; q=0.1",
        "*/*",
        ""
      })
  void aStudyComesBackInParts(String accept) throws IOException {
    HttpResponse<byte[]> response = archive.get(THE_STUDY, accept);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    List<TestFiles.Got> parts = TestFiles.parts(response);
    assertThat(parts).hasSize(4);
    assertThat(parts.getFirst().contentType())
        .isEqualTo("application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
    assertThat(TestFiles.dataSet(parts.getFirst().bytes())).isEqualTo(TestFiles.dataSet(CT));
    assertThat(TestFiles.parts(archive.get(THE_SERIES, accept))).hasSize(4);
    List<TestFiles.Got> one = TestFiles.parts(archive.get(instance(TWO), accept));
    assertThat(TestFiles.dataSet(one.getFirst().bytes())).isEqualTo(TestFiles.dataSet(FRAMES));
  }

  @Test
  void oneInstanceMayComeByItself() throws IOException {
    HttpResponse<byte[]> response = archive.get(instance(ONE), "application/dicom");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
    assertThat(TestFiles.dataSet(response.body())).isEqualTo(TestFiles.dataSet(CT));
    assertThat(response.headers().firstValue("Content-Length"))
        .contains(Integer.toString(response.body().length));
    HttpResponse<byte[]> byParameter = archive.get(instance(ONE) + "?accept=application/dicom", "");
    assertThat(byParameter.body()).isEqualTo(response.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/dicom",
        "image/png",
        "multipart/related; type=\"image/jpeg\"",
        "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.50"
      })
  void whatAStudyCanNotComeAsIsToldWithWhatItCan(String accept) throws IOException {
    HttpResponse<byte[]> response = archive.get(THE_STUDY, accept);
    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(text(response)).contains("multipart/related; type=").contains("application/dicom");
  }

  @Test
  void metadataLinkWhatIsLargeAndThePixels() throws IOException {
    JsonNode all = json(archive.get(THE_STUDY + "/metadata", JSON));
    assertThat(all.size()).isEqualTo(4);
    JsonNode one = json(archive.get(instance(ONE) + "/metadata", JSON));
    assertThat(one.size()).isEqualTo(1);
    assertThat(value(one.get(0), "00080018")).isEqualTo(ONE);
    String pixels = one.get(0).path("7FE00010").path("BulkDataURI").asString();
    assertThat(pixels).isEqualTo(instance(ONE) + "/bulkdata/7FE00010");
    byte[] file = CT;
    assertThat(archive.get(pixels, "application/octet-stream").body())
        .isEqualTo(Arrays.copyOfRange(file, file.length - 8, file.length));
    assertThat(json(archive.get(THE_SERIES + "/metadata", JSON)).size()).isEqualTo(4);
  }

  @Test
  void aPdfIsAPdfAndEverythingElseIsOctets() throws IOException {
    JsonNode metadata = json(archive.get(instance(PDF) + "/metadata", JSON)).get(0);
    String link = metadata.path("00420011").path("BulkDataURI").asString();
    String ohif =
        "multipart/related; type=\"application/pdf\","
            + " multipart/related; type=\"application/octet-stream\"";
    TestFiles.Got part = TestFiles.parts(archive.get(link, ohif)).getFirst();
    assertThat(part.contentType()).isEqualTo("application/pdf");
    assertThat(part.bytes()).startsWith(CONTENT);
    assertThat(archive.get(link, "*/*").headers().firstValue("Content-Type"))
        .contains("application/pdf");
    String other = link.replace(PDF, HTML);
    assertThat(TestFiles.parts(archive.get(other, ohif)).getFirst().contentType())
        .isEqualTo("application/octet-stream");
    assertThat(archive.get(other, "text/html").statusCode()).isEqualTo(406);
    HttpResponse<byte[]> anything = archive.get(other, "text/html, */*");
    assertThat(anything.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(anything.headers().firstValue("Content-Security-Policy"))
        .contains("sandbox; default-src 'none'");
  }

  @Test
  void framesComeOneByOneNamingTheirTransferSyntax() throws IOException {
    HttpResponse<byte[]> response =
        archive.get(
            instance(TWO) + "/frames/3,1",
            "multipart/related; type=application/octet-stream; transfer-syntax=*");
    List<TestFiles.Got> parts = TestFiles.parts(response);
    assertThat(parts).hasSize(2);
    assertThat(parts.getFirst().contentType())
        .isEqualTo("application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1");
    assertThat(parts.getFirst().bytes()).containsExactly(16, 17, 18, 19, 20, 21, 22, 23);
    assertThat(parts.get(1).bytes()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    HttpResponse<byte[]> single =
        archive.get(instance(TWO) + "/frames/2", "application/octet-stream");
    assertThat(single.body()).containsExactly(8, 9, 10, 11, 12, 13, 14, 15);
  }

  @Test
  void thumbnailsAreSmallPictures() throws IOException {
    for (String path : List.of(THE_STUDY, THE_SERIES, instance(ONE), instance(TWO))) {
      HttpResponse<byte[]> response =
          archive.get(path + "/thumbnail?viewport=256,256", "image/jpeg");
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains("image/jpeg");
      assertThat(response.body()).startsWith(0xFF, 0xD8, 0xFF);
    }
    assertThat(archive.get(instance(PDF) + "/thumbnail", "").statusCode()).isEqualTo(404);
    assertThat(archive.get(instance(ONE) + "/thumbnail", "image/png").statusCode()).isEqualTo(406);
    for (String viewport : List.of("0,1", "a", "1", "1,2,3", "-1,5", "999999,1")) {
      assertThat(archive.get(instance(ONE) + "/thumbnail?viewport=" + viewport, "").statusCode())
          .isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4, 404",
    "1;4, 404",
    "0, 400",
    "1;, 400",
    "one, 400",
    "-1, 400",
    "1;;2, 400",
    "9999999999, 400"
  })
  void framesThatAreNotThere(String list, int status) throws IOException {
    assertThat(archive.get(instance(TWO) + "/frames/" + list.replace(';', ','), "").statusCode())
        .isEqualTo(status);
  }

  @Test
  void whatIsNotThereIsOneAnswer() throws IOException {
    String expected = null;
    for (String path :
        List.of(
            STUDIES + "/1.2.3",
            STUDIES + "/not-a-uid",
            STUDIES + "/1.2.3/metadata",
            THE_STUDY + "/series/1.2",
            THE_SERIES + "/instances/1.2",
            STUDIES + "/1.2/series/" + SERIES + "/instances/" + ONE,
            THE_SERIES + "/instances/1.2/frames/1",
            instance(ONE) + "/frames/2",
            instance(ONE) + "/bulkdata/00100011",
            instance(ONE) + "/bulkdata/nonsense/../x",
            THE_STUDY + "/series/1.2/thumbnail",
            "/dicomweb/no/such/thing")) {
      HttpResponse<byte[]> response = archive.get(path, "");
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      expected = expected == null ? text(response) : expected;
      assertThat(text(response)).isEqualTo(expected);
    }
  }

  @Test
  void otherDaysAreNotOnTheListOfTheDay() throws IOException {
    // The study is of another day, and technologists and the front desk see the day's list.
    HttpResponse<byte[]> missing =
        archive.send(archive.as(Role.TECHNOLOGIST, STUDIES + "/9.9/metadata"));
    HttpResponse<byte[]> there =
        archive.send(archive.as(Role.TECHNOLOGIST, THE_STUDY + "/metadata"));
    assertThat(there.statusCode()).isEqualTo(404);
    assertThat(text(there)).isEqualTo(text(missing));
    assertThat(json(archive.send(archive.as(Role.FRONT_DESK, STUDIES))).size()).isZero();
  }

  @Test
  void theSameBytesAreStoredOnceAndOthersAreRefused() throws IOException {
    assertThat(archive.storeFile(CT).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> other = archive.storeFile(TestFiles.ct(ONE, 2));
    assertThat(other.statusCode()).isEqualTo(409);
    JsonNode failed = json(other).path("00081198").path("Value").path(0);
    assertThat(value(failed, "00081155")).isEqualTo(ONE);
    assertThat(failed.path("00081197").path("Value").path(0).asInt()).isEqualTo(0xC101);
    assertThat(other.headers().firstValue("Warning").orElse("")).contains("SOP Instance UID");
    HttpResponse<byte[]> mixed =
        archive.store(STUDIES, TestFiles.MULTIPART, TestFiles.multipart(CT, TestFiles.ct(ONE, 2)));
    assertThat(mixed.statusCode()).isEqualTo(202);
    JsonNode stored = json(mixed).path("00081199").path("Value").path(0);
    assertThat(value(stored, "00081190")).endsWith(instance(ONE));
    assertThat(value(json(mixed), "00081190")).endsWith(THE_STUDY);
    assertThat(json(mixed).path("00081198").path("Value").size()).isEqualTo(1);
  }

  @Test
  void aStudyTakesItsOwnInstancesOnly() throws IOException {
    byte[] fresh = TestFiles.ct("2.25.77", 1);
    assertThat(archive.store(STUDIES + "/1.2.3", "application/dicom", fresh).statusCode())
        .isEqualTo(409);
    assertThat(archive.get(instance("2.25.77"), "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    assertThat(archive.storeFile("hello".getBytes(UTF_8)).statusCode()).isEqualTo(409);
    byte[] whole = TestFiles.ct("2.25.78", 1);
    byte[] cut = Arrays.copyOf(whole, whole.length - 3);
    assertThat(archive.storeFile(cut).statusCode()).isEqualTo(409);
    assertThat(archive.store(STUDIES, "text/plain", CT).statusCode()).isEqualTo(415);
    assertThat(archive.store(STUDIES, "multipart/related; type=\"image/jpeg\"", CT).statusCode())
        .isEqualTo(415);
    for (String body : List.of("", "--a-boundary--", "rubbish")) {
      assertThat(archive.store(STUDIES, TestFiles.MULTIPART, body.getBytes(UTF_8)).statusCode())
          .isEqualTo(400);
    }
    String noBoundary = "multipart/related; type=\"application/dicom\"";
    assertThat(archive.store(STUDIES, noBoundary, TestFiles.multipart(CT)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aPartOfAnotherTypeIsRefusedAndTheOthersAreKept() throws IOException {
    byte[] body = TestFiles.multipart(CT, FRAMES);
    String text = new String(body, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] changed =
        text.replaceFirst("Content-Type: application/dicom", "Content-Type: text/html")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    HttpResponse<byte[]> response = archive.store(STUDIES, TestFiles.MULTIPART, changed);
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response).path("0008119A").path("Value").size()).isEqualTo(1);
  }

  @Test
  void whoMayNotStoreIsTurnedAwayBeforeTheBody() throws IOException {
    for (Role role : List.of(Role.AUDITOR, Role.ADMINISTRATOR, Role.REFERRER)) {
      assertThat(
              archive
                  .send(
                      archive
                          .as(role, STUDIES)
                          .header("Content-Type", "application/dicom")
                          .POST(BodyPublishers.ofByteArray(CT)))
                  .statusCode())
          .isEqualTo(403);
    }
  }
}
