package leadglass.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import leadglass.archive.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The worklist for programs, over TLS.
class WorklistDoorTest {
  private static final String ROOT = "/worklist";
  private static final String JSON = "application/json";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir private static Path folder;
  private static TestArchive archive;

  @BeforeAll
  static void open() throws IOException {
    archive = new TestArchive(folder, WorklistDoor::routes);
  }

  @AfterAll
  static void close() throws IOException {
    assertThat(archive.anyFailed()).as("%s", archive.events).isFalse();
    assertThat(archive.events.toString()).doesNotContain("CANARY").doesNotContain("Fiction");
    archive.close();
  }

  private static String entry(String day, String time, String more) {
    return """
    {"patientName":"Fiction^Zoë","patientId":"CANARY-1","modality":"CT","station":"CT1",
     "date":"%s","time":"%s","description":"Head"%s}\
    """
        .formatted(day, time, more);
  }

  private static HttpResponse<byte[]> send(Role role, String method, String path, String body)
      throws IOException {
    return archive.send(
        archive
            .as(role, path)
            .header("Content-Type", JSON)
            .method(method, BodyPublishers.ofString(body)));
  }

  private static HttpResponse<byte[]> get(Role role, String path) throws IOException {
    return archive.send(archive.as(role, path));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static JsonNode steps(String query) throws IOException {
    HttpResponse<byte[]> answer = get(Role.RADIOLOGIST, ROOT + query);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    return MAPPER.readTree(answer.body());
  }

  private static String made(String day, String time) throws IOException {
    HttpResponse<byte[]> answer = send(Role.FRONT_DESK, "POST", ROOT, entry(day, time, ""));
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
    String id = MAPPER.readTree(answer.body()).path("id").asString();
    assertThat(answer.headers().firstValue("Location")).contains(ROOT + "/" + id);
    return id;
  }

  @Test
  void anEntryIsMadeReadChangedAndCancelled() throws IOException {
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    String id = made(today, "09:30");
    JsonNode step = MAPPER.readTree(get(Role.TECHNOLOGIST, ROOT + "/" + id).body());
    assertThat(step.path("patientName").asString()).isEqualTo("Fiction^Zoë");
    assertThat(step.path("date").asString()).isEqualTo(today);
    assertThat(step.path("time").asString()).isEqualTo("09:30");
    assertThat(step.path("status").asString()).isEqualTo("SCHEDULED");
    assertThat(step.path("studyInstanceUid").asString()).startsWith("2.25.");
    String changes = "{\"time\":\"10:00\",\"station\":null}";
    assertThat(send(Role.TECHNOLOGIST, "PATCH", ROOT + "/" + id, changes).statusCode())
        .isEqualTo(204);
    JsonNode after = MAPPER.readTree(get(Role.TECHNOLOGIST, ROOT + "/" + id).body());
    assertThat(after.path("time").asString()).isEqualTo("10:00");
    assertThat(after.has("station")).isFalse();
    assertThat(send(Role.FRONT_DESK, "DELETE", ROOT + "/" + id, "").statusCode()).isEqualTo(204);
    HttpResponse<byte[]> again = send(Role.FRONT_DESK, "DELETE", ROOT + "/" + id, "");
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(text(again)).contains("It is cancelled.");
    assertThat(steps("?day=all").path("steps").toString()).contains("CANCELLED");
  }

  @Test
  void aListIsOfADayNarrowedAndInPages() throws IOException {
    String day = LocalDate.now(ZoneOffset.UTC).plusDays(9).toString();
    for (String time : List.of("11:00", "09:00", "10:00")) {
      made(day, time);
    }
    JsonNode first = steps("?day=" + day + "&limit=2");
    assertThat(first.path("steps").size()).isEqualTo(2);
    assertThat(first.path("steps").get(0).path("time").asString()).isEqualTo("09:00");
    String next = first.path("next").asString();
    assertThat(next).doesNotContain("CANARY");
    JsonNode second = steps("?day=" + day + "&limit=2&after=" + next);
    assertThat(second.path("steps").get(0).path("time").asString()).isEqualTo("11:00");
    assertThat(second.has("next")).isFalse();
    assertThat(steps("?day=" + day + "&station=CT2").path("steps").size()).isZero();
    assertThat(steps("?day=" + day + "&modality=CT").path("steps").size()).isEqualTo(3);
    assertThat(steps("?day=all").path("steps").size()).isGreaterThan(2);
  }

  @Test
  void whoMayNotIsRefusedAtTheDoor() throws IOException {
    for (Role role : Role.values()) {
      boolean plans = role == Role.FRONT_DESK || role == Role.TECHNOLOGIST;
      boolean sees = plans || role == Role.RADIOLOGIST;
      assertThat(get(role, ROOT).statusCode()).as(role.word()).isEqualTo(sees ? 200 : 403);
      assertThat(get(role, ROOT + "/none").statusCode()).isEqualTo(sees ? 404 : 403);
      for (String method : List.of("PATCH", "DELETE")) {
        assertThat(send(role, method, ROOT + "/none", "{}").statusCode())
            .as(role.word())
            .isEqualTo(plans ? 404 : 403);
      }
      assertThat(send(role, "POST", ROOT, "{}").statusCode()).isEqualTo(plans ? 422 : 403);
    }
    assertThat(archive.send(archive.request(ROOT)).statusCode()).isEqualTo(401);
  }

  @Test
  void whatCanNotBeUnderstoodIsRefusedWithoutBeingRepeated() throws IOException {
    String large = entry("2026-11-26", "09:30", ",\"sex\":\"" + "x".repeat(70_000) + "\"");
    for (List<String> row :
        List.of(
            List.of("{\"CANARY\":\"x\"}", "400"),
            List.of("[\"CANARY\"]", "400"),
            List.of("CANARY", "400"),
            List.of("", "400"),
            List.of("{\"patientName\":{\"CANARY\":1}}", "400"),
            List.of("{\"patientName\":7}", "400"),
            List.of("[".repeat(5_000), "400"),
            List.of("{\"patientName\":\"CANARY\"}", "422"),
            List.of(large, "413"))) {
      HttpResponse<byte[]> answer = send(Role.FRONT_DESK, "POST", ROOT, row.getFirst());
      assertThat(answer.statusCode()).as(text(answer)).isEqualTo(Integer.parseInt(row.getLast()));
      assertThat(text(answer)).doesNotContain("CANARY");
    }
    assertThat(
            archive
                .send(
                    archive
                        .as(Role.FRONT_DESK, ROOT)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}")))
                .statusCode())
        .isEqualTo(415);
    for (String query :
        List.of("?day=CANARY", "?limit=0", "?limit=501", "?limit=CANARY", "?CANARY=1")) {
      HttpResponse<byte[]> answer = get(Role.RADIOLOGIST, ROOT + query);
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
      assertThat(text(answer)).doesNotContain("CANARY");
    }
  }
}
