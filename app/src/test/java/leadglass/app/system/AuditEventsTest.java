package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The trail as FHIR, asked of the running server.
@SuppressWarnings("NullAway.Init")
class AuditEventsTest {
  private static final String EVENTS = "/fhir/AuditEvent";
  private static final String FHIR = "application/fhir+json";
  private static final Made.Patient PATIENT = new Made.Patient("", "Audit^Event", "AE-1");

  @TempDir private Path folder;
  private OpenArchive archive;

  @BeforeEach
  void open() throws IOException {
    archive = new OpenArchive(Premises.in(folder));
    Made made = new Made(PATIENT, "2.25.1", "2.25.2", "2.25.3", 2);
    assertThat(archive.web.stow(archive.token(Role.TECHNOLOGIST), made.file()).statusCode())
        .isEqualTo(200);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private HttpResponse<byte[]> get(Role role, String path) throws IOException {
    return archive.web.get(archive.token(role), path, FHIR);
  }

  private JsonNode found(String path) throws IOException {
    HttpResponse<byte[]> answer = get(Role.AUDITOR, path);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(FHIR);
    return JsonMapper.builder().build().readTree(answer.body());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static Optional<String> next(JsonNode bundle) {
    for (JsonNode link : bundle.get("link")) {
      if (link.get("relation").asString().equals("next")) {
        return Optional.of(link.get("url").asString().replaceFirst("https://[^/]*", ""));
      }
    }
    return Optional.empty();
  }

  @Test
  void anAuditorFindsWhoTouchedAPatient() throws IOException {
    JsonNode bundle = found(EVENTS + "?date=ge2020&patient.identifier=AE-1");
    assertThat(bundle.get("type").asString()).isEqualTo("searchset");
    assertThat(bundle.get("entry")).hasSize(1);
    JsonNode event = bundle.at("/entry/0/resource");
    assertThat(event.at("/type/code").asString()).isEqualTo("110104");
    assertThat(event.at("/agent/0/altId").asString()).isEqualTo("technologist");
    JsonNode alone = found(EVENTS + "/" + event.get("id").asString());
    assertThat(alone).isEqualTo(event);
  }

  @Test
  void pagesTogetherHaveEveryEntryOnce() throws IOException {
    List<String> ids = new ArrayList<>();
    Optional<String> path = Optional.of(EVENTS + "?date=ge2020&_count=7&subtype=110137");
    while (path.isPresent()) {
      JsonNode bundle = found(path.get());
      for (JsonNode entry : bundle.path("entry")) {
        ids.add(entry.at("/resource/id").asString());
      }
      assertThat(bundle.path("entry").size()).isLessThanOrEqualTo(7);
      path = next(bundle);
    }
    assertThat(ids).hasSizeGreaterThan(7).doesNotHaveDuplicates();
    JsonNode whole = found(EVENTS + "?date=ge2020&_count=1000&subtype=110137");
    assertThat(whole.get("entry")).hasSize(ids.size());
  }

  @Test
  void thatSomebodyLookedIsInTheTrail() throws IOException {
    JsonNode before = found(EVENTS + "?date=ge2020&type=110101&_count=1000");
    JsonNode after = found(EVENTS + "?date=ge2020&type=110101&_count=1000");
    assertThat(after.get("entry")).hasSize(before.get("entry").size() + 1);
  }

  @Test
  void nobodyElseIsGivenAnything() throws IOException {
    for (Role role : Role.values()) {
      if (role != Role.AUDITOR) {
        for (String path : List.of(EVENTS + "?date=ge2020", EVENTS + "/0", "/fhir/metadata")) {
          assertThat(get(role, path).statusCode()).as(role + " " + path).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void whoIsRefusedAtTheDoorIsFoundByAnAuditor() throws IOException {
    String images = "/dicomweb/studies/2.25.1";
    for (int tries = 0; tries < 2; tries++) {
      assertThat(get(Role.ADMINISTRATOR, images).statusCode()).isEqualTo(403);
    }
    JsonNode bundle = found(EVENTS + "?date=ge2020&outcome=4");
    assertThat(bundle.get("entry")).hasSize(1); // the second is counted within the minute
    JsonNode event = bundle.at("/entry/0/resource");
    assertThat(event.at("/type/code").asString()).isEqualTo("110113");
    assertThat(event.at("/agent/0/altId").asString()).isEqualTo("administrator");
    assertThat(event.toString()).contains("refused at the door: download");
  }

  @Test
  void whatIsWrongIsAnOperationOutcome() throws IOException {
    for (String path :
        List.of(EVENTS, EVENTS + "?date=x", EVENTS + "?date=2026&x=y", EVENTS + "/99999999")) {
      HttpResponse<byte[]> answer = get(Role.AUDITOR, path);
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
      assertThat(text(answer)).contains("OperationOutcome");
    }
  }

  @Test
  void itSaysWhatItCanDo() throws IOException {
    JsonNode statement = found("/fhir/metadata");
    assertThat(statement.get("fhirVersion").asString()).isEqualTo("4.0.1");
    assertThat(statement.at("/rest/0/resource/0/type").asString()).isEqualTo("AuditEvent");
    for (JsonNode parameter : statement.at("/rest/0/resource/0/searchParam")) {
      String name = parameter.get("name").asString();
      String value = name.equals("date") ? "2026" : "1";
      assertThat(get(Role.AUDITOR, EVENTS + "?date=2026&" + name + "=" + value).statusCode())
          .as(name)
          .isEqualTo(200);
    }
  }
}
