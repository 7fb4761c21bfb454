package leadglass.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import leadglass.archive.Role;
import leadglass.archive.Verb;
import leadglass.server.http.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Walks the running server's own list of ways in.
class EveryRouteTest {
  private static final String INSTANCE = "2.25.1";

  @TempDir Path folder;

  private static String there(Route route) {
    return route
        .pattern()
        .replace("{study}", TestFiles.STUDY)
        .replace("{series}", TestFiles.SERIES)
        .replace("{instance}", INSTANCE)
        .replace("{list}", "1")
        .replace("{path...}", "7FE00010");
  }

  private static String invented(Route route) {
    return there(route)
        .replace(TestFiles.STUDY, "1.2.3.4")
        .replace(TestFiles.SERIES, "1.2.3.5")
        .replace("/instances/" + INSTANCE, "/instances/1.2.3.6");
  }

  private static String seen(HttpResponse<byte[]> response) {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers.remove("date");
    return response.statusCode() + " " + headers + " " + new String(response.body(), UTF_8);
  }

  private static HttpRequest.Builder body(HttpRequest.Builder request, Route route) {
    return route.method().equals("GET")
        ? request
        : request
            .header("Content-Type", "application/dicom")
            .method(route.method(), BodyPublishers.ofByteArray(TestFiles.ct(INSTANCE, 1)));
  }

  @Test
  void nobodyLearnsWhatIsThere() throws IOException {
    try (TestArchive archive = new TestArchive(folder)) {
      assertThat(archive.storeFile(TestFiles.ct(INSTANCE, 1)).statusCode()).isEqualTo(200);
      List<Route> routes = archive.web.routes().all();
      assertThat(routes).hasSizeGreaterThan(15);
      Set<String> strangers = new HashSet<>();
      Set<String> notPermitted = new HashSet<>();
      for (Route route : routes) {
        assertThat(route.verb()).isNotIn(Verb.KNOCK, Verb.BE_KNOWN);
        for (String path : List.of(there(route), invented(route))) {
          strangers.add(seen(archive.send(body(archive.request(path), route))));
          strangers.add(
              seen(
                  archive.send(
                      body(archive.request(path), route)
                          .header("Authorization", "Bearer lg_wrong"))));
          notPermitted.add(seen(archive.send(body(archive.as(Role.AUDITOR, path), route))));
        }
      }
      assertThat(strangers).hasSize(1);
      assertThat(strangers.iterator().next()).startsWith("401 ");
      assertThat(notPermitted).hasSize(1);
      assertThat(notPermitted.iterator().next()).startsWith("403 ");
      assertThat(archive.anyFailed()).isFalse();
    }
  }
}
