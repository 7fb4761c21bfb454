package leadglass.survey.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import leadglass.survey.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {
  @TempDir Path folder;

  private static Result result(String host, String country, String outcome, long studies) {
    return new Result(
        host,
        host,
        "104/dicom",
        "Owner of " + country,
        country,
        "",
        "this machine",
        Instant.parse("2026-11-26T12:00:00Z"),
        12,
        outcome,
        outcome.equals("open") ? "F" : "A",
        "",
        studies == 0
            ? Counts.NONE
            : Counts.of(
                OptionalLong.empty(),
                OptionalLong.of(studies),
                OptionalLong.of(10 * studies),
                Counts.Source.QUERY),
        100,
        3,
        List.of());
  }

  @Test
  void aListIsReadWithItsQuotesInAnyOrderOfColumns() throws Exception {
    List<Wanted> all =
        Wanted.parse(
            "\uFEFFowner,host,ports,country\r\n\"Poe, \"\"Ada\"\"\",127.0.0.1,104/dicom 443,us\r\n"
                + "# a remark\r\n\r\nB,pacs.example,,\r\n");
    assertThat(all).hasSize(2);
    assertThat(all.getFirst().owner()).isEqualTo("Poe, \"Ada\"");
    assertThat(all.getFirst().country()).isEqualTo("US");
    assertThat(Result.ports(all.getFirst().doors())).isEqualTo("104/dicom 443");
    assertThat(all.get(1).doors()).isEmpty();
    assertThat(all.get(1).line()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "owner,ports\nx,104",
        "host,colour\n127.0.0.1,red",
        "host\n127.0.0.1,2",
        "host,ports\n127.0.0.1,0",
        "host,ports\n127.0.0.1,104/gopher",
        "host,country\n127.0.0.1,Germany",
        "host\n\"127.0.0.1",
        "host\nhttp://pacs/"
      })
  void aListThatMakesNoSenseIsNotReadInPart(String text) {
    assertThatThrownBy(() -> Wanted.parse(text)).isInstanceOf(Wanted.BadList.class);
  }

  @Test
  void resultsComeBackAsTheyWereWritten() throws IOException {
    Path file = folder.resolve("results.jsonl");
    Result open = result("127.0.0.1", "US", "open", 12);
    try (Ledger ledger = Ledger.open(file, "probes")) {
      ledger.add(open);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Ledger.read(file)).containsExactly(open);
  }

  @Test
  void aRunGoesOnWhereItWasAndForgetsALineThatWasCutShort() throws IOException {
    Path file = folder.resolve("results.jsonl");
    Result one = result("127.0.0.1", "US", "open", 12);
    Result two = result("127.0.0.2", "DE", "closed", 0);
    try (Ledger ledger = Ledger.open(file, "probes")) {
      ledger.add(one);
      ledger.add(two);
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 7));
    try (Ledger ledger = Ledger.open(file, "probes")) {
      assertThat(ledger.found()).containsExactly(one);
      ledger.add(two);
    }
    assertThat(Ledger.read(file)).containsExactly(one, two);
  }

  @Test
  void resultsOfOtherProbesAreNotMixed() throws IOException {
    Path file = folder.resolve("results.jsonl");
    Ledger.open(file, "probes").close();
    assertThatIllegalStateException()
        .isThrownBy(() -> Ledger.open(file, "others"))
        .withMessageContaining("other probes");
    Files.writeString(file, "notes of mine\n", StandardOpenOption.TRUNCATE_EXISTING);
    assertThatIllegalStateException().isThrownBy(() -> Ledger.open(file, "probes"));
    assertThat(file).hasContent("notes of mine\n");
  }

  @Test
  void totalsAreThoseOfTheOpenOnes() {
    List<Result> all =
        List.of(
            result("a", "US", "open", 12),
            result("b", "US", "open", 3),
            result("c", "US", "closed", 0),
            result("d", "DE", "can't tell", 0),
            result("e", "DE", "open", 0));
    Totals world = Totals.of("", all);
    assertThat(world.examined()).isEqualTo(5);
    assertThat(world.open()).isEqualTo(3);
    assertThat(world.dataSets()).isEqualTo(15);
    assertThat(world.images()).isEqualTo(150);
    assertThat(world.uncounted()).isEqualTo(1);
    assertThat(world.untold()).isEqualTo(1);
    assertThat(Totals.byCountry(all)).extracting(Totals::name).containsExactly("US", "DE");
    assertThat(Totals.byOwner(all)).extracting(Totals::open).containsExactly(2, 1);
  }

  @Test
  void changesAreToldAgainstAnEarlierRun() {
    Changes changes =
        Changes.between(
            List.of(
                result("a", "US", "open", 1),
                result("b", "US", "closed", 0),
                result("c", "US", "open", 1),
                result("d", "US", "open", 1)),
            List.of(
                result("a", "US", "closed", 0),
                result("b", "US", "open", 2),
                result("d", "US", "can't tell", 0),
                result("e", "US", "open", 1)));
    assertThat(changes.closed()).containsExactly("a 104/dicom");
    assertThat(changes.opened()).containsExactly("b 104/dicom");
    assertThat(changes.gone()).containsExactly("c 104/dicom");
    assertThat(changes.added()).containsExactly("e 104/dicom");
  }

  @Test
  void aSpreadsheetTakesNothingForAFormula() {
    assertThat(Csv.line(List.of("=1+1", "a,b", "\"", "-x")))
        .isEqualTo("'=1+1,\"a,b\",\"\"\"\",'-x");
  }
}
