package leadglass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowTest {
  private static Row row(double seconds) {
    return row(seconds, Map.of());
  }

  private static Row row(double seconds, Map<String, Double> threads) {
    long[] nanos = LongStream.rangeClosed(1, 100).map(i -> (101 - i) * 1_000_000).toArray();
    return new Row(
        "C-STORE ct",
        4,
        100,
        50_000_000,
        nanos,
        new Meter.Spent(seconds, 0.12, 64 << 20, 3, threads));
  }

  @Test
  void aRowIsRatesAndPercentilesOfWhatWasMeasured() {
    Row row = row(0.5);

    assertThat(row.rate()).isEqualTo(200);
    assertThat(row.megabytesPerSecond()).isEqualTo(100);
    assertThat(row.percentileMillis(50)).isEqualTo(51);
    assertThat(row.percentileMillis(99)).isEqualTo(100);
    assertThat(row.cpuMillis()).isEqualTo(1.2);
    assertThat(row.peakMebibytes()).isEqualTo(64);
  }

  @Test
  void theRowOfSeveralRunsIsTheOneInTheMiddle() {
    assertThat(Row.median(List.of(row(9), row(1), row(2))).spent().seconds()).isEqualTo(2);
  }

  @Test
  void threadsOfTwoServersAreComparedThoseThatDifferMostFirst() {
    List<Row> ones =
        List.of(
            row(1, Map.of("same", 0.2, "signs", 0.03)), row(1, Map.of("same", 0.2, "signs", 0.01)));
    List<Row> others = List.of(row(1, Map.of("same", 0.2)), row(1, Map.of("same", 0.19)));

    assertThat(Row.threads(ones, others).lines())
        .containsExactly(
            "    signs              0.200   0.000  +0.200",
            "    same               2.000   1.950  +0.050");
  }
}
