package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a lane can be.
class LaneTermsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

  private static LaneTerms terms(String from, String listen, LocalDate until) {
    return new LaneTerms(
        "Ada Poe", InetAddress.ofLiteral(from), InetAddress.ofLiteral(listen), until, false);
  }

  private static LaneTerms.Parsed parsed(String from, String listen, String until) {
    return LaneTerms.parse(new LaneTerms.Typed("Ada Poe", from, listen, until, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "172.16.0.9",
        "172.31.255.1",
        "192.168.7.20",
        "169.254.3.4",
        "127.0.0.2"
      })
  void aPrivateAddressMayHaveALane(String from) {
    assertThat(terms(from, "192.168.7.5", TODAY).objection(TODAY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fd12:3456::7", "fe80::1", "::1"})
  void soMayOneOfIpv6(String from) {
    assertThat(terms(from, "::1", TODAY).objection(TODAY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "172.32.0.1", "192.169.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1"})
  void aPublicOneMayNot(String address) {
    assertThat(terms(address, "192.168.7.5", TODAY).objection(TODAY)).isPresent();
    assertThat(terms("192.168.7.20", address, TODAY).objection(TODAY)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::1", "::", "ff02::1", "fec0::1"})
  void norOneOfIpv6(String address) {
    assertThat(terms(address, "::1", TODAY).objection(TODAY)).isPresent();
    assertThat(terms("::1", address, TODAY).objection(TODAY)).isPresent();
  }

  @Test
  void itEndsWithinTwelveMonths() {
    assertThat(terms("10.0.0.1", "10.0.0.2", TODAY.plusMonths(12)).objection(TODAY)).isEmpty();
    assertThat(terms("10.0.0.1", "10.0.0.2", TODAY.plusMonths(12).plusDays(1)).objection(TODAY))
        .isPresent();
    assertThat(terms("10.0.0.1", "10.0.0.2", TODAY.minusDays(1)).objection(TODAY)).isPresent();
  }

  @Test
  void somebodyAnswersForIt() {
    LaneTerms nobody =
        new LaneTerms(
            " ",
            InetAddress.ofLiteral("10.0.0.1"),
            InetAddress.ofLiteral("10.0.0.2"),
            TODAY,
            false);
    assertThat(nobody.objection(TODAY)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "scanner.example", "192.168.7.0/24", "192.168.7", "*", "localhost"})
  void anAddressIsOneAddressAndNoName(String from) {
    assertThat(parsed(from, "10.0.0.2", "2026-12-01")).isInstanceOf(LaneTerms.Parsed.Wrong.class);
    assertThat(parsed("10.0.0.1", from, "2026-12-01")).isInstanceOf(LaneTerms.Parsed.Wrong.class);
  }

  @Test
  void aLaneIsRestoredAsTheNewestCopyHasIt() {
    MemoryRegistry restored = new MemoryRegistry();
    MemoryRegistry newer = new MemoryRegistry();
    LaneRecord first =
        new LaneRecord("US1", "X".repeat(16), "10.0.0.1", "10.0.0.2", 1, "Ada", 0, 1, false, null);
    LaneRecord second =
        new LaneRecord("US2", "Y".repeat(16), "10.0.0.1", "10.0.0.2", 2, "Ada", 0, 1, false, null);
    new LaneBook(restored).write(Optional.empty(), first);
    new LaneBook(restored).write(Optional.empty(), second);
    LaneRecord revoked = first.revoked(new DeviceRecord.Revoked("ada", 5, "sold"));
    new LaneBook(newer).write(Optional.empty(), revoked);
    AfterRestore.apply(restored, Optional.of(newer), List.of());
    assertThat(new LaneBook(restored).list()).containsExactly(revoked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2026-02-30", "1.6.2027"})
  void aDayIsADay(String until) {
    assertThat(parsed("10.0.0.1", "10.0.0.2", until)).isInstanceOf(LaneTerms.Parsed.Wrong.class);
  }
}
