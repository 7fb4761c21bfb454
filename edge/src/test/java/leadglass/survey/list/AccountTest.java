package leadglass.survey.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import leadglass.survey.Counts;
import org.junit.jupiter.api.Test;

/// A check as a whole, for the house and for others.
class AccountTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private static Result result(String host, String address, String outcome, String grade) {
    Counts counts =
        Counts.of(
            OptionalLong.empty(), OptionalLong.of(7), OptionalLong.of(70), Counts.Source.VENDOR);
    return new Result(
        host,
        address,
        "104/dicom",
        "Poe Imaging at " + host,
        "US",
        "Ada Poe",
        address.isEmpty() ? "no proof from " + host : "private address; Ada Poe answers for it",
        AT,
        5,
        outcome,
        grade,
        "Orthanc",
        counts,
        100,
        3,
        List.of());
  }

  private static Account account() {
    return Account.of(
        List.of(
            result("good.example", "10.0.0.3", "closed", "A"),
            result("far.example", "", Result.NOT_ASKED, "?"),
            result("bad.example", "10.0.0.2", "open", "F"),
            result("fd00::5", "fd00:0:0:0:0:0:0:5", "can't tell", "?")),
        Optional.of(
            new Changes(
                List.of("far.example 104/dicom"),
                List.of("old.example 80"),
                List.of(),
                List.of("bad.example 104/dicom"))),
        "this machine (ada.poe.example)\nnear BAD.example, 192.0.2.7 and fd00::9",
        AT,
        "leadglass 1",
        "ab");
  }

  @Test
  void theWorstHostComesFirstAndSetsTheGrade() {
    assertThat(account().grade()).isEqualTo("F");
    assertThat(account().grades())
        .containsExactly(
            java.util.Map.entry("F", 1), java.util.Map.entry("?", 1), java.util.Map.entry("A", 1));
    assertThat(account().results().getLast().host()).isEqualTo("far.example");
    assertThat(account().vantage()).doesNotContain("\n");
    Account nobody = Account.of(List.of(), Optional.empty(), "x", AT, "t", "");
    assertThat(nobody.grade()).isEqualTo("?");
  }

  @Test
  void othersAreToldNoAddressNoNameAndNoPerson() {
    Account others = account().forOthers(false);
    String all = AccountJson.of(others) + ResultCsv.of(others.results()) + others;
    assertThat(all)
        .doesNotContainIgnoringCase("example")
        .doesNotContain("10.0.0.", "fd00", "192.0.2.7", "Ada", "Poe")
        .contains("host 1", "Orthanc", "104/dicom");
    assertThat(others.changes().orElseThrow().opened()).containsExactly("host 1 104/dicom");
    assertThat(others.changes().orElseThrow().gone()).containsExactly("host 5 80");
    assertThat(Totals.of("", others.results())).isEqualTo(Totals.of("", account().results()));
  }

  @Test
  void hostsHaveTheNumberThatTheHouseSees() {
    Account whole = account();
    Account others = whole.forOthers(false);
    for (int i = 0; i < whole.results().size(); i++) {
      assertThat(others.results().get(i).host())
          .isEqualTo("host " + whole.numbers().get(whole.results().get(i).host()));
    }
  }

  @Test
  void ownersAreNamedOnlyIfThatIsAskedForAndWithoutTheirHosts() {
    assertThat(account().forOthers(true).results().getFirst().owner())
        .isEqualTo("Poe Imaging at host 1");
  }
}
