package leadglass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StampTest {
  @ParameterizedTest
  @EnumSource(names = {"CT", "MR", "TINY"})
  void aStampedDataSetIsTheOneThatWouldHaveBeenMade(Shape shape) {
    Stamp stamp = new Stamp(DataSets.whole(shape, Naming.BLANK, 3));
    Naming first = new Naming(7, 42, 123);
    Naming second = new Naming(8, 99_998, 1);

    assertThat(stamp.with(first)).isEqualTo(DataSets.whole(shape, first, 3));
    assertThat(stamp.with(second)).isEqualTo(DataSets.whole(shape, second, 3));
  }

  @Test
  void sizesAreThoseOfTheSideBySideMeasurements() {
    assertThat(DataSets.whole(Shape.CT, Naming.BLANK, 0).length).isBetween(525_000, 525_500);
    assertThat(DataSets.whole(Shape.MR, Naming.BLANK, 0).length).isBetween(131_000, 132_500);
    assertThat(DataSets.whole(Shape.TINY, Naming.BLANK, 0).length).isBetween(450, 600);
  }
}
