package leadglass.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  private static Route route(String method, String pattern) {
    return new Route(method, pattern, Origin.Door.PAGE, Verb.BE_KNOWN, _ -> Response.of(200));
  }

  private static final Routes ROUTES =
      Routes.of(
          List.of(
              route("GET", "/"),
              route("GET", "/studies"),
              route("POST", "/studies"),
              route("GET", "/studies/{study}"),
              route("GET", "/studies/{study}/metadata"),
              route("GET", "/studies/{study}/{rest...}"),
              route("GET", "/studies/new")));

  @ParameterizedTest
  @CsvSource({
    "GET, /, GET /",
    "HEAD, /studies, GET /studies",
    "POST, /studies, POST /studies",
    "GET, /studies/1.2, GET /studies/{study}",
    "GET, /studies/new, GET /studies/new",
    "GET, /studies/1/metadata, GET /studies/{study}/metadata",
    "GET, /studies/1/a/b, GET /studies/{study}/{rest...}",
  })
  void theMoreLiteralRouteWins(String method, String path, String expected) {
    assertThat(ROUTES.find(method, path))
        .isInstanceOfSatisfying(
            Routes.Found.Match.class, match -> assertThat(match.route()).hasToString(expected));
  }

  @Test
  void variablesHoldTheirSegments() {
    assertThat(ROUTES.find("GET", "/studies/1.2/a/b"))
        .isInstanceOfSatisfying(
            Routes.Found.Match.class,
            match ->
                assertThat(match.variables()).isEqualTo(Map.of("study", "1.2", "rest", "a/b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/other", "/studies/", "//", "", "/studies//metadata", "*"})
  void whatIsNotListedIsNothing(String path) {
    assertThat(ROUTES.find("GET", path)).isInstanceOf(Routes.Found.Nothing.class);
  }

  @Test
  void anotherMethodIsToldWhichThereAre() {
    assertThat(ROUTES.find("DELETE", "/studies"))
        .isEqualTo(new Routes.Found.OtherMethods(Set.of("GET", "POST")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"studies", "/{a...}/b", "/{A}", "/a b", "/{a}x"})
  void brokenPatternsAreRefused(String pattern) {
    assertThatThrownBy(() -> Routes.of(List.of(route("GET", pattern))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoRoutesForOneRequestAreRefused() {
    assertThatThrownBy(() -> Routes.of(List.of(route("GET", "/a/{b}"), route("GET", "/a/{c}"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
