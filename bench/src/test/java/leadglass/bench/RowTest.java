package leadglass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowTest {
  private static Row row(double seconds) {
    long[] nanos = LongStream.rangeClosed(1, 100).map(i -> (101 - i) * 1_000_000).toArray();
    return new Row(
        "C-STORE ct",
        4,
        100,
        50_000_000,
        nanos,
        new Meter.Spent(seconds, 0.12, 64 << 20, 3, Map.of()));
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
}
