package leadglass.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesAndSitesTest {
  private static final Hosts HOSTS = new Hosts(List.of("Archive.Test", "10.0.0.7", "fd00::7"));

  @ParameterizedTest
  @CsvSource({
    "localhost, true, true",
    "localhost:8443, true, true",
    "127.0.0.1:1, true, true",
    "[::1]:8443, true, true",
    "archive.test, true, false",
    "ARCHIVE.TEST:443, true, false",
    "10.0.0.7, true, false",
    "[fd00::7]:8443, true, false",
    "archive.test.evil.example, false, false",
    "evil.example, false, false",
    "localhost:x, false, false",
    "localhost:8443:1, false, false",
    "localhost@evil.example, false, false",
    "'', false, false",
    "localhost., false, false",
  })
  void aServerAnswersUnderItsOwnNamesOnly(String authority, boolean later, boolean before) {
    assertThat(HOSTS.known(authority, false)).isEqualTo(later);
    assertThat(HOSTS.known(authority, true)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "archive.test:8443, true",
    "archive.test, true",
    "localhost, false",
    "localhost:8443, false",
    "127.0.0.1:8443, false",
    "[::1]:8443, false",
    "'', false",
  })
  void browsersAreHeldToHttpsForNamesOnly(String authority, boolean pinned) {
    assertThat(Hosts.mayBePinned(authority)).isEqualTo(pinned);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Sec-Fetch-Site, Origin, with a cookie, without
        "same-origin, -, true, true",
        "same-origin, https://evil.example, true, true",
        "cross-site, https://archive.test, false, false",
        "same-site, https://archive.test, false, false",
        "none, -, false, false",
        "-, https://archive.test, true, true",
        "-, https://ARCHIVE.test, true, true",
        "-, http://archive.test, false, false",
        "-, https://archive.test:444, false, false",
        "-, null, false, false",
        "-, -, false, true",
      })
  void whatChangesSomethingComesFromOurOwnPages(
      String site, String origin, boolean withCookie, boolean without) {
    assertThat(
            CrossSite.permits(
                Optional.ofNullable(site), Optional.ofNullable(origin), "archive.test", true))
        .isEqualTo(withCookie);
    assertThat(
            CrossSite.permits(
                Optional.ofNullable(site), Optional.ofNullable(origin), "archive.test", false))
        .isEqualTo(without);
  }
}
